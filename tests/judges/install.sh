#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Installs the independent interpreters that the differential tests ask: .venv (moto) and node_modules
# (aws-local-stepfunctions and a Node that it runs on). Does nothing when both are there in the wanted versions.
set -eu
cd "$(dirname "$0")"

if ! cmp -s requirements.txt .venv/requirements.txt; then
    rm -rf .venv
    python3 -m venv .venv
    .venv/bin/pip install --quiet --disable-pip-version-check --requirement requirements.txt
    cp requirements.txt .venv/requirements.txt
fi

if ! cmp -s package-lock.json node_modules/.installed-lock.json; then
    npm ci --no-audit --no-fund --omit-lockfile-registry-resolved
    cp package-lock.json node_modules/.installed-lock.json
fi
