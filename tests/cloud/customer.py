# SPDX-License-Identifier: Apache-2.0
"""Uses the deployed stack as a customer would, through boto3. Takes a JSON object a line, answers with one.

usage: customer.py GATEWAY [LAMBDA_ENDPOINT]
"""

import io
import json
import sys
import time
import zipfile

import boto3
import botocore.auth
import botocore.awsrequest
import botocore.credentials
import urllib3

POLL_SECONDS = 0.25
PATIENCE_SECONDS = 120
CHANGING = ("ResponseMetadata", "RevisionId", "LastModified", "LastUpdateStatus")
TARGET = """
import os
import time


def handler(event, context):
    size = int(os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"])
    if size in event.get("failAtMB", []):
        raise ValueError(f"does not work at {size} MB")
    time.sleep(event.get("sleepSeconds", 0))
    return sum(range(event.get("loops", 100000)))
"""


ALGORITHM = """
import time


def handler(event, context):
    for record in event.get("Records", []):
        print(record["body"], "was worked by", context.invoked_function_arn)
    if event.get("fail"):
        raise ValueError("cannot do " + event["fail"])
    time.sleep(event.get("sleepSeconds", 0))
    return {"edition": EDITION}


EDITION = %d
"""


def zipped(files):
    bytes = io.BytesIO()
    with zipfile.ZipFile(bytes, "w") as package:
        for name, text in files.items():
            package.writestr(name, text)
    return bytes.getvalue()


def algorithm(name, metadata, tests, edition):
    """An algorithm's zip."""
    files = {f"tests/{test}": json.dumps(event) for test, event in tests.items()}
    if metadata is not None:
        files["metadata.json"] = json.dumps({"name": name, **metadata})
    return zipped({"handler.py": ALGORITHM % edition, **files})


def post(url, **what):
    return urllib3.request("POST", url, retries=False, timeout=PATIENCE_SECONDS, **what)


def client(service, endpoint):
    session = boto3.Session(aws_access_key_id="test", aws_secret_access_key="test", region_name="us-east-1")
    return session.client(service, endpoint_url=endpoint)


class Customer:
    def __init__(self, gateway, functions):
        self.gateway = gateway
        self.functions = client("lambda", functions)
        self.machines = client("stepfunctions", gateway)
        self.tables = client("dynamodb", gateway)
        self.roles = client("iam", gateway)
        self.objects = client("s3", gateway)
        self.queues = client("sqs", gateway)
        self.steps = client("lambda", gateway)
        self.rules = client("events", gateway)
        self.stacks = client("cloudformation", gateway)
        self.topics = client("sns", gateway)
        self.logs = client("logs", gateway)
        stacks = self.stacks.describe_stacks(StackName="memtune")["Stacks"]
        self.stack = {output["OutputKey"]: output["OutputValue"] for output in stacks[0]["Outputs"]}
        trust = {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
        self.role = self.roles.create_role(
            RoleName="target", AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trust]})
        )["Role"]["Arn"]

    def deploy(self, function, tags):
        """A function with 512 MB, whose alias prod points to version 1."""
        made = self.functions.create_function(
            FunctionName=function,
            Runtime="python3.11",
            Role=self.role,
            Handler="app.handler",
            Code={"ZipFile": zipped({"app.py": TARGET})},
            MemorySize=512,
            Timeout=30,
            Tags=tags,
        )
        self.functions.get_waiter("function_active_v2").wait(FunctionName=function)
        self.functions.publish_version(FunctionName=function)
        self.functions.create_alias(FunctionName=function, Name="prod", FunctionVersion="1")
        return {"arn": made["FunctionArn"]}

    def trust(self, role, function):
        """Another team's role, which the stack's may assume, as docs/how-to/deploy.md has it, and which may tune a function.

        MiniStack takes the session's ARN for aws:PrincipalArn, where AWS takes the role's.
        """
        account = "000000000000"
        callers = [f"arn:aws:iam::{account}:role/memtune-*", f"arn:aws:sts::{account}:assumed-role/memtune-*"]
        whom = {"ArnLike": {"aws:PrincipalArn": callers}}
        trust = {
            "Effect": "Allow",
            "Action": "sts:AssumeRole",
            "Principal": {"AWS": "arn:aws:iam::000000000000:root"},
            "Condition": whom,
        }
        self.roles.create_role(
            RoleName=role, AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trust]})
        )
        arn = f"arn:aws:lambda:us-east-1:000000000000:function:{function}"
        tune = {"Effect": "Allow", "Action": "lambda:*", "Resource": [arn, arn + ":*"]}
        read = {"Effect": "Allow", "Action": ["logs:FilterLogEvents", "lambda:GetAccountSettings"], "Resource": "*"}
        self.roles.put_role_policy(
            RoleName=role,
            PolicyName="tune",
            PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [tune, read]}),
        )
        return {}

    def snapshot(self, function):
        versions = self.functions.list_versions_by_function(FunctionName=function)["Versions"]
        aliases = self.functions.list_aliases(FunctionName=function)["Aliases"]
        open_runs = self.tables.query(
            TableName=self.stack["RunTableName"],
            KeyConditionExpression="runId = :open",
            ExpressionAttributeValues={":open": {"S": "#unfinished"}},
        )
        return {
            "versions": {
                version["Version"]: {key: value for key, value in version.items() if key not in CHANGING}
                for version in versions
            },
            "aliases": {alias["Name"]: alias["FunctionVersion"] for alias in aliases},
            "unfinishedRuns": open_runs["Count"],
        }

    def start(self, input, machine="StateMachineArn"):
        started = self.machines.start_execution(stateMachineArn=self.stack[machine], input=json.dumps(input))
        return {"execution": started["executionArn"]}

    def stop(self, execution):
        self.machines.stop_execution(executionArn=execution, cause="a person stopped it")
        return {}

    def end(self, execution, seconds):
        """The execution when it is over."""

        def ended():
            present = self.machines.describe_execution(executionArn=execution)
            return present if present["status"] != "RUNNING" else None

        over = self.until(ended, seconds, execution)
        return {key: over.get(key) for key in ("status", "output", "error", "cause")}

    def recovery(self, execution, seconds):
        """How the clean-up ended that followed an execution."""

        def started():
            for each in self.machines.list_executions(stateMachineArn=self.stack["RecoveryArn"])["executions"]:
                told = self.machines.describe_execution(executionArn=each["executionArn"])
                if json.loads(told["input"])["detail"]["executionArn"] == execution:
                    return each["executionArn"]
            return None

        return self.end(self.until(started, seconds, "a recovery of " + execution), seconds)

    def alias(self, function, prefix, seconds):
        """Waits for an alias."""

        def there():
            names = [each["Name"] for each in self.functions.list_aliases(FunctionName=function)["Aliases"]]
            return next((name for name in names if name.startswith(prefix)), None)

        return {"alias": self.until(there, seconds, "an alias " + prefix)}

    def document(self, execution_output_run, name):
        item = self.tables.get_item(
            TableName=self.stack["RunTableName"],
            Key={"runId": {"S": execution_output_run}, "itemKey": {"S": "document#" + name}},
        )
        return {"there": "Item" in item}

    def events(self, execution):
        """How many events the history has, and how long its longest input or output is."""
        history = self.machines.get_execution_history(executionArn=execution, maxResults=1000)["events"]
        texts = [
            detail[key]
            for event in history
            for detail in event.values()
            if isinstance(detail, dict)
            for key in ("input", "output")
            if isinstance(detail.get(key), str)
        ]
        return {"count": len(history), "longest": max(map(len, texts))}

    def upload(self, name, metadata, tests, edition):
        """Puts the zip of an algorithm into the bucket."""
        body = algorithm(name, metadata, tests, edition)
        put = self.objects.put_object(Bucket=self.stack["UploadBucketName"], Key=f"uploads/{name}.zip", Body=body)
        return {"versionId": put["VersionId"]}

    def form(self, name, isSigned):
        """Asks the API for a form; loopback has it under a path of its own."""
        api = self.stack["UploadApiUrl"].split("//")[1].split(".")[0]
        url = f"{self.gateway}/_aws/execute-api/{api}/$default/uploads/{name}"
        request = botocore.awsrequest.AWSRequest("POST", url)
        if isSigned:
            credentials = botocore.credentials.Credentials("test", "test")
            botocore.auth.SigV4Auth(credentials, "execute-api", "us-east-1").add_auth(request)
        answer = post(url, headers=dict(request.headers))
        return {"status": answer.status, "body": answer.json()}

    def post(self, form, name, metadata, tests, edition):
        """Posts the zip of an algorithm with a form, and with nothing else."""
        file = ("any.zip", algorithm(name, metadata, tests, edition), "application/octet-stream")
        answer = post(form["url"], fields={**form["fields"], "file": file})
        version = answer.headers.get("x-amz-version-id")
        return {"status": answer.status, "versionId": version, "body": answer.data.decode()}

    def notice(self, name, version, sequencer):
        """S3's notice of an upload, once more or late, as S3 sends them too."""
        s3 = {
            "bucket": {"name": self.stack["UploadBucketName"]},
            "object": {"key": f"uploads/{name}.zip", "versionId": version, "sequencer": sequencer},
        }
        return self.message(json.dumps({"Records": [{"eventName": "ObjectCreated:Put", "s3": s3}]}))

    def message(self, body):
        """A message in the queue of notices."""
        self.queues.send_message(QueueUrl=self.stack["UploadQueueUrl"], MessageBody=body)
        return {}

    def listen(self, topic):
        """Has queues of its own for what does not end well: on the topic, and on the bus, by the rule of docs/reference/events.md."""
        arn = self.topics.create_topic(Name=topic)["TopicArn"]
        rejected = {"FilterPolicy": json.dumps({"outcome": ["REJECTED"]})}
        told = self.listener("told", "sns.amazonaws.com")
        self.topics.subscribe(TopicArn=arn, Protocol="sqs", Endpoint=told, Attributes=rejected)
        rule = {"source": ["memtune"], "detail": {"outcome": [{"anything-but": ["PROMOTED", "KEPT"]}]}}
        self.rules.put_rule(Name="ends", EventPattern=json.dumps(rule))
        bus = self.listener("bus", "events.amazonaws.com")
        self.rules.put_targets(Rule="ends", Targets=[{"Id": "bus", "Arn": bus}])
        return {"topic": arn}

    def listener(self, queue, service):
        """The ARN of a new queue that a service may send to."""
        self.stack[queue] = self.queues.create_queue(QueueName=queue)["QueueUrl"]
        about = self.queues.get_queue_attributes(QueueUrl=self.stack[queue], AttributeNames=["QueueArn"])
        arn = about["Attributes"]["QueueArn"]
        send = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sqs:SendMessage", "Resource": arn}
        policy = json.dumps({"Version": "2012-10-17", "Statement": [send]})
        self.queues.set_queue_attributes(QueueUrl=self.stack[queue], Attributes={"Policy": policy})
        return arn

    def poison(self, name):
        """An item that nobody can read, as a program of somebody else's might write it."""
        item = {"name": name, "status": "READY", "item": "not what Memtune writes"}
        self.tables.put_item(
            TableName=self.stack["RegistryTableName"], Item={key: {"S": value} for key, value in item.items()}
        )
        return {}

    def forget(self, name):
        """Deletes an item."""
        self.tables.delete_item(TableName=self.stack["RegistryTableName"], Key={"name": {"S": name}})
        return {}

    def algorithm(self, name):
        """The outputs of an algorithm's stack, and what is mapped to the function; nothing if there is no such stack."""
        for stack in self.stacks.describe_stacks()["Stacks"]:
            outputs = {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}
            if outputs.get("FunctionArn", "").endswith(":function:" + name):
                mapped = self.functions.list_event_source_mappings()["EventSourceMappings"]
                arns = [each["FunctionArn"] for each in mapped if each["FunctionArn"].startswith(outputs["FunctionArn"])]
                return {"outputs": outputs, "mapped": arns}
        return {}

    def send(self, queue, body):
        self.queues.send_message(QueueUrl=queue, MessageBody=body)
        return {}

    def worked(self, function, text, seconds):
        """The lines that a function has written about a message."""

        def there():
            try:
                found = self.logs.filter_log_events(logGroupName="/aws/lambda/" + function)["events"]
            except self.logs.exceptions.ResourceNotFoundException:
                return None
            return [event["message"].strip() for event in found if text + " was worked by" in event["message"]]

        return {"lines": self.until(there, seconds, text + " in the log of " + function)}

    def gone(self, function, queue, seconds):
        """Waits until neither a function nor its stack nor its queue is there."""

        def lacking():
            try:
                self.functions.get_function(FunctionName=function)
                return False
            except self.functions.exceptions.ResourceNotFoundException:
                return not self.algorithm(function) and queue not in self.queues.list_queues().get("QueueUrls", [])

        return {"gone": self.until(lacking, seconds, "the end of " + function)}

    def item(self, name):
        found = self.tables.get_item(TableName=self.stack["RegistryTableName"], Key={"name": {"S": name}})
        return json.loads(found["Item"]["item"]["S"]) if "Item" in found else None

    def reached(self, name, statuses, version, seconds):
        """The item, when the version of its zip has one of the statuses."""

        def there():
            found = self.item(name)
            is_there = found and found["status"] in statuses and found["upload"]["versionId"] == version
            return found if is_there else None

        try:
            return self.until(there, seconds, name)
        except TimeoutError as problem:
            raise TimeoutError(f"{problem}; it is {json.dumps(self.item(name))}")

    def settled(self, seconds):
        """Waits until nothing is under way."""
        last = ("PROMOTED", "KEPT", "REJECTED", "FAILED")

        def there():
            items = self.tables.scan(TableName=self.stack["RegistryTableName"])["Items"]
            return all(item["status"]["S"] in last for item in items)

        return {"settled": self.until(there, seconds, "the end of every upload")}

    def undelivered(self, queue, text, seconds):
        """A message of a dead-letter queue that has a text in it."""

        def there():
            got = self.queues.receive_message(
                QueueUrl=self.stack[queue], MaxNumberOfMessages=10, VisibilityTimeout=0, AttributeNames=["All"]
            )
            return next((each for each in got.get("Messages", []) if text in each["Body"]), None)

        return {"body": self.until(there, seconds, text)["Body"]}

    def executions(self, prefix, seconds):
        """How the executions ended whose names begin so. The item says it a moment before."""
        every = self.machines.get_paginator("list_executions").paginate(stateMachineArn=self.stack["StateMachineArn"])

        def ended():
            found = {
                each["name"]: each["status"]
                for page in every
                for each in page["executions"]
                if each["name"].startswith(prefix)
            }
            return found if found and "RUNNING" not in found.values() else None

        return self.until(ended, seconds, "the end of " + prefix)

    def serves(self, function):
        """What the alias prod answers."""
        answer = self.functions.invoke(FunctionName=function, Qualifier="prod", Payload=b"{}")
        return json.loads(answer["Payload"].read())

    def listening(self, isTold):
        """Whether the stack hears of executions that end without cleaning up."""
        for rule in self.rules.list_rules()["Rules"]:
            if "Execution Status Change" in rule.get("EventPattern", ""):
                (self.rules.enable_rule if isTold else self.rules.disable_rule)(Name=rule["Name"])
        return {}

    def outlive(self, execution):
        """Dates the lease of an execution's run back, as if the hours that it lasts had passed."""
        table = self.stack["RunTableName"]
        runs = self.tables.query(
            TableName=table,
            KeyConditionExpression="runId = :open",
            ExpressionAttributeValues={":open": {"S": "#unfinished"}},
        )["Items"]
        for key in ({"runId": {"S": run["itemKey"]["S"].split("#")[1]}, "itemKey": {"S": "run"}} for run in runs):
            item = self.tables.get_item(TableName=table, Key=key)["Item"]
            run = json.loads(item["json"]["S"])
            if run["executionId"] == execution:
                run["expiresAt"] = run["startedAt"]
                self.tables.put_item(TableName=table, Item={**item, "json": {"S": json.dumps(run)}})
                return {"run": run["runId"]}
        raise LookupError("no open run of " + execution)

    def sweep(self):
        """Calls the sweep as the schedule does, at once.

        The stack sends what the alias fails at to its queue; MiniStack knows such a destination of the function only.
        """
        names = [each["FunctionName"] for each in self.steps.list_functions()["Functions"]]
        sweeper = next(name for name in names if "SweeperFunction" in name)
        told = self.steps.get_function_event_invoke_config(FunctionName=sweeper, Qualifier="live")
        self.steps.put_function_event_invoke_config(
            FunctionName=sweeper,
            MaximumRetryAttempts=told["MaximumRetryAttempts"],
            DestinationConfig=told["DestinationConfig"],
        )
        self.steps.invoke(FunctionName=sweeper, InvocationType="Event", Payload=json.dumps({"source": "aws.events"}))
        return {}

    def restored(self, function, seconds):
        """Waits until no alias of a run is left on a function."""

        def clean():
            names = [each["Name"] for each in self.functions.list_aliases(FunctionName=function)["Aliases"]]
            return not any(name.startswith("memtune") for name in names)

        return {"clean": self.until(clean, seconds, "the end of " + function + "'s clean-up")}

    def outputs(self):
        return self.stack

    def remove(self, skipped, seconds):
        """Deletes the stack and waits until it is gone, or until it is said why it is not."""
        self.stacks.delete_stack(StackName="memtune", RetainResources=skipped)

        def gone():
            try:
                status = self.stacks.describe_stacks(StackName="memtune")["Stacks"][0]["StackStatus"]
            except self.stacks.exceptions.ClientError:
                return "DELETE_COMPLETE"
            return None if status == "DELETE_IN_PROGRESS" else status

        status = self.until(gone, seconds, "the end of the stack")
        told = [] if status == "DELETE_COMPLETE" else self.stacks.describe_stack_events(StackName="memtune")["StackEvents"]
        failed = [event for event in told if event["ResourceStatus"] == "DELETE_FAILED"]
        why = [f"{event['LogicalResourceId']}: {event.get('ResourceStatusReason')}" for event in failed]
        return {"status": " ".join([status, *why])}

    def until(self, condition, seconds, what):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            found = condition()
            if found:
                return found
            time.sleep(POLL_SECONDS)
        raise TimeoutError(f"{what} did not come within {seconds} s")


def main(gateway, functions=None):
    customer = Customer(gateway, functions or gateway)
    print(json.dumps({"ok": customer.stack}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = {"ok": getattr(customer, request.pop("do"))(**request)}
        except Exception as problem:  # Told to the test, which knows whether it was to be.
            answer = {"problem": f"{type(problem).__name__}: {problem}"}
        print(json.dumps(answer, default=str), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
