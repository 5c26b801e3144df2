// SPDX-License-Identifier: Apache-2.0
// Runs AWS Lambda Power Tuning, from a checkout of it, against a Lambda endpoint: its six handlers in the order of its
// state machine. Arguments: the checkout, the endpoint, the state machine's input. Standard output: the analyzer's answer.
'use strict';

const path = require('path');
const Module = require('module');

const [checkout, endpoint, input] = process.argv.slice(2);

// What its template sets. Its own modules are found beside this file, where the checkout has none.
process.env.NODE_PATH = path.join(__dirname, 'node_modules');
Module._initPaths();
Object.assign(process.env, {
  AWS_ENDPOINT_URL: endpoint,
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'judge',
  AWS_SECRET_ACCESS_KEY: 'judge',
  defaultPowerValues: '128,256',
  minRAM: '128',
  baseCosts: '{"x86_64": {"default": 2.1e-9}, "arm64": {"default": 1.7e-9}}',
  sfCosts: '{"default": 0.000025}',
  visualizationURL: 'https://lambda-power-tuning.show/',
});
// Its log belongs to a log group, not to the answer.
console.log = console.error;

function step(name) {
  const { handler } = require(path.join(path.resolve(checkout), 'lambda', `${name}.js`));
  return (event) => handler(event, {});
}

async function run(state) {
  state.lambdaConfigurations = await step('initializer')(state);
  while (state.lambdaConfigurations.iterator.continue) {
    state.lambdaConfigurations = await step('publisher')(state);
  }
  const values = state.lambdaConfigurations.powerValues;
  state.stats = await Promise.all(values.map((value) => step('executor')({ input: state, value })));
  await step('cleaner')(state);
  state.analysis = await step('analyzer')(state);
  await step('optimizer')(state);
  return state.analysis;
}

run(JSON.parse(input)).then(
  (analysis) => process.stdout.write(JSON.stringify(analysis)),
  (error) => {
    process.stderr.write(String(error.stack));
    process.exitCode = 1;
  },
);
