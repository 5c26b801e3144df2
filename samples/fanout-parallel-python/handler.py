# SPDX-License-Identifier: Apache-2.0
"""A fan-out, all calls at once: asks a slow dependency from several processes and seals each answer in its own process.

Event: {"calls": 1..16, "delayMs": 0..5000, "rounds": 1..1000000, "url": optional base address, else DEPENDENCY_URL}.
The same task as fanout-sequential-python, with the same answer. Process and Pipe, because Lambda has no /dev/shm, which
multiprocessing's queues and pools need.
"""

import hashlib
import json
import multiprocessing
import os
import urllib.request

MAX_CALLS = 16
MAX_DELAY_MS = 5_000
MAX_ROUNDS = 1_000_000
TIMEOUT_S = 10

# Made once, at start: it takes several milliseconds, which every call would pay again.
OPENER = urllib.request.build_opener()

# Named, because newer Pythons no longer fork by default; nothing here runs threads.
FORK = multiprocessing.get_context("fork")


def handler(event, context):
    calls, url, rounds = checked(event)
    running = [start(url, number, rounds) for number in range(calls)]
    try:
        return {"calls": calls, "seals": [result(pipe) for _, pipe in running]}
    finally:
        for process, pipe in running:
            pipe.close()
            process.join(TIMEOUT_S)
            if process.is_alive():
                process.kill()
                process.join()


def start(url, number, rounds):
    receiver, sender = FORK.Pipe(duplex=False)
    process = FORK.Process(target=work, args=(sender, url, number, rounds))
    process.start()
    sender.close()
    return process, receiver


def work(sender, url, number, rounds):
    """Runs in a process of its own; what goes wrong there is sent back as well, never lost."""
    try:
        sender.send((ask(url, number, rounds), None))
    except Exception as error:
        sender.send((None, f"{type(error).__name__}: {error}"))
    finally:
        sender.close()


def result(pipe):
    try:
        seal, error = pipe.recv()
    except EOFError:
        raise RuntimeError("a worker process ended without an answer: out of memory?") from None
    if error is not None:
        raise RuntimeError(f"a worker process failed: {error}")
    return seal


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
