# SPDX-License-Identifier: Apache-2.0
"""Changes a built template, and nothing else of it, so that the emulator can run it:

1. the runtime: MiniStack runs no Java runtime, so the very same jars are started by a bootstrap with AWS's own runtime
   interface client (`provided.al2023`, no SnapStart);
2. the Lambda that the steps talk to, if another than the emulator's is given;
3. notices of uploads that could not be dealt with: tried again after half a minute and once, not after half an hour and often;
4. the bucket's demand for encrypted connections, which loopback has not;
5. the condition on which stacks of algorithms may be made, which it does not know;
6. the condition on what may be told to a bus, which it does not know either;
7. the grants that the emulator's coarse map of Lambda calls needs, if its own Lambda is used.

usage: overlay.py BUILD_FOLDER JAVA RUNTIME_CLIENT_JARS OUTPUT [LAMBDA_ENDPOINT]
"""

import pathlib
import platform
import shutil
import sys
import zipfile

from samcli.yamlhelper import yaml_dump, yaml_parse

CLIENT = "com.amazonaws.services.lambda.runtime.api.client"
# Left to itself, every process unpacks the client's native library to the same file in /tmp, also while others use it.
BOOTSTRAP = f"""#!/bin/sh
exec {{java}} -XX:TieredStopAtLevel=1 -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \\
  -D{CLIENT}.runtimeapi.NativeClient.JNI="$LAMBDA_TASK_ROOT/runtime-client.so" \\
  -cp "$LAMBDA_TASK_ROOT/lib/*" {CLIENT}.AWSLambda "$_HANDLER"
"""
NATIVE = {"x86_64": "x86_64", "aarch64": "aarch_64"}

# What MiniStack 1.5.33 checks for calls of ours: GetAlias, UpdateAlias and DeleteAlias as ListAliases,
# GetFunctionConcurrency as PutFunctionConcurrency, every call on the unqualified ARN, and no tags of functions.
COARSE = {
    "InitializerRole": ["lambda:ListAliases", "lambda:PutFunctionConcurrency", "lambda:CreateAlias"],
    "PublisherRole": [
        "lambda:ListAliases",
        "lambda:CreateAlias",
        "lambda:UpdateFunctionConfiguration",
        "lambda:PublishVersion",
    ],
    "ExecutorRole": ["lambda:InvokeFunction"],
    "PromoterRole": ["lambda:ListAliases", "lambda:CreateAlias"],
    "ProvisionerRole": ["lambda:ListAliases", "lambda:CreateAlias"],
    "CleanerRole": ["lambda:ListAliases", "lambda:CreateAlias", "lambda:DeleteFunction"],
}

TARGETS = "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${TargetNamePrefix}*"


def run_java(template, build, java, jars):
    template["Globals"]["Function"].update({"Runtime": "provided.al2023", "Architectures": ["x86_64"]})
    del template["Globals"]["Function"]["SnapStart"]
    for name, resource in template["Resources"].items():
        if resource["Type"] == "AWS::Serverless::Function":
            package = build / name
            (package / "bootstrap").write_text(BOOTSTRAP.format(java=java))
            (package / "bootstrap").chmod(0o755)
            for jar in jars:
                shutil.copy(jar, package / "lib")
                unpack_native(jar, package / "runtime-client.so")


def unpack_native(jar, library):
    name = f"jni/libaws-lambda-jni.linux-{NATIVE[platform.machine()]}.so"
    with zipfile.ZipFile(jar) as archive:
        if name in archive.namelist():
            library.write_bytes(archive.read(name))


def use_lambda(template, endpoint):
    template["Globals"]["Function"]["Environment"]["Variables"]["AWS_ENDPOINT_URL_LAMBDA"] = endpoint


def adapt_uploads(template):
    queue = template["Resources"]["UploadQueue"]["Properties"]
    queue["VisibilityTimeout"] = 30
    queue["RedrivePolicy"]["maxReceiveCount"] = 2
    del template["Resources"]["UploadBucketPolicy"]


def tell_the_bus(template):
    """MiniStack 1.5.33 knows no events:source."""
    for statement in template["Resources"]["RecorderRole"]["Properties"]["Policies"][0]["PolicyDocument"]["Statement"]:
        for told in statement.get("Fn::If", []):
            if isinstance(told, dict) and told.get("Sid") == "TellTheBus":
                del told["Condition"]


def forget_roles_of_stacks(template):
    """MiniStack 1.5.33 takes the role that CloudFormation is to act as, and its policies know no cloudformation:RoleArn."""
    for statement in template["Resources"]["ProvisionerRole"]["Properties"]["Policies"][0]["PolicyDocument"]["Statement"]:
        if statement.get("Sid") == "ChangeStacks":
            del statement["Condition"]


def grant(template):
    for name, actions in COARSE.items():
        template["Resources"][name]["Properties"]["Policies"].append(
            {
                "PolicyName": "emulator",
                "PolicyDocument": {
                    "Version": "2012-10-17",
                    "Statement": [{"Effect": "Allow", "Action": actions, "Resource": {"Fn::Sub": TARGETS}}],
                },
            }
        )


def main(build, java, jars, output, endpoint=None):
    build = pathlib.Path(build)
    template = yaml_parse((build / "template.yaml").read_text())
    adapt_uploads(template)
    forget_roles_of_stacks(template)
    tell_the_bus(template)
    run_java(template, build, java, jars.split(":"))
    if endpoint:
        use_lambda(template, endpoint)
    else:
        grant(template)
    pathlib.Path(output).write_text(yaml_dump(template))


if __name__ == "__main__":
    main(*sys.argv[1:])
