#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Installs what the tests of the deployed stack need: the SAM CLI into .sam, the emulator and boto3 into .ministack. Does
# nothing when both are there in the wanted versions.
set -eu
cd "$(dirname "$0")"

for name in sam ministack; do
    if ! cmp -s "requirements-$name.txt" ".$name/requirements.txt"; then
        rm -rf ".$name"
        python3 -m venv ".$name"
        ".$name/bin/pip" install --quiet --disable-pip-version-check --requirement "requirements-$name.txt"
        cp "requirements-$name.txt" ".$name/requirements.txt"
    fi
done
