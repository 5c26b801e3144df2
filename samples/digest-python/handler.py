# SPDX-License-Identifier: Apache-2.0
"""A mixed algorithm: makes, parses, sums up, hashes and packs a table of readings.

Event: {"sensors": 1..50, "readings": 1..200, "seed": whole number}. The table has sensors x readings rows. All of it is work
for the CPU, partly in Python itself (parsing), partly in C (SHA-256, zlib), as in a typical intake function.
"""

import csv
import hashlib
import io
import json
import statistics
import zlib

MAX_SENSORS = 50
MAX_READINGS = 200


def handler(event, context):
    sensors = whole(event, "sensors", 1, MAX_SENSORS)
    readings = whole(event, "readings", 1, MAX_READINGS)
    seed = whole(event, "seed", 0, 2**31 - 1)
    table = make_table(sensors, readings, seed)
    summary = summarise(parse(table))
    packed = zlib.compress(table.encode(), 9)
    return {
        "rows": sensors * readings,
        "digest": digest(table, rounds=4),
        "packedBytes": len(packed),
        "summary": summary,
    }


def whole(event, name, least, most):
    """The event's whole number of this name; refuses anything else by name, rule and value."""
    value = event.get(name) if isinstance(event, dict) else None
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise ValueError(f"event.{name} must be a whole number from {least} to {most}, got: {value!r:.100}")
    return value


def make_table(sensors, readings, seed):
    """The same rows for the same seed on every machine: a linear congruential generator, no clock."""
    out = io.StringIO()
    rows = csv.writer(out)
    state = seed
    for reading in range(readings):
        for sensor in range(sensors):
            state = (state * 1103515245 + 12345) % 2**31
            rows.writerow([reading, f"sensor-{sensor}", state % 10_000 / 100])
    return out.getvalue()


def parse(table):
    by_sensor = {}
    for _, sensor, value in csv.reader(io.StringIO(table)):
        by_sensor.setdefault(sensor, []).append(float(value))
    return by_sensor


def summarise(by_sensor):
    summary = {
        sensor: {"mean": round(statistics.fmean(values), 3), "max": max(values)}
        for sensor, values in sorted(by_sensor.items())
    }
    return json.loads(json.dumps(summary))


def digest(text, rounds):
    value = text.encode()
    for _ in range(rounds):
        value = hashlib.sha256(value + text.encode()).digest()
    return value.hex()
