# SPDX-License-Identifier: Apache-2.0
"""Uses a Lambda endpoint as a customer does, with boto3, and compares each answer with botocore's service model.

The endpoint is the argument; with --lenient after it, calls are left out that would spoil what follows where an endpoint
accepts what AWS refuses. Standard output: a JSON array with an object per call: {name, operation, problems, shape}, where
problems is empty if the call ended as AWS documents, and shape if its answer has the shape of the model.
"""

import base64
import io
import json
import sys
import time
import zipfile

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from lambda_model import ModelCheck

FUNCTION = "judged"
ROLE = "arn:aws:iam::000000000000:role/judged"
WAIT_SECONDS = 30

CODE = """
import json, os, sys, time

def handler(event, context):
    do = event.get("do", "echo")
    if do == "raise":
        raise ValueError("no such thing")
    if do == "sleep":
        time.sleep(event["seconds"])
    if do == "exit":
        os._exit(3)
    if do == "print":
        for number in range(event["lines"]):
            print("line", number, "x" * 80)
    if do == "context":
        client = context.client_context
        return {"custom": client.custom if client else None, "arn": context.invoked_function_arn,
                "version": context.function_version, "memory": int(context.memory_limit_in_mb),
                "remaining": context.get_remaining_time_in_millis(), "name": context.function_name}
    if do == "layer":
        import layered
        return layered.WORD
    if do == "environment":
        return os.environ.get(event["name"])
    return event
"""


def zipped(files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), text)
    return buffer.getvalue()


class Judge:
    """Makes calls one after another and writes down how each ended."""

    def __init__(self, endpoint, is_lenient):
        config = Config(retries={"total_max_attempts": 1}, read_timeout=60)
        unchecked = config.merge(Config(parameter_validation=False))
        arguments = {
            "endpoint_url": endpoint,
            "region_name": "us-east-1",
            "aws_access_key_id": "judge",
            "aws_secret_access_key": "judge",
            "config": config,
        }
        self.lambdas = boto3.client("lambda", **arguments)
        self.logs = boto3.client("logs", **arguments)
        # Sends what boto3 itself would refuse.
        self.careless = boto3.client("lambda", **{**arguments, "config": unchecked})
        self.model = ModelCheck()
        for client in (self.lambdas, self.logs, self.careless):
            self.model.watch(client)
        self.is_lenient = is_lenient
        self.verdicts = []

    def call(self, name, operation, expect=None, check=None, client=None, **arguments):
        """Makes a call that is to end with the answer that check accepts, or with the error code expect."""
        problems, answer = [], {}
        try:
            answer = getattr(client or self.lambdas, operation)(**arguments)
            if expect:
                problems.append(f"was accepted, AWS answers {expect}")
        except ClientError as error:
            code = error.response["Error"]["Code"]
            if code != expect:
                problems.append(f"ended with {code}: {error.response['Error']['Message']}, expected {expect or 'success'}")
        except Exception as error:  # whatever a client makes of an answer it cannot read
            problems.append(f"the client failed: {type(error).__name__}: {error}")
        if not problems and check is not None:
            problems += self.checked(check, answer)
        self.add(name, operation, problems)
        return answer

    def add(self, name, operation, problems):
        self.verdicts.append({"name": name, "operation": operation, "problems": problems, "shape": self.model.take()})

    def refused(self, name, operation, expect, **arguments):
        """Makes a call that is to be refused, and that changes things where it is not."""
        if not self.is_lenient:
            self.call(name, operation, expect, **arguments)

    @staticmethod
    def checked(check, answer):
        try:
            return [] if check(answer) else [f"unexpected answer: {shown(answer)}"]
        except Exception as error:
            return [f"unexpected answer ({type(error).__name__}: {error}): {shown(answer)}"]

    def section(self, calls, *arguments):
        """Makes the calls of a section; where it cannot go on, that is a verdict too."""
        try:
            return calls(self, *arguments)
        except Exception as error:
            problem = f"cannot go on: {type(error).__name__}: {error}"
            self.add(calls.__name__, "section", [problem])
            return None

    def settle(self, qualifier=None):
        """Waits until the function's configuration is active and updated."""
        arguments = {"FunctionName": FUNCTION} | ({"Qualifier": qualifier} if qualifier else {})
        return self.eventually(
            "get_function_configuration",
            lambda a: a.get("State") == "Active" and a.get("LastUpdateStatus") == "Successful",
            **arguments)

    def eventually(self, operation, done, **arguments):
        """Reads until the answer is the wanted one; what is wrong with an answer on the way counts for the next call."""
        end = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < end:
            now = getattr(self.lambdas, operation)(**arguments)
            if done(now):
                return now
            time.sleep(0.05)
        raise TimeoutError(f"{operation} {arguments} does not settle: {shown(now)}")


def shown(answer):
    return repr({key: value for key, value in answer.items() if key != "ResponseMetadata"})[:400]


def tail(answer):
    return base64.b64decode(answer["LogResult"]).decode("utf-8", "replace")


def payload(answer):
    return json.loads(answer["Payload"].read())


def event(**members):
    return json.dumps(members).encode()


def functions(judge):
    """Create, read, change."""
    code = zipped({"app.py": CODE})
    base = {"FunctionName": FUNCTION, "Role": ROLE, "Handler": "app.handler", "Runtime": "python3.12"}
    account = "get_account_settings"
    judge.call("account settings", account, check=lambda a: a["AccountLimit"]["ConcurrentExecutions"] > 0)
    judge.call("no such function", "get_function", expect="ResourceNotFoundException", FunctionName="nobody")
    judge.call("invoke of no function", "invoke", expect="ResourceNotFoundException", FunctionName="nobody")
    judge.refused(
        "an image is refused", "create_function", expect="InvalidParameterValueException",
        FunctionName="pictured", Role=ROLE, PackageType="Image", Code={"ImageUri": "1.dkr.ecr.us-east-1.amazonaws.com/x:1"})
    judge.call(
        "no zip", "create_function", expect="InvalidParameterValueException", **base, Code={"ZipFile": b"no zip at all"})
    judge.refused(
        "unknown runtime", "create_function", expect="InvalidParameterValueException",
        **{**base, "Runtime": "python9.9"}, Code={"ZipFile": code})
    judge.call(
        "create", "create_function", **base, Code={"ZipFile": code}, MemorySize=256, Timeout=3,
        Description="first", Environment={"Variables": {"WORD": "one"}}, Tags={"team": "a"},
        check=lambda a: a["State"] == "Pending" and a["Version"] == "$LATEST" and a["MemorySize"] == 256)
    judge.refused(
        "publish while pending", "publish_version", expect="ResourceConflictException", FunctionName=FUNCTION)
    judge.settle()
    judge.call("create twice", "create_function", expect="ResourceConflictException", **base, Code={"ZipFile": code})
    judge.call(
        "get", "get_function", FunctionName=FUNCTION,
        check=lambda a: a["Configuration"]["State"] == "Active" and a["Code"]["Location"] and a["Tags"] == {"team": "a"})
    arn = judge.lambdas.get_function(FunctionName=FUNCTION)["Configuration"]["FunctionArn"]
    judge.call("get by ARN", "get_function_configuration", FunctionName=arn, check=lambda a: a["FunctionName"] == FUNCTION)
    judge.call(
        "get by partial ARN", "get_function_configuration",
        FunctionName=f"{arn.split(':')[4]}:function:{FUNCTION}", check=lambda a: a["FunctionArn"] == arn)
    judge.call(
        "get of $LATEST", "get_function_configuration", FunctionName=FUNCTION, Qualifier="$LATEST",
        check=lambda a: a["FunctionArn"] == arn + ":$LATEST")
    judge.call(
        "get of a missing version", "get_function_configuration", expect="ResourceNotFoundException",
        FunctionName=FUNCTION, Qualifier="77")
    judge.call("list", "list_functions", check=lambda a: FUNCTION in [f["FunctionName"] for f in a["Functions"]])
    judge.call("list of versions of all", "list_functions", FunctionVersion="ALL", check=lambda a: a["Functions"])
    judge.call("list in pages", "list_functions", MaxItems=1, check=lambda a: len(a["Functions"]) == 1)
    updates(judge)
    return arn


def updates(judge):
    update = "update_function_configuration"
    before = judge.lambdas.get_function_configuration(FunctionName=FUNCTION)
    judge.call(
        "update", update, FunctionName=FUNCTION, MemorySize=512, RevisionId=before["RevisionId"],
        check=lambda a: a["LastUpdateStatus"] == "InProgress" and a["RevisionId"] != before["RevisionId"])
    judge.refused("update while updating", update, expect="ResourceConflictException", FunctionName=FUNCTION, Timeout=4)
    judge.settle()
    judge.call(
        "update with an old revision", update, expect="PreconditionFailedException",
        FunctionName=FUNCTION, MemorySize=128, RevisionId=before["RevisionId"])
    judge.refused(
        "more memory than the account has", update, expect="InvalidParameterValueException",
        FunctionName=FUNCTION, MemorySize=20480)
    careless = {"client": judge.careless, "FunctionName": FUNCTION}
    judge.refused("too little memory", update, expect="InvalidParameterValueException", **careless, MemorySize=127)
    judge.refused("too long a time-out", update, expect="InvalidParameterValueException", **careless, Timeout=901)
    judge.refused("text for a number", update, expect="InvalidRequestContentException", **careless, MemorySize="much")
    judge.call(
        "update of no function", update, expect="ResourceNotFoundException", FunctionName="nobody", MemorySize=128)
    judge.call(
        "a dry run of new code", "update_function_code", FunctionName=FUNCTION, DryRun=True,
        ZipFile=zipped({"app.py": CODE + "\n"}))
    judge.call(
        "new code", "update_function_code", FunctionName=FUNCTION, ZipFile=zipped({"app.py": CODE + "# two\n"}),
        check=lambda a: a["CodeSha256"] != before["CodeSha256"])
    judge.settle()


def versions(judge, arn):
    """Publish, aliases, routing."""
    now = judge.lambdas.get_function_configuration(FunctionName=FUNCTION)
    judge.refused(
        "publish other code", "publish_version", expect="InvalidParameterValueException",
        FunctionName=FUNCTION, CodeSha256="A" * 43 + "=")
    judge.refused(
        "publish with an old revision", "publish_version", expect="PreconditionFailedException",
        FunctionName=FUNCTION, RevisionId="00000000-0000-0000-0000-000000000000")
    judge.call(
        "publish", "publish_version", FunctionName=FUNCTION, CodeSha256=now["CodeSha256"], Description="v1",
        check=lambda a: a["Version"] == "1" and a["Description"] == "v1")
    judge.settle("1")
    judge.call(
        "publish the same again", "publish_version", FunctionName=FUNCTION, check=lambda a: a["Version"] == "1")
    judge.lambdas.update_function_configuration(FunctionName=FUNCTION, MemorySize=1024)
    judge.settle()
    judge.call("publish a change", "publish_version", FunctionName=FUNCTION, check=lambda a: a["Version"] == "2")
    judge.settle("2")
    judge.call(
        "list of versions", "list_versions_by_function", FunctionName=FUNCTION,
        check=lambda a: [v["Version"] for v in a["Versions"]] == ["$LATEST", "1", "2"])
    judge.call(
        "list of versions in pages", "list_versions_by_function", FunctionName=FUNCTION, MaxItems=2,
        check=lambda a: len(a["Versions"]) == 2 and a["NextMarker"])
    aliases(judge, arn)
    judge.call(
        "delete a version under an alias", "delete_function", expect="ResourceConflictException",
        FunctionName=FUNCTION, Qualifier="1")
    judge.refused("delete $LATEST", "delete_function", expect="InvalidParameterValueException",
               FunctionName=FUNCTION, Qualifier="$LATEST")


def aliases(judge, arn):
    prod = {"FunctionName": FUNCTION, "Name": "prod"}
    judge.refused(
        "alias on a missing version", "create_alias", expect="ResourceNotFoundException", **prod, FunctionVersion="9")
    judge.refused(
        "alias that is a number", "create_alias", expect="InvalidParameterValueException",
        FunctionName=FUNCTION, Name="12", FunctionVersion="1")
    created = judge.call(
        "alias", "create_alias", **prod, FunctionVersion="1", Description="live",
        check=lambda a: a["AliasArn"] == arn + ":prod" and a["FunctionVersion"] == "1")
    judge.call("alias twice", "create_alias", expect="ResourceConflictException", **prod, FunctionVersion="2")
    judge.call("get alias", "get_alias", **prod, check=lambda a: a["RevisionId"] == created["RevisionId"])
    judge.call("no such alias", "get_alias", expect="ResourceNotFoundException", FunctionName=FUNCTION, Name="none")
    judge.call(
        "alias with a stale revision", "update_alias", expect="PreconditionFailedException",
        **prod, FunctionVersion="2", RevisionId="00000000-0000-0000-0000-000000000000")
    judge.call(
        "weights on an alias", "update_alias", **prod, RoutingConfig={"AdditionalVersionWeights": {"2": 0.5}},
        RevisionId=created["RevisionId"], check=lambda a: a["RoutingConfig"]["AdditionalVersionWeights"] == {"2": 0.5})
    judge.refused(
        "weights over one", "update_alias", expect="InvalidParameterValueException",
        **prod, RoutingConfig={"AdditionalVersionWeights": {"2": 1.5}})
    ran = {judge.lambdas.invoke(FunctionName=FUNCTION, Qualifier="prod", Payload=b"{}")["ExecutedVersion"]
           for _ in range(40)}
    judge.call(
        "weights off an alias", "update_alias", **prod, RoutingConfig={"AdditionalVersionWeights": {}},
        check=lambda a: ran == {"1", "2"} and not a.get("RoutingConfig", {}).get("AdditionalVersionWeights"))
    judge.call("move alias", "update_alias", **prod, FunctionVersion="2", check=lambda a: a["FunctionVersion"] == "2")
    judge.call("move alias back", "update_alias", **prod, FunctionVersion="1", check=lambda a: a["FunctionVersion"] == "1")
    judge.call(
        "alias on $LATEST", "create_alias", FunctionName=FUNCTION, Name="head", FunctionVersion="$LATEST",
        check=lambda a: a["FunctionVersion"] == "$LATEST")
    judge.call(
        "aliases of a version", "list_aliases", FunctionName=FUNCTION, FunctionVersion="1",
        check=lambda a: [x["Name"] for x in a["Aliases"]] == ["prod"])
    judge.call("aliases", "list_aliases", FunctionName=FUNCTION, check=lambda a: len(a["Aliases"]) == 2)
    judge.call("delete alias", "delete_alias", FunctionName=FUNCTION, Name="head")
    judge.call("delete it again", "delete_alias", FunctionName=FUNCTION, Name="head")


def invocations(judge, arn):
    """What is invoked, how it ends, what is logged."""
    me = {"FunctionName": FUNCTION}
    judge.call("invoke", "invoke", **me, Payload=event(a=1),
               check=lambda a: payload(a) == {"a": 1} and a["StatusCode"] == 200 and a["ExecutedVersion"] == "$LATEST")
    judge.call("invoke an alias by qualifier", "invoke", **me, Qualifier="prod", Payload=event(do="context"),
               check=lambda a: a["ExecutedVersion"] == "1" and payload(a)["arn"] == arn + ":prod")
    judge.call("invoke an alias by name", "invoke", FunctionName=FUNCTION + ":prod", Payload=b"{}",
               check=lambda a: a["ExecutedVersion"] == "1")
    judge.call("invoke a version by ARN", "invoke", FunctionName=arn + ":2", Payload=event(do="context"),
               check=lambda a: payload(a)["version"] == "2" and a["ExecutedVersion"] == "2")
    judge.call("invoke a missing alias", "invoke", expect="ResourceNotFoundException", **me, Qualifier="none")
    judge.call("invoke, dry", "invoke", **me, InvocationType="DryRun", check=lambda a: a["StatusCode"] == 204)
    judge.call("invoke without waiting", "invoke", **me, InvocationType="Event", Payload=b"{}",
               check=lambda a: a["StatusCode"] == 202)
    judge.call("invoke with no JSON", "invoke", expect="InvalidRequestContentException", **me, Payload=b"{no")
    judge.call("invoke with a list", "invoke", **me, Payload=event(list=[1]), check=lambda a: payload(a) == {"list": [1]})
    context = base64.b64encode(json.dumps({"custom": {"k": "v"}}).encode()).decode()
    judge.call("client context", "invoke", **me, ClientContext=context, Payload=event(do="context"),
               check=lambda a: payload(a)["custom"] == {"k": "v"})
    judge.call("a report in the tail", "invoke", **me, LogType="Tail", Payload=b"{}",
               check=lambda a: "REPORT RequestId: " + a["ResponseMetadata"]["RequestId"] in tail(a)
               and "Memory Size: 1024 MB" in tail(a))
    judge.call("a tail of 4 KB", "invoke", **me, LogType="Tail", Payload=event(do="print", lines=200),
               check=lambda a: len(base64.b64decode(a["LogResult"])) == 4096 and "REPORT" in tail(a))
    judge.call("no tail unless asked", "invoke", **me, Payload=b"{}", check=lambda a: "LogResult" not in a)
    judge.call("an error of the function", "invoke", **me, Payload=event(do="raise"),
               check=lambda a: a["StatusCode"] == 200 and a["FunctionError"] == "Unhandled"
               and payload(a)["errorType"] == "ValueError")
    judge.call("a function that exits", "invoke", **me, Payload=event(do="exit"),
               check=lambda a: a["FunctionError"] == "Unhandled" and payload(a)["errorType"] == "Runtime.ExitError")
    judge.call("a time-out", "invoke", **me, Payload=event(do="sleep", seconds=20), LogType="Tail",
               check=lambda a: a["FunctionError"] == "Unhandled" and "timed out after 3.00 seconds" in payload(a)["errorMessage"])
    judge.call("a payload over 6 MB", "invoke", expect="RequestTooLargeException", **me, Payload=event(x="y" * 6_300_000))
    judge.call("an event over 1 MB", "invoke", expect="RequestTooLargeException", **me, InvocationType="Event",
               Payload=event(x="y" * 1_100_000))
    judge.call("memory and name", "invoke", **me, Payload=event(do="context"),
               check=lambda a: (lambda p: p["memory"] == 1024 and p["name"] == FUNCTION and 0 < p["remaining"] <= 3000)(payload(a)))


def limits(judge):
    """Concurrency, asynchronous settings, tags."""
    me = {"FunctionName": FUNCTION}
    judge.call("no reserved concurrency", "get_function_concurrency", **me,
               check=lambda a: "ReservedConcurrentExecutions" not in a)
    judge.call("reserve", "put_function_concurrency", **me, ReservedConcurrentExecutions=0,
               check=lambda a: a["ReservedConcurrentExecutions"] == 0)
    judge.call("invoke with none reserved", "invoke", expect="TooManyRequestsException", **me, Payload=b"{}")
    judge.refused("reserve too many", "put_function_concurrency", expect="InvalidParameterValueException", **me,
               ReservedConcurrentExecutions=10_000_000)
    judge.call("reserved", "get_function_concurrency", **me, check=lambda a: a["ReservedConcurrentExecutions"] == 0)
    judge.call("reserve no more", "delete_function_concurrency", **me)
    prod = {"FunctionName": FUNCTION, "Qualifier": "prod"}
    judge.call("no provisioned concurrency", "get_provisioned_concurrency_config",
               expect="ProvisionedConcurrencyConfigNotFoundException", **prod)
    judge.refused("provision $LATEST", "put_provisioned_concurrency_config", expect="InvalidParameterValueException",
               **me, Qualifier="$LATEST", ProvisionedConcurrentExecutions=1)
    judge.call("provision", "put_provisioned_concurrency_config", **prod, ProvisionedConcurrentExecutions=1,
               check=lambda a: a["Status"] == "IN_PROGRESS" and a["RequestedProvisionedConcurrentExecutions"] == 1)
    judge.section(provisioned, prod)
    judge.call("provisioned ones", "list_provisioned_concurrency_configs", **me,
               check=lambda a: len(a["ProvisionedConcurrencyConfigs"]) == 1)
    judge.call("provision no more", "delete_provisioned_concurrency_config", **prod)
    judge.section(events, me)


def provisioned(judge, prod):
    judge.eventually("get_provisioned_concurrency_config", lambda a: a["Status"] == "READY", **prod)
    judge.call("provisioned", "get_provisioned_concurrency_config", **prod,
               check=lambda a: a["Status"] == "READY" and a["AvailableProvisionedConcurrentExecutions"] == 1)


def events(judge, me):
    get = "get_function_event_invoke_config"
    judge.call("no asynchronous settings", get, expect="ResourceNotFoundException", **me)
    judge.call("asynchronous settings", "put_function_event_invoke_config", **me, MaximumRetryAttempts=0,
               MaximumEventAgeInSeconds=60, check=lambda a: a["MaximumRetryAttempts"] == 0)
    judge.refused("an age that is too small", "put_function_event_invoke_config", expect="InvalidParameterValueException",
               client=judge.careless, **me, MaximumEventAgeInSeconds=59)
    judge.call("change them", "update_function_event_invoke_config", **me, MaximumRetryAttempts=1,
               check=lambda a: a["MaximumRetryAttempts"] == 1 and a["MaximumEventAgeInSeconds"] == 60)
    judge.call("read them", get, **me, check=lambda a: a["MaximumRetryAttempts"] == 1)
    judge.call("list them", "list_function_event_invoke_configs", **me,
               check=lambda a: len(a["FunctionEventInvokeConfigs"]) == 1)
    judge.call("delete them", "delete_function_event_invoke_config", **me)


def tags(judge, arn):
    judge.call("tags", "list_tags", Resource=arn, check=lambda a: a["Tags"] == {"team": "a"})
    judge.call("tag", "tag_resource", Resource=arn, Tags={"memtune": "allow"})
    judge.call("untag", "untag_resource", Resource=arn, TagKeys=["team"])
    judge.call("tags now", "list_tags", Resource=arn, check=lambda a: a["Tags"] == {"memtune": "allow"})
    judge.call("tags of no function", "list_tags", expect="ResourceNotFoundException", Resource=arn + "x")


def layers(judge):
    content = zipped({"python/layered.py": "WORD = 'from the layer'\n"})
    published = judge.call(
        "publish a layer", "publish_layer_version", LayerName="words", Content={"ZipFile": content},
        CompatibleRuntimes=["python3.12"], check=lambda a: a["Version"] == 1 and a["LayerVersionArn"].endswith(":words:1"))
    judge.call("layers", "list_layers", check=lambda a: [x["LayerName"] for x in a["Layers"]] == ["words"])
    judge.call("versions of a layer", "list_layer_versions", LayerName="words", check=lambda a: len(a["LayerVersions"]) == 1)
    judge.call("a layer's version", "get_layer_version", LayerName="words", VersionNumber=1,
               check=lambda a: a["Content"]["CodeSize"] == len(content))
    judge.call("a missing layer", "get_layer_version", expect="ResourceNotFoundException", LayerName="no", VersionNumber=1)
    layer_arn = published.get("LayerVersionArn", "arn:aws:lambda:us-east-1:000000000000:layer:words:1")
    judge.call("a layer by ARN", "get_layer_version_by_arn", Arn=layer_arn, check=lambda a: a["Version"] == 1)
    judge.call("a function with a layer", "update_function_configuration", FunctionName=FUNCTION, Layers=[layer_arn],
               check=lambda a: a["Layers"][0]["Arn"] == layer_arn)
    judge.settle()
    judge.call("code of a layer", "invoke", FunctionName=FUNCTION, Payload=event(do="layer"),
               check=lambda a: payload(a) == "from the layer")
    judge.call("delete a layer's version", "delete_layer_version", LayerName="words", VersionNumber=1)


def logs(judge):
    group = f"/aws/lambda/{FUNCTION}"
    judge.call("log groups", "describe_log_groups", client=judge.logs, logGroupNamePrefix="/aws/lambda/",
               check=lambda a: group in [g["logGroupName"] for g in a["logGroups"]])
    streams = judge.call("log streams", "describe_log_streams", client=judge.logs, logGroupName=group,
                         check=lambda a: a["logStreams"])
    judge.call("search the logs", "filter_log_events", client=judge.logs, logGroupName=group, filterPattern='"REPORT RequestId"',
               check=lambda a: a["events"] and all("REPORT" in e["message"] for e in a["events"]))
    judge.call("search in pages", "filter_log_events", client=judge.logs, logGroupName=group, limit=1,
               check=lambda a: len(a["events"]) <= 1 and a["nextToken"])
    name = streams["logStreams"][0]["logStreamName"] if streams.get("logStreams") else "none"
    judge.call("read a stream", "get_log_events", client=judge.logs, logGroupName=group, logStreamName=name,
               startFromHead=True, check=lambda a: a["events"] and a["nextForwardToken"])
    judge.call("no such log group", "describe_log_streams", expect="ResourceNotFoundException", client=judge.logs,
               logGroupName="/aws/lambda/nobody")


def json_logs(judge):
    judge.call("JSON logs", "update_function_configuration", FunctionName=FUNCTION, Layers=[],
               LoggingConfig={"LogFormat": "JSON", "SystemLogLevel": "INFO"},
               check=lambda a: a["LoggingConfig"]["LogFormat"] == "JSON")
    judge.settle()
    judge.call("a report in JSON", "invoke", FunctionName=FUNCTION, LogType="Tail", Payload=b"{}",
               check=lambda a: '"platform.report"' in tail(a))
    judge.call("fewer logs", "update_function_configuration", FunctionName=FUNCTION,
               LoggingConfig={"LogFormat": "JSON", "SystemLogLevel": "WARN"})
    judge.settle()
    judge.call("no report at WARN", "invoke", FunctionName=FUNCTION, LogType="Tail", Payload=b"{}",
               check=lambda a: "platform.report" not in tail(a))


def absent(judge):
    """What a function does not have, and what the service does not do."""
    missing = {"expect": "ResourceNotFoundException", "FunctionName": FUNCTION}
    judge.call("no policy", "get_policy", **missing)
    judge.call("no URL", "get_function_url_config", **missing)
    judge.call("no event sources", "list_event_source_mappings", FunctionName=FUNCTION,
               check=lambda a: a["EventSourceMappings"] == [])
    judge.call("no code signing", "get_function_code_signing_config", FunctionName=FUNCTION,
               check=lambda a: a["FunctionName"] == FUNCTION)
    judge.call("streaming is refused", "invoke_with_response_stream", expect="ServiceException", FunctionName=FUNCTION)
    judge.call("what the service does not have", "list_capacity_providers", expect="ServiceException")
    judge.call("runtime management", "get_runtime_management_config", FunctionName=FUNCTION,
               check=lambda a: a["UpdateRuntimeOn"] == "Auto")


def farewell(judge):
    judge.call("delete a version", "delete_function", FunctionName=FUNCTION, Qualifier="2")
    judge.call("which is gone", "get_function", expect="ResourceNotFoundException", FunctionName=FUNCTION, Qualifier="2")
    judge.call("a number is not used again", "publish_version", FunctionName=FUNCTION,
               check=lambda a: a["Version"] == "3")
    judge.settle("3")
    judge.call("delete", "delete_function", FunctionName=FUNCTION)
    judge.call("which is gone, all of it", "get_function", expect="ResourceNotFoundException", FunctionName=FUNCTION)
    judge.call("delete what is gone", "delete_function", expect="ResourceNotFoundException", FunctionName=FUNCTION)


def main(endpoint, *options):
    judge = Judge(endpoint, "--lenient" in options)
    arn = judge.section(functions)
    judge.section(versions, arn)
    judge.section(invocations, arn)
    judge.section(limits)
    judge.section(tags, arn)
    judge.section(layers)
    judge.section(json_logs)
    judge.section(logs)
    judge.section(absent)
    judge.section(farewell)
    json.dump(judge.verdicts, sys.stdout, indent=1)


if __name__ == "__main__":
    main(*sys.argv[1:])
