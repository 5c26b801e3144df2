// SPDX-License-Identifier: Apache-2.0
// Uses a Lambda endpoint, the argument, with the AWS SDK for JavaScript. Standard output: a JSON object of what was seen.
'use strict';

const {
  LambdaClient,
  CreateAliasCommand,
  CreateFunctionCommand,
  GetFunctionCommand,
  InvokeCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionActiveV2,
  waitUntilFunctionUpdatedV2,
} = require('@aws-sdk/client-lambda');

const FunctionName = 'scripted';
const client = new LambdaClient({
  endpoint: process.argv[2],
  region: 'us-east-1',
  credentials: { accessKeyId: 'judge', secretAccessKey: 'judge' },
  maxAttempts: 1,
});
const patience = { client, maxWaitTime: 30, minDelay: 1, maxDelay: 1 };

function decoded(bytes) {
  return Buffer.from(bytes).toString('utf8');
}

async function errorOf(command) {
  try {
    await client.send(command);
    return null;
  } catch (error) {
    return error.name;
  }
}

async function main() {
  const zip = Buffer.from(process.env.CODE_ZIP, 'base64');
  await client.send(
    new CreateFunctionCommand({
      FunctionName,
      Role: 'arn:aws:iam::000000000000:role/judged',
      Runtime: 'nodejs20.x',
      Handler: 'index.handler',
      Code: { ZipFile: zip },
      MemorySize: 256,
    }),
  );
  await waitUntilFunctionActiveV2(patience, { FunctionName });
  await client.send(new UpdateFunctionConfigurationCommand({ FunctionName, MemorySize: 512 }));
  await waitUntilFunctionUpdatedV2(patience, { FunctionName });
  const version = await client.send(new PublishVersionCommand({ FunctionName, Description: 'scripted' }));
  await client.send(new CreateAliasCommand({ FunctionName, Name: 'prod', FunctionVersion: version.Version }));
  await waitUntilFunctionActiveV2(patience, { FunctionName, Qualifier: 'prod' });
  const answer = await client.send(
    new InvokeCommand({ FunctionName, Qualifier: 'prod', LogType: 'Tail', Payload: JSON.stringify({ n: 20 }) }),
  );
  const failed = await client.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify({ fail: true }) }));
  const versions = await client.send(new ListVersionsByFunctionCommand({ FunctionName }));
  return {
    payload: JSON.parse(decoded(answer.Payload)),
    executedVersion: answer.ExecutedVersion,
    tail: Buffer.from(answer.LogResult, 'base64').toString('utf8'),
    functionError: failed.FunctionError,
    errorType: JSON.parse(decoded(failed.Payload)).errorType,
    versions: versions.Versions.map((each) => each.Version),
    missing: await errorOf(new GetFunctionCommand({ FunctionName: 'nobody' })),
    taken: await errorOf(new CreateAliasCommand({ FunctionName, Name: 'prod', FunctionVersion: '1' })),
  };
}

main().then(
  (seen) => process.stdout.write(JSON.stringify(seen)),
  (error) => {
    process.stderr.write(String(error.stack));
    process.exitCode = 1;
  },
);
