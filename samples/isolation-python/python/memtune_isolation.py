# SPDX-License-Identifier: Apache-2.0
"""Keeps an algorithm off its queues and buckets while Memtune measures it.

Every version carries this wrapper. It looks at the alias that was invoked: Memtune measures through aliases whose names begin
with "memtune-". There, the event is a test event, and what the algorithm puts out is the answer and goes nowhere else. Through
any other alias or version, the algorithm does its real work. So the version that was measured is the version that is promoted,
unchanged.

    from memtune_isolation import algorithm_in, algorithm_out
"""

import functools
import json
import os
import uuid

try:
    import boto3
except ImportError:  # Lambda's Python has it; a machine that only tests may do without.
    boto3 = None

MEASURING_ALIAS = "memtune-"
QUEUE_VARIABLE = "MEMTUNE_OUTPUT_QUEUE_URL"
BUCKET_VARIABLE = "MEMTUNE_OUTPUT_BUCKET"
ARN_PARTS_WITH_QUALIFIER = 8


def is_measured(context):
    """Whether this invocation measures, by the alias in the ARN that was invoked."""
    parts = context.invoked_function_arn.split(":")
    return len(parts) == ARN_PARTS_WITH_QUALIFIER and parts[7].startswith(MEASURING_ALIAS)


def algorithm_in(work):
    """Makes a handler of work(message, context), which takes one message, parsed from JSON.

    Measured, the event is the message. Otherwise the event is what SQS delivers: every record's body is a message, and the
    answer names those that failed, which needs ReportBatchItemFailures in the queue's event source mapping.
    """

    @functools.wraps(work)
    def handler(event, context):
        if is_measured(context):
            return work(event, context)
        return {"batchItemFailures": [{"itemIdentifier": name} for name in failed(work, event["Records"], context)]}

    return handler


def failed(work, records, context):
    """Works through the records; the ids of those that failed. In a FIFO queue nothing may overtake a failed message."""
    names = []
    for record in records:
        if names and record["eventSourceARN"].endswith(".fifo"):
            names.append(record["messageId"])
            continue
        try:
            work(json.loads(record["body"]), context)
        except Exception as error:  # Whatever it is, this message comes again, and the others are not held up by it.
            print(f"message {record['messageId']} failed: {type(error).__name__}: {error}")
            names.append(record["messageId"])
    return names


def algorithm_out(work=None, *, send=None):
    """Makes a handler of work(event, context), whose result is a message.

    Measured, the message is the answer. Otherwise it is sent: as JSON to the bucket that MEMTUNE_OUTPUT_BUCKET names, or else to
    the queue that MEMTUNE_OUTPUT_QUEUE_URL names, or by send(message); the answer says where it is, or what send said.
    """
    if work is None:
        return functools.partial(algorithm_out, send=send)
    deliver = send or destination().send

    @functools.wraps(work)
    def handler(event, context):
        message = work(event, context)
        return message if is_measured(context) else deliver(message)

    return handler


def destination():
    """Where results go, as the environment says."""
    bucket = os.environ.get(BUCKET_VARIABLE)
    return Bucket(bucket) if bucket else Queue()


def client(service):
    return boto3.client(service) if boto3 else None


def needed(client):
    if client is None:
        raise RuntimeError("boto3 is not there, and nothing can be sent without it; add it to packages/")
    return client


class Bucket:
    """The bucket for results. Its client is made in every version, so that starting and memory are measured with it."""

    def __init__(self, name):
        self.name = name
        self.client = client("s3")

    def send(self, message):
        key = f"{uuid.uuid4()}.json"
        body = json.dumps(message).encode()
        needed(self.client).put_object(Bucket=self.name, Key=key, Body=body, ContentType="application/json")
        return {"bucket": self.name, "key": key}


class Queue:
    """The queue for results. Its client is made in every version, so that starting and memory are measured with it."""

    def __init__(self):
        self.client = client("sqs")

    def send(self, message):
        url = os.environ.get(QUEUE_VARIABLE)
        if not url:
            raise RuntimeError(f"the environment variable {QUEUE_VARIABLE} must be the queue's URL, got nothing; set it")
        sent = needed(self.client).send_message(QueueUrl=url, MessageBody=json.dumps(message))
        return {"messageId": sent["MessageId"]}
