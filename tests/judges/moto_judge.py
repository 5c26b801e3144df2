# SPDX-License-Identifier: Apache-2.0
"""Runs the corpus with moto's Step Functions engine.

Standard input: a JSON array of cases {name, definition, input, tasks}. Standard output: a JSON object from case name to
{status, output | error, cause}. All cases run at once, in real time. Functions answer from the task table.
"""

import json
import sys
import threading
import time

import boto3
from moto import mock_aws
from moto.awslambda_simple.models import LambdaSimpleBackend

REGION = "us-east-1"
DEADLINE_SECONDS = 60


class TaskTable:
    """The scripted functions of all cases; a function's name is case--task."""

    def __init__(self, cases):
        self.rules = {}
        self.lock = threading.Lock()
        for case in cases:
            for task, rules in case.get("tasks", {}).items():
                self.rules[function_name(case, task)] = [dict(rule, calls=0) for rule in rules]

    def answer(self, function, payload):
        with self.lock:
            for rule in self.rules[function]:
                if "input" not in rule or rule["input"] == payload:
                    answers = rule["answers"]
                    answer = answers[min(rule["calls"], len(answers) - 1)]
                    rule["calls"] += 1
                    return answer
        raise KeyError(f"no rule of {function} for {payload}")


def function_name(case, task):
    return f"{case['name']}--{task}"


def install(table):
    def invoke(self, function_name, qualifier, body, headers, response_headers):
        name = function_name.split(":")[-1]
        payload = json.loads(body)
        answer = table.answer(name, payload)
        time.sleep(answer.get("sleepSeconds", 0))
        if "error" in answer:
            response_headers["x-amz-function-error"] = "Unhandled"
            document = {"errorMessage": answer["message"], "errorType": answer["error"]}
            return json.dumps(document).encode()
        return json.dumps(payload if answer.get("echo") else answer["returns"]).encode()

    LambdaSimpleBackend.invoke = invoke


def definition(case):
    text = json.dumps(case["definition"])
    for task in case.get("tasks", {}):
        arn = f"arn:aws:lambda:{REGION}:123456789012:function:{function_name(case, task)}"
        text = text.replace(f'"@{task}"', f'"{arn}"')
    return text


def started(client, role, case):
    machine = client.create_state_machine(name=case["name"], definition=definition(case), roleArn=role)
    execution = client.start_execution(
        stateMachineArn=machine["stateMachineArn"], name="run-1", input=json.dumps(case["input"])
    )
    return execution["executionArn"]


def parsed(output):
    """The output's value; moto gives an output that is a string without its quotation marks."""
    try:
        return json.loads(output)
    except json.JSONDecodeError:
        return output


def result(client, arn):
    end = time.monotonic() + DEADLINE_SECONDS
    while time.monotonic() < end:
        found = client.describe_execution(executionArn=arn)
        if found["status"] != "RUNNING":
            kept = {key: found[key] for key in ("status", "error", "cause") if found.get(key) is not None}
            if found["status"] == "SUCCEEDED":
                kept["output"] = parsed(found["output"])
            return kept
        time.sleep(0.05)
    return {"status": "STILL_RUNNING"}


@mock_aws(config={"lambda": {"use_docker": False}, "stepfunctions": {"execute_state_machine": True}})
def judge(cases):
    table = TaskTable(cases)
    install(table)
    iam = boto3.client("iam", region_name=REGION)
    role = iam.create_role(RoleName="judge", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
    functions = boto3.client("lambda", region_name=REGION)
    for name in table.rules:
        functions.create_function(
            FunctionName=name, Runtime="python3.13", Role=role, Handler="f.f", Code={"ZipFile": b"none"}
        )
    client = boto3.client("stepfunctions", region_name=REGION)
    results = {}
    running = {}
    for case in cases:
        try:
            running[case["name"]] = started(client, role, case)
        except Exception as e:  # what the judge refuses is a result
            results[case["name"]] = {"status": "REFUSED", "cause": str(e)}
    for name, arn in running.items():
        results[name] = result(client, arn)
    return results


if __name__ == "__main__":
    import os

    os.environ.update(AWS_ACCESS_KEY_ID="judge", AWS_SECRET_ACCESS_KEY="judge", AWS_DEFAULT_REGION=REGION)
    verdicts = judge(json.load(sys.stdin))
    json.dump(verdicts, sys.stdout)
    sys.stdout.flush()
    os._exit(0)  # threads of executions that never end must not keep the judge
