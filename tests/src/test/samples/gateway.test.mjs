// SPDX-License-Identifier: Apache-2.0
// Runs the Node sample as the host would, against a dependency of its own: node --test tests/src/test/samples/
import assert from "node:assert/strict";
import http from "node:http";
import { after, before, test } from "node:test";
import { handler } from "../../../../samples/gateway-node/handler.mjs";

let server;
let url;

before(async () => {
  server = http.createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url, "http://local");
    if (pathname !== "/delay" || searchParams.get("ms") === "7") {
      response.writeHead(503).end();
      return;
    }
    setTimeout(() => response.end('{"ok":true}'), Number(searchParams.get("ms")));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${server.address().port}`;
});

after(() => {
  server.closeAllConnections();
  server.close();
});

test("answers with the dependency's document and its digest", async () => {
  const answer = await handler({ delayMs: 5, url });
  assert.deepEqual(answer.answer, { ok: true });
  assert.match(answer.digest, /^[0-9a-f]{64}$/);
});

test("takes the address from the environment", async () => {
  process.env.DEPENDENCY_URL = url;
  assert.equal((await handler({ delayMs: 0 })).delayMs, 0);
  delete process.env.DEPENDENCY_URL;
  await assert.rejects(handler({ delayMs: 0 }), /DEPENDENCY_URL, or event.url, must be an http address, got: undefined/);
});

test("refuses a delay out of range", async () => {
  for (const event of [undefined, {}, { delayMs: -1 }, { delayMs: 5001 }, { delayMs: "1" }, { delayMs: 1.5 }]) {
    await assert.rejects(handler(event), /event.delayMs must be a whole number from 0 to 5000, got: /);
  }
});

test("says what the dependency answered instead of 200", async () => {
  await assert.rejects(handler({ delayMs: 7, url }), /must answer 200, got: 503/);
});
