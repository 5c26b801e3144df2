// SPDX-License-Identifier: Apache-2.0
// Runs a Node function over the Lambda Runtime API, as Lambda's own Node runtime does.
import { existsSync, readFileSync, writeSync } from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import util from 'node:util';

const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const agent = new http.Agent({ keepAlive: true, maxSockets: 1, noDelay: true });
const env = process.env;
let current = null; // the invocation that runs, for errors that nobody catches

function call(method, route, body, headers = {}) {
  return new Promise((resolve) => {
    const length = body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) };
    const options = { host, port, agent, method, path: '/2018-06-01/runtime/' + route, headers: { ...headers, ...length } };
    const gone = () => process.exit(1); // the host is gone, and so are we
    const request = http.request(options, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks).toString('utf8') }));
      response.on('error', gone);
    });
    request.on('error', gone);
    request.end(body);
  });
}

class RuntimeError extends Error {
  constructor(name, message) {
    super(message);
    this.name = name;
  }
}

const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
const lowest = env.AWS_LAMBDA_LOG_FORMAT === 'JSON' ? LEVELS.indexOf(env.AWS_LAMBDA_LOG_LEVEL ?? 'INFO') : 0;
const print = { out: console.log.bind(console), err: console.error.bind(console) };
let logged = null; // the request id that lines bear, also after the handler's answer

// The console writes lines with time, request id and level, as Lambda's own runtime has it.
function log(level, requestId, stream, parameters) {
  if (LEVELS.indexOf(level) < lowest) return;
  const time = new Date().toISOString();
  if (env.AWS_LAMBDA_LOG_FORMAT === 'JSON') print[stream](jsonLine(time, level, requestId, parameters));
  else print[stream](`${time}\t${requestId ?? 'undefined'}\t${level}\t${util.format(...parameters).replace(/\n/g, '\r')}`);
}

function jsonLine(timestamp, level, requestId, parameters) {
  const line = { timestamp, level, requestId: requestId ?? undefined };
  const error = parameters.find((parameter) => parameter instanceof Error);
  line.message = parameters.length === 1 ? parameters[0] : util.format(...parameters);
  if (error) {
    line.errorType = error.constructor?.name ?? 'UnknownError';
    line.errorMessage = error.message;
    line.stackTrace = (error.stack ?? '').split('\n');
    if (parameters.length === 1) line.message = error.message;
  }
  try {
    return JSON.stringify(line);
  } catch {
    return JSON.stringify({ ...line, message: util.format(line.message) }); // a circle, or a BigInt
  }
}

for (const [name, level, stream] of [
  ['trace', 'TRACE', 'err'], ['debug', 'DEBUG', 'out'], ['log', 'INFO', 'out'],
  ['info', 'INFO', 'out'], ['warn', 'WARN', 'err'], ['error', 'ERROR', 'err'],
]) {
  console[name] = (...parameters) => log(level, logged, stream, parameters);
}

function errorDocument(error) {
  if (util.types.isNativeError(error) || error instanceof Error) {
    return { errorType: error.name, errorMessage: error.message, trace: (error.stack || '').split('\n') };
  }
  return { errorType: typeof error, errorMessage: String(error), trace: [] };
}

function endOutput(requestId) {
  try {
    writeSync(1, '\0memtune-end ' + requestId + '\n');
  } catch (error) {
    if (error.code !== 'EAGAIN') return; // closed by the function: nothing of it can still be under way
  }
}

async function postError(route, error, requestId) {
  const document = errorDocument(error);
  if (env.AWS_LAMBDA_LOG_FORMAT === 'JSON') log('ERROR', requestId, 'err', [document]);
  else log('ERROR', requestId, 'err', [`Invoke Error \t${JSON.stringify(document)}`]);
  if (requestId) endOutput(requestId);
  await call('POST', route, JSON.stringify(document), { 'Lambda-Runtime-Function-Error-Type': encodeURIComponent(document.errorType) });
}

async function die(error) {
  const requestId = current;
  current = null;
  if (requestId) await postError(`invocation/${requestId}/error`, error, requestId);
  else await postError('init/error', error);
  process.exit(1);
}

function moduleFile(name) {
  const base = path.resolve(env.LAMBDA_TASK_ROOT, name);
  return ['.js', '.mjs', '.cjs', '/index.js', '/index.mjs'].map((end) => base + end).find((file) => existsSync(file));
}

function isModule(file) {
  if (!file.endsWith('.js')) return file.endsWith('.mjs');
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    const manifest = path.join(folder, 'package.json');
    if (existsSync(manifest)) return JSON.parse(readFileSync(manifest, 'utf8')).type === 'module';
    if (folder === path.dirname(folder)) return false;
  }
}

async function load(handler) {
  const dot = path.basename(handler).indexOf('.');
  if (dot <= 0) throw new RuntimeError('Runtime.MalformedHandlerName', `Bad handler '${handler}'`);
  const name = path.join(path.dirname(handler), path.basename(handler).slice(0, dot));
  const names = path.basename(handler).slice(dot + 1).split('.');
  const file = moduleFile(name);
  if (!file) throw new RuntimeError('Runtime.ImportModuleError', `Error: Cannot find module '${name}'`);
  const module = await imported(file);
  const found = names.reduce((object, key) => object?.[key], module) ?? names.reduce((object, key) => object?.[key], module.default);
  if (found === undefined) throw new RuntimeError('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
  if (typeof found !== 'function') throw new RuntimeError('Runtime.HandlerNotFound', `${handler} is not a function`);
  return found;
}

async function imported(file) {
  try {
    return isModule(file) ? await import(pathToFileURL(file).href) : createRequire(file)(file);
  } catch (error) {
    if (error instanceof SyntaxError) throw new RuntimeError('Runtime.UserCodeSyntaxError', String(error));
    if (['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND'].includes(error?.code)) {
      throw new RuntimeError('Runtime.ImportModuleError', String(error));
    }
    throw error;
  }
}

function context(headers) {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  const client = headers['lambda-runtime-client-context'];
  return {
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: client ? JSON.parse(client) : undefined,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

// A handler answers by its promise, by the callback, or by done/succeed/fail of its context.
function run(handler, event, ctx) {
  return new Promise((resolve, reject) => {
    const callback = (error, result) => (error === null || error === undefined ? resolve(result) : reject(error));
    ctx.done = callback;
    ctx.succeed = (result) => resolve(result);
    ctx.fail = (error) => reject(error ?? new Error('failed'));
    const answer = handler(event, ctx, callback);
    if (typeof answer?.then === 'function') answer.then(resolve, reject);
    else if (handler.length < 3 && answer !== undefined) resolve(answer);
    else if (handler.length < 2 || handler.constructor.name === 'AsyncFunction') resolve(answer);
  });
}

async function serve(handler) {
  for (;;) {
    const { headers, body } = await call('GET', 'invocation/next');
    const requestId = headers['lambda-runtime-aws-request-id'];
    env._X_AMZN_TRACE_ID = headers['lambda-runtime-trace-id'] ?? '';
    current = requestId;
    logged = requestId;
    try {
      const result = await run(handler, body === '' ? null : JSON.parse(body), context(headers));
      const answer = JSON.stringify(result === undefined ? null : result) ?? 'null';
      current = null;
      endOutput(requestId);
      await call('POST', `invocation/${requestId}/response`, answer);
    } catch (error) {
      current = null;
      await postError(`invocation/${requestId}/error`, error, requestId);
    }
  }
}

process.on('uncaughtException', (error) => die(uncaught('Runtime.UncaughtException', error)));
process.on('unhandledRejection', (reason) => die(uncaught('Runtime.UnhandledPromiseRejection', reason)));

function uncaught(name, reason) {
  if (reason?.name?.startsWith?.('Runtime.')) return reason;
  const error = new RuntimeError(name, String(reason));
  error.stack = reason?.stack ?? error.stack;
  return error;
}

try {
  const handler = await load(env._HANDLER);
  endOutput('init');
  serve(handler);
} catch (error) {
  await postError('init/error', error);
  process.exit(1);
}
