# SPDX-License-Identifier: Apache-2.0
"""MiniStack with two corrections. Everything else is as it is installed.

1. The answer to an invocation has the request id that its log has, as on AWS. MiniStack 1.5.33 writes the report under an id
   of its own, which no client can know.
2. A mapping of a table's stream keeps to what it says of failures, as AWS documents it: a partial batch response is the place
   to go on from, a batch whose function failed is split, and what has failed as often as it may goes to the destination.
   MiniStack keeps these settings, and takes every answer for a success.
   https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
"""

import contextvars
import json

from ministack.app import main
from ministack.services import lambda_svc

ID = "x-amzn-requestid"

logged = contextvars.ContextVar("logged")
emit_logs = lambda_svc._emit_lambda_logs
invoke = lambda_svc._invoke


class Answered(dict):
    """Headers that keep their request id when the server puts its own over all answers."""

    def update(self, others):
        super().update({**others, ID: self[ID]})


def emit_and_tell(func, request_id, *args, **kwargs):
    if logged.get(None) is not None:
        logged.get()[ID] = request_id
    return emit_logs(func, request_id, *args, **kwargs)


async def invoke_and_tell(*args, **kwargs):
    told = {}
    logged.set(told)
    status, headers, body = await invoke(*args, **kwargs)
    return status, Answered({**headers, **told}) if told else headers, body


def mapping_of(func, event):
    """The mapping that delivers an event, if it is one of a table's stream."""
    records = event.get("Records") if isinstance(event, dict) else None
    if not records or records[0].get("eventSource") != "aws:dynamodb":
        return None
    name = (func.get("config") or func)["FunctionName"]
    source = records[0]["eventSourceARN"]
    mappings = lambda_svc._esms.values()
    return next((each for each in mappings if (each["FunctionName"], each["EventSourceArn"]) == (name, source)), None)


def first_failure(result, records, mapping):
    """How many records of a batch are done with; None if all are."""
    if result.get("error"):
        return 0
    if "ReportBatchItemFailures" not in mapping.get("FunctionResponseTypes", []):
        return None
    body = result.get("body")
    answer = json.loads(body) if isinstance(body, (str, bytes)) else body
    failures = [failure.get("itemIdentifier") for failure in (answer or {}).get("batchItemFailures") or []]
    if not failures:
        return None
    numbers = [record["dynamodb"]["SequenceNumber"] for record in records]
    # An identifier that is none of the batch's stands for the whole batch.
    return min(numbers.index(number) if number in numbers else 0 for number in failures)


def deal(func, records, mapping):
    """Delivers a batch until it is dealt with, or has failed as often as it may."""
    failed = 0
    while records:
        result = execute(func, {"Records": records})
        done = first_failure(result, records, mapping)
        if done is None:
            return
        if result.get("error") and mapping.get("BisectBatchOnFunctionError") and len(records) > 1:
            deal(func, records[: len(records) // 2], mapping)
            deal(func, records[len(records) // 2 :], mapping)
            return
        failed = 1 if done else failed + 1
        records = records[done:]
        if failed > int(mapping.get("MaximumRetryAttempts", -1)) >= 0:
            lambda_svc._send_ddb_stream_failure_record(
                mapping, func, records, mapping["EventSourceArn"], result, "RetryAttemptsExhausted"
            )
            return


def execute_or_deal(func, event):
    mapping = mapping_of(func, event)
    if mapping is None:
        return execute(func, event)
    deal(func, event["Records"], mapping)
    return {"body": None}


execute = lambda_svc._execute_function
lambda_svc._execute_function = execute_or_deal
lambda_svc._emit_lambda_logs = emit_and_tell
lambda_svc._invoke = invoke_and_tell

if __name__ == "__main__":
    main()
