#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Verifies a deployed stack on a real account: makes a small function, tunes it, stops a second tuning, looks whether all is as
# before, removes the function. Costs less than a cent. NOT YET RUN by its authors: see docs/how-to/verify-on-aws.md.
#
# usage: verify-account.sh STACK_NAME ROLE_ARN     ROLE_ARN: an execution role for the function, with basic logging
set -eu
stack=$1
role=$2
function=memtune-verify-$$
folder=$(mktemp -d)

say() { printf '%s\n' "$*" >&2; }
output() {
    aws cloudformation describe-stacks --stack-name "$stack" \
        --query "Stacks[0].Outputs[?OutputKey=='$1'].OutputValue" --output text
}
look() {
    aws lambda list-versions-by-function --function-name "$function" \
        --query 'Versions[].[Version,MemorySize,Description,CodeSha256]' --output text
    aws lambda list-aliases --function-name "$function" --query 'Aliases[].[Name,FunctionVersion]' --output text
}
remove() {
    aws lambda delete-function --function-name "$function" >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap remove EXIT
# Waits up to ten minutes for the end of the execution $1, of the status $2.
await() {
    tries=0
    while status=$(aws stepfunctions describe-execution --execution-arn "$1" --query status --output text) \
        && [ "$status" = RUNNING ] && [ "$tries" -lt 120 ]; do
        sleep 5
        tries=$((tries + 1))
    done
    say "  ended $status"
    [ "$status" = "$2" ]
}

machine=$(output StateMachineArn)
recovery=$(output RecoveryArn)

say "1. a function with the opt-in tags"
printf 'def handler(event, context):\n    return sum(range(event.get("loops", 1000000)))\n' >"$folder/app.py"
(cd "$folder" && python3 -m zipfile -c app.zip app.py)
arn=$(aws lambda create-function --function-name "$function" --runtime python3.13 --handler app.handler \
    --role "$role" --memory-size 512 --timeout 30 --zip-file "fileb://$folder/app.zip" \
    --tags memtune=allow,memtune-promote=allow --query FunctionArn --output text)
aws lambda wait function-active-v2 --function-name "$function"
aws lambda publish-version --function-name "$function" >/dev/null
aws lambda create-alias --function-name "$function" --name prod --function-version 1 >/dev/null

say "2. a tuning that moves prod"
input=$(printf '{"lambdaARN":"%s","powerValues":[128,512,1769],"num":10,"payload":{},"strategy":"speed",%s}' "$arn" \
    '"autoOptimize":true,"autoOptimizeAlias":"prod"')
execution=$(aws stepfunctions start-execution --state-machine-arn "$machine" --input "$input" \
    --query executionArn --output text)
await "$execution" SUCCEEDED
look
[ "$(aws lambda get-alias --function-name "$function" --name prod --query FunctionVersion --output text)" != 1 ]

say "3. a tuning that is stopped, and its recovery"
look >"$folder/before"
execution=$(aws stepfunctions start-execution --state-machine-arn "$machine" --input "$input" \
    --query executionArn --output text)
sleep 20
aws stepfunctions stop-execution --execution-arn "$execution" >/dev/null
await "$execution" ABORTED
sleep 30
await "$(aws stepfunctions list-executions --state-machine-arn "$recovery" --max-results 1 \
    --query 'executions[0].executionArn' --output text)" SUCCEEDED
look >"$folder/after"
diff "$folder/before" "$folder/after"

say "4. a function whose owner has not agreed"
aws lambda untag-resource --resource "$arn" --tag-keys memtune
execution=$(aws stepfunctions start-execution --state-machine-arn "$machine" --input "$input" \
    --query executionArn --output text)
await "$execution" FAILED
say "verified: $stack"
