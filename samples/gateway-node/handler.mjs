// SPDX-License-Identifier: Apache-2.0
/**
 * A waiting algorithm: asks a slow HTTP dependency and puts its answer into a small document.
 *
 * Event: {"delayMs": 0..5000, "url": optional base address}. The address is that of the environment variable
 * DEPENDENCY_URL unless the event names one; GET {address}/delay?ms=N answers with JSON after N milliseconds.
 */
import { createHash } from "node:crypto";
import http from "node:http";

const MAX_DELAY_MS = 5_000;
const SLACK_MS = 5_000;
const MAX_ANSWER_BYTES = 64 * 1024;

export async function handler(event) {
  const { address, delayMs } = checked(event);
  const answer = await get(new URL(`/delay?ms=${delayMs}`, address), delayMs + SLACK_MS);
  const document = { delayMs, answer: JSON.parse(answer) };
  return { ...document, digest: createHash("sha256").update(JSON.stringify(document)).digest("hex") };
}

function checked(event) {
  const delayMs = event?.delayMs;
  if (!Number.isInteger(delayMs) || delayMs < 0 || delayMs > MAX_DELAY_MS) {
    throw new RangeError(`event.delayMs must be a whole number from 0 to ${MAX_DELAY_MS}, got: ${JSON.stringify(delayMs)}`);
  }
  const address = event.url ?? process.env.DEPENDENCY_URL;
  if (typeof address !== "string" || !/^https?:\/\//.test(address)) {
    throw new TypeError(
      `DEPENDENCY_URL, or event.url, must be an http address, got: ${JSON.stringify(address)}; start the dependency and set it`,
    );
  }
  return { address, delayMs };
}

/** A connection of its own for every call: a kept one may be gone after the pause between two invocations. */
function get(url, timeoutMs) {
  return new Promise((resolve, reject) => {
    const request = http.get(url, { agent: false, timeout: timeoutMs }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (part) => {
        text += part;
        if (text.length > MAX_ANSWER_BYTES) {
          request.destroy(new Error(`the dependency must answer with at most ${MAX_ANSWER_BYTES} bytes`));
        }
      });
      response.on("error", reject);
      response.on("end", () =>
        response.statusCode === 200
          ? resolve(text)
          : reject(new Error(`the dependency must answer 200, got: ${response.statusCode}`)),
      );
    });
    request.on("timeout", () => request.destroy(new Error(`the dependency must answer within ${timeoutMs} ms`)));
    request.on("error", reject);
  });
}
