# SPDX-License-Identifier: Apache-2.0
"""The form that boto3 makes for an upload, and botocore's signature of a policy of somebody else.

usage: form_judge.py REQUEST     a JSON object: region, bucket, key, type, maxBytes, seconds, now (ISO 8601), accessKey, secretKey,
                                 token (or null), policy (base64, of somebody else)
"""

import datetime
import json
import sys

import boto3
import botocore.auth
import botocore.awsrequest
import botocore.config
import botocore.credentials
import botocore.signers


def freeze(now):
    frozen = datetime.datetime.fromisoformat(now.replace("Z", "+00:00")).replace(tzinfo=None)
    botocore.auth.get_current_datetime = lambda *_, **__: frozen
    botocore.signers.get_current_datetime = lambda *_, **__: frozen


def form(asked):
    session = boto3.Session(asked["accessKey"], asked["secretKey"], asked["token"], asked["region"])
    client = session.client("s3", config=botocore.config.Config(signature_version="s3v4", s3={"addressing_style": "virtual"}))
    return client.generate_presigned_post(
        Bucket=asked["bucket"],
        Key=asked["key"],
        Fields={"Content-Type": asked["type"]},
        Conditions=[["content-length-range", 1, asked["maxBytes"]], {"Content-Type": asked["type"]}],
        ExpiresIn=asked["seconds"],
    )


def signature(asked):
    credentials = botocore.credentials.Credentials(asked["accessKey"], asked["secretKey"], asked["token"])
    request = botocore.awsrequest.AWSRequest("POST", "https://example.com")
    request.context["timestamp"] = botocore.auth.get_current_datetime().strftime(botocore.auth.SIGV4_TIMESTAMP)
    return botocore.auth.S3SigV4PostAuth(credentials, "s3", asked["region"]).signature(asked["policy"], request)


asked = json.loads(sys.argv[1])
freeze(asked["now"])
print(json.dumps({"form": form(asked), "signature": signature(asked)}))
