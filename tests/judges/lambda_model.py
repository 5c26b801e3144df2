# SPDX-License-Identifier: Apache-2.0
"""Compares what a Lambda endpoint answers with the service model that botocore ships."""

import json
import re

# Members that travel outside of a JSON body.
ELSEWHERE = ("header", "statusCode", "headers")

# The embedded service's own answer to what it does not have: 501, which clients do not repeat.
UNSUPPORTED = ("ServiceException", 501)


class ModelCheck:
    """Looks at every answer of the clients that it watches, before botocore parses it."""

    def __init__(self):
        self.problems = []

    def watch(self, client):
        client.meta.events.register("before-parse", self.look)

    def take(self):
        """The problems since the last time."""
        found, self.problems = self.problems, []
        return found

    def look(self, operation_model, response_dict, **_):
        status = response_dict["status_code"]
        if status >= 300:
            self.look_at_error(operation_model, response_dict)
        else:
            self.look_at_success(operation_model, response_dict)

    def look_at_error(self, operation, answer):
        headers = {name.lower(): value for name, value in answer["headers"].items()}
        code = headers.get("x-amzn-errortype", "").split(":")[0]
        if not code:
            body = self.body(operation, answer) or {}
            code = body.get("__type", body.get("code", "")).split("#")[-1]
        if (code, answer["status_code"]) == UNSUPPORTED:
            return
        shapes = {shape.error_code: shape for shape in operation.service_model.error_shapes}
        if code not in shapes:
            self.say(operation, f"error {code!r} is not one of {sorted(shapes)}")
            return
        shape = shapes[code]
        expected = shape.metadata.get("error", {}).get("httpStatusCode", 400)
        if answer["status_code"] != expected:
            self.say(operation, f"{code} has status {answer['status_code']}, the model says {expected}")
        self.compare(operation, code, shape, self.body(operation, answer) or {}, is_error=True)

    def look_at_success(self, operation, answer):
        shape = operation.output_shape
        members = shape.members.values() if shape is not None else []
        tells_status = any(member.serialization.get("location") == "statusCode" for member in members)
        expected = operation.http.get("responseCode")
        if expected and not tells_status and answer["status_code"] != expected:
            self.say(operation, f"status {answer['status_code']}, the model says {expected}")
        if shape is None or "payload" in shape.serialization:
            return
        self.compare(operation, operation.name, shape, self.body(operation, answer) or {}, is_error=False)

    def body(self, operation, answer):
        raw = answer["body"]
        if not raw:
            return None
        try:
            return json.loads(raw)
        except ValueError:
            self.say(operation, f"the body is not JSON: {raw[:80]!r}")
            return None

    def compare(self, operation, path, shape, value, is_error):
        check = getattr(self, "check_" + shape.type_name, None)
        if value is not None and check is not None:
            check(operation, path, shape, value, is_error)

    def check_structure(self, operation, path, shape, value, is_error):
        if not isinstance(value, dict):
            self.say(operation, f"{path} is no object: {value!r}")
            return
        names = {}
        for member, inner in shape.members.items():
            if inner.serialization.get("location") not in ELSEWHERE:
                names[inner.serialization.get("name", member)] = (member, inner)
        allowed = {"message", "Message", "__type", "Type"} if is_error else set()
        for name, inner_value in value.items():
            if name in names:
                self.compare(operation, f"{path}.{name}", names[name][1], inner_value, is_error)
            elif name not in allowed:
                self.say(operation, f"{path} has the unknown member {name}")
        for name, (member, _) in names.items():
            if member in shape.required_members and value.get(name) is None:
                self.say(operation, f"{path} lacks the required member {name}")

    def check_list(self, operation, path, shape, value, is_error):
        if not isinstance(value, list):
            self.say(operation, f"{path} is no list: {value!r}")
            return
        for index, element in enumerate(value):
            self.compare(operation, f"{path}[{index}]", shape.member, element, is_error)

    def check_map(self, operation, path, shape, value, is_error):
        if not isinstance(value, dict):
            self.say(operation, f"{path} is no map: {value!r}")
            return
        for key, element in value.items():
            self.compare(operation, f"{path}.{key}", shape.value, element, is_error)

    def check_string(self, operation, path, shape, value, _):
        if not isinstance(value, str):
            self.say(operation, f"{path} is no text: {value!r}")
        elif shape.enum and value not in shape.enum:
            self.say(operation, f"{path} is {value!r}, not one of {shape.enum}")
        elif not self.matches(shape.metadata.get("pattern"), value):
            self.say(operation, f"{path} is {value!r}, which does not match {shape.metadata['pattern']}")
        else:
            self.check_range(operation, path, shape, len(value))

    def check_integer(self, operation, path, shape, value, _):
        if isinstance(value, bool) or not isinstance(value, int):
            self.say(operation, f"{path} is no whole number: {value!r}")
        else:
            self.check_range(operation, path, shape, value)

    check_long = check_integer

    def check_double(self, operation, path, shape, value, _):
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            self.say(operation, f"{path} is no number: {value!r}")

    check_float = check_double

    def check_boolean(self, operation, path, shape, value, _):
        if not isinstance(value, bool):
            self.say(operation, f"{path} is no boolean: {value!r}")

    def check_range(self, operation, path, shape, size):
        low, high = shape.metadata.get("min"), shape.metadata.get("max")
        if (low is not None and size < low) or (high is not None and size > high):
            self.say(operation, f"{path} has the size {size}, outside of {low}..{high}")

    @staticmethod
    def matches(pattern, value):
        if pattern is None or not value:  # AWS has empty texts for what is not there
            return True
        try:
            return re.fullmatch(pattern, value) is not None
        except re.error:  # Java's syntax where Python has another
            return True

    def say(self, operation, problem):
        self.problems.append(f"{operation.name}: {problem}")
