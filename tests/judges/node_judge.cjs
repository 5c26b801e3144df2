// SPDX-License-Identifier: Apache-2.0
// Runs the corpus with aws-local-stepfunctions; input and output as in moto_judge.py.
"use strict";
const { StateMachine } = require("aws-local-stepfunctions");
const { isDeepStrictEqual } = require("node:util");
const { setTimeout: sleep } = require("node:timers/promises");
const fs = require("node:fs");

const DEADLINE_MS = 60_000;

/** A scripted function; its rules count their calls. */
function scripted(rules) {
  const calls = rules.map(() => 0);
  return async (payload) => {
    const index = rules.findIndex((rule) => !("input" in rule) || isDeepStrictEqual(rule.input, payload));
    const { answers } = rules[index];
    const answer = answers[Math.min(calls[index]++, answers.length - 1)];
    await sleep(1000 * (answer.sleepSeconds ?? 0));
    if ("error" in answer) {
      const error = new Error(JSON.stringify({ errorMessage: answer.message, errorType: answer.error }));
      error.name = answer.error;
      throw error;
    }
    return answer.echo ? payload : answer.returns;
  };
}

/** The handlers by state name, which is how this interpreter overrides tasks. */
function handlers(definition, tasks, found = {}) {
  for (const [name, state] of Object.entries(definition.States)) {
    if (state.ResultPath === "$") {
      delete state.ResultPath; // the default, which this interpreter does not understand when it is written out
    }
    if (state.Type === "Task") {
      found[name] = tasks[state.Resource.slice(1)];
      state.Resource = `arn:aws:lambda:us-east-1:123456789012:function:${state.Resource.slice(1)}`;
    }
    [state.Iterator, state.ItemProcessor, ...(state.Branches ?? [])]
      .filter(Boolean)
      .forEach((flow) => handlers(flow, tasks, found));
  }
  return found;
}

async function judge({ definition, input, tasks = {} }) {
  const functions = Object.fromEntries(Object.entries(tasks).map(([name, rules]) => [name, scripted(rules)]));
  const taskResourceLocalHandlers = handlers(definition, functions);
  let machine;
  try {
    machine = new StateMachine(definition);
  } catch (e) {
    return { status: "REFUSED", cause: e.message };
  }
  const context = { Execution: { Id: "run-1", Name: "run-1", StartTime: new Date().toISOString(), Input: input } };
  const execution = machine.run(input, { overrides: { taskResourceLocalHandlers }, context });
  try {
    const late = sleep(DEADLINE_MS, "late", { ref: false });
    const output = await Promise.race([execution.result, late.then(() => Promise.reject(new Error("STILL_RUNNING")))]);
    return { status: "SUCCEEDED", output };
  } catch (e) {
    if (e.name === "ExecutionTimeoutError") {
      return { status: "TIMED_OUT" };
    }
    return { status: "FAILED", error: e.cause?.name ?? e.name, cause: e.cause?.message ?? e.message };
  }
}

async function main() {
  const cases = JSON.parse(fs.readFileSync(0, "utf8"));
  const results = await Promise.all(cases.map(async (each) => [each.name, await judge(each)]));
  fs.writeSync(1, JSON.stringify(Object.fromEntries(results)));
  process.exit(0);
}

main();
