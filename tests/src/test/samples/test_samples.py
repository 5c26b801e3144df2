# SPDX-License-Identifier: Apache-2.0
"""Runs the Python samples as the host would, against a dependency of its own: python3 tests/src/test/samples/test_samples.py"""

import http.server
import importlib.util
import json
import pathlib
import threading
import time
import unittest
import urllib.parse

SAMPLES = pathlib.Path(__file__).resolve().parents[4] / "samples"


def load(name):
    spec = importlib.util.spec_from_file_location(name.replace("-", "_"), SAMPLES / name / "handler.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def events(name):
    return [json.loads(path.read_text()) for path in sorted((SAMPLES / name / "tests").glob("*.json"))]


class Dependency(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        asked = urllib.parse.parse_qs(urllib.parse.urlparse(self.path).query)
        time.sleep(int(asked["ms"][0]) / 1000)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"waited": true}')

    def log_message(self, *_):
        """Quiet: the test's output is what counts."""


class SamplesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Dependency)
        threading.Thread(target=cls.server.serve_forever, daemon=True).start()
        cls.url = f"http://127.0.0.1:{cls.server.server_port}"

    @classmethod
    def tearDownClass(cls):
        cls.server.shutdown()
        cls.server.server_close()

    def test_digest_answers_every_test_event_the_same_each_time(self):
        digest = load("digest-python")
        for event in events("digest-python"):
            answer = digest.handler(event, None)
            self.assertEqual(answer, digest.handler(event, None))
            self.assertEqual(event["sensors"] * event["readings"], answer["rows"])
            self.assertEqual(event["sensors"], len(answer["summary"]))
            self.assertEqual(64, len(answer["digest"]))

    def test_digest_refuses_bad_events(self):
        digest = load("digest-python")
        for event in (None, [], {}, {"sensors": True}, {"sensors": 0}, {"sensors": 51}, {"sensors": "1"}):
            with self.assertRaisesRegex(ValueError, "event.sensors must be a whole number from 1 to 50, got: "):
                digest.handler(event, None)

    def test_both_fan_outs_give_the_same_answer(self):
        for event in events("fanout-parallel-python"):
            given = {**event, "url": self.url}
            sequential = load("fanout-sequential-python").handler(given, None)
            parallel = load("fanout-parallel-python").handler(given, None)
            self.assertEqual(sequential, parallel)
            self.assertEqual(event["calls"], len(set(parallel["seals"])))

    def test_both_fan_outs_have_the_same_test_events(self):
        self.assertEqual(events("fanout-sequential-python"), events("fanout-parallel-python"))

    def test_fan_outs_refuse_bad_events(self):
        good = {"calls": 1, "delayMs": 0, "rounds": 1, "url": self.url}
        for name in ("fanout-sequential-python", "fanout-parallel-python"):
            handler = load(name).handler
            for field, bad in (("calls", 0), ("calls", 17), ("delayMs", -1), ("rounds", "1")):
                with self.assertRaisesRegex(ValueError, f"event.{field} must be a whole number"):
                    handler({**good, field: bad}, None)
            with self.assertRaisesRegex(ValueError, "DEPENDENCY_URL, or event.url, must be an http address"):
                handler({**good, "url": "file:///etc/passwd"}, None)

    def test_parallel_fan_out_reports_what_a_worker_met(self):
        handler = load("fanout-parallel-python").handler
        with self.assertRaisesRegex(RuntimeError, "a worker process failed: URLError"):
            handler({"calls": 2, "delayMs": 0, "rounds": 1, "url": "http://127.0.0.1:1"}, None)


if __name__ == "__main__":
    unittest.main()
