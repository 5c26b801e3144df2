# SPDX-License-Identifier: Apache-2.0
"""A fan-out, one call after the other: asks a slow dependency several times and seals each answer.

Event: {"calls": 1..16, "delayMs": 0..5000, "rounds": 1..1000000, "url": optional base address, else DEPENDENCY_URL}.
The same task as fanout-parallel-python, with the same answer.
"""

import hashlib
import json
import os
import urllib.request

MAX_CALLS = 16
MAX_DELAY_MS = 5_000
MAX_ROUNDS = 1_000_000
TIMEOUT_S = 10

# Made once, at start: it takes several milliseconds, which every call would pay again.
OPENER = urllib.request.build_opener()


def handler(event, context):
    calls, url, rounds = checked(event)
    return {"calls": calls, "seals": [ask(url, number, rounds) for number in range(calls)]}


def checked(event):
    """The event's values; refuses anything else by name, rule and value."""
    if not isinstance(event, dict):
        raise ValueError(f"event must be an object, got: {type(event).__name__}")
    calls = whole(event, "calls", 1, MAX_CALLS)
    delay_ms = whole(event, "delayMs", 0, MAX_DELAY_MS)
    rounds = whole(event, "rounds", 1, MAX_ROUNDS)
    address = event.get("url", os.environ.get("DEPENDENCY_URL"))
    if not isinstance(address, str) or not address.startswith(("http://", "https://")):
        raise ValueError(
            f"DEPENDENCY_URL, or event.url, must be an http address, got: {address!r:.100}; start the dependency and set it"
        )
    return calls, f"{address.rstrip('/')}/delay?ms={delay_ms}", rounds


def whole(event, name, least, most):
    value = event.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise ValueError(f"event.{name} must be a whole number from {least} to {most}, got: {value!r:.100}")
    return value


def ask(url, number, rounds):
    """One call: waits for the dependency, checks that it answers JSON, and seals the answer with a chain of hashes."""
    with OPENER.open(f"{url}&call={number}", timeout=TIMEOUT_S) as response:
        seal = json.dumps(json.load(response), sort_keys=True).encode()
    return hashlib.pbkdf2_hmac("sha256", seal, str(number).encode(), rounds).hex()
