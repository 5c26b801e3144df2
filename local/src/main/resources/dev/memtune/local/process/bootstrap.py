# SPDX-License-Identifier: Apache-2.0
"""Runs a Python function over the Lambda Runtime API, as Lambda's own Python runtime does."""
import http.client
import importlib
import json
import logging
import os
import sys
import time
import traceback

API = os.environ["AWS_LAMBDA_RUNTIME_API"]
ROOT = "/2018-06-01/runtime/"
TASK_ROOT = os.environ["LAMBDA_TASK_ROOT"]
REAL_OUT = sys.stdout
JSON_LOGS = os.environ.get("AWS_LAMBDA_LOG_FORMAT") == "JSON"
current = {"request_id": None}


class Context:
    """What handlers get as their second argument."""

    def __init__(self, headers):
        environ = os.environ
        self.aws_request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        self.invoked_function_arn = headers["Lambda-Runtime-Invoked-Function-Arn"]
        self.function_name = environ["AWS_LAMBDA_FUNCTION_NAME"]
        self.function_version = environ["AWS_LAMBDA_FUNCTION_VERSION"]
        self.memory_limit_in_mb = environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.log_group_name = environ.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = environ.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.identity = None
        self.client_context = client_context(headers.get("Lambda-Runtime-Client-Context"))
        self._deadline_ms = int(headers["Lambda-Runtime-Deadline-Ms"])

    def get_remaining_time_in_millis(self):
        return max(0, self._deadline_ms - int(time.time() * 1000))


class ClientContext:
    """The caller's context: its parts as attributes, as Lambda's runtime gives them."""

    def __init__(self, document):
        self.custom = document.get("custom")
        self.env = document.get("env")
        self.client = document.get("client")


def client_context(text):
    return ClientContext(json.loads(text)) if text else None


class Api:
    """One kept connection to the host; when it breaks, the host is gone and so are we."""

    def __init__(self):
        self.connection = http.client.HTTPConnection(API)

    def call(self, method, path, body=None, headers=None):
        try:
            self.connection.request(method, ROOT + path, body, headers or {})
            response = self.connection.getresponse()
            return response.headers, response.read()
        except (OSError, http.client.HTTPException):
            os._exit(1)


def error_document(error, request_id=None):
    document = {"errorMessage": str(error), "errorType": error_type(error)}
    if request_id:
        document["requestId"] = request_id
    document["stackTrace"] = [] if isinstance(error, InitError) else traceback.format_list(frames(error))
    return document


def frames(error):
    return [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename != __file__]


class InitError(Exception):
    """An error of the runtime's own, with Lambda's name for it."""

    def __init__(self, kind, message):
        super().__init__(message)
        self.kind = kind


def error_type(error):
    return error.kind if isinstance(error, InitError) else type(error).__name__


class Handler(logging.Handler):
    """What Lambda's runtime gives the root logger: lines with the request id, in the version's log format."""

    def emit(self, record):
        try:
            REAL_OUT.write(json_line(record) if JSON_LOGS else text_line(self, record))
            REAL_OUT.flush()
        except (OSError, ValueError):
            return  # the function closed its output


def text_line(handler, record):
    moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
    head = (record.levelname, "%s.%dZ" % (moment, record.msecs), current["request_id"] or "")
    return "[%s]\t%s\t%s\t%s\n" % (*head, handler.format(record))


def json_line(record):
    line = {
        "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)),
        "level": record.levelname,
        "message": record.getMessage(),
        "logger": record.name,
        "requestId": current["request_id"],
    }
    if record.exc_info and record.exc_info[1] is not None:
        line["errorType"] = record.exc_info[0].__name__
        line["errorMessage"] = str(record.exc_info[1])
        line["stackTrace"] = traceback.format_tb(record.exc_info[2])
    return json.dumps(line, ensure_ascii=False) + "\n"


def set_up_logging():
    root = logging.getLogger()
    root.addHandler(Handler())
    if JSON_LOGS:
        logging.addLevelName(logging.DEBUG - 5, "TRACE")
        logging.addLevelName(logging.CRITICAL, "FATAL")
        root.setLevel(os.environ.get("AWS_LAMBDA_LOG_LEVEL", "INFO"))


def log_error(document):
    if JSON_LOGS:
        moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        print(json.dumps({"timestamp": moment, "level": "ERROR", **document}), file=REAL_OUT)
        return
    trace = "".join(document["stackTrace"])
    head = "[ERROR] %s: %s" % (document["errorType"], document["errorMessage"])
    print(head + ("\nTraceback (most recent call last):\n" + trace if trace else ""), file=REAL_OUT)


def load(handler):
    name, dot, function = handler.rpartition(".")
    if not dot:
        raise InitError("Runtime.MalformedHandlerName", "Bad handler '%s': not enough values to unpack" % handler)
    try:
        module = importlib.import_module(name.replace("/", "."))
    except ImportError as error:
        raise InitError("Runtime.ImportModuleError", "Unable to import module '%s': %s" % (name, error))
    except SyntaxError as error:
        raise InitError("Runtime.UserCodeSyntaxError", "Syntax error in module '%s': %s" % (name, error))
    if not hasattr(module, function):
        raise InitError("Runtime.HandlerNotFound", "Handler '%s' missing on module '%s'" % (function, name))
    return getattr(module, function)


def handle(handler, headers, body):
    """The response or the error, and where it goes."""
    request_id = headers["Lambda-Runtime-Aws-Request-Id"]
    try:
        try:
            event = json.loads(body) if body else None
        except ValueError as error:
            raise InitError("Runtime.UnmarshalError", "Unable to unmarshal input: %s" % error)
        result = handler(event, Context(headers))
        try:
            return "response", json.dumps(result, ensure_ascii=False).encode()
        except (TypeError, ValueError) as error:
            raise InitError("Runtime.MarshalError", "Unable to marshal response: %s" % error)
    except Exception as error:
        document = error_document(error, request_id)
        log_error(document)
        return "error", json.dumps(document).encode()


def end_output(request_id):
    for stream in (sys.stdout, sys.stderr, REAL_OUT):
        try:
            stream.flush()
        except (OSError, ValueError):
            continue  # closed by the function: nothing of it can still be under way
    try:
        os.write(1, ("\0memtune-end %s\n" % request_id).encode())
    except OSError:
        return


def serve(api, handler):
    while True:
        headers, body = api.call("GET", "invocation/next")
        request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        current["request_id"] = request_id
        os.environ["_X_AMZN_TRACE_ID"] = headers.get("Lambda-Runtime-Trace-Id") or ""
        what, answer = handle(handler, headers, body)
        extra = {"Lambda-Runtime-Function-Error-Type": json.loads(answer)["errorType"]} if what == "error" else {}
        end_output(request_id)
        api.call("POST", "invocation/%s/%s" % (request_id, what), answer, extra)


def main():
    sys.path[0] = TASK_ROOT
    sys.path.insert(1, os.path.join(TASK_ROOT, "packages"))
    set_up_logging()
    api = Api()
    try:
        handler = load(os.environ["_HANDLER"])
    except Exception as error:
        document = error_document(error)
        log_error(document)
        sys.stdout.flush()
        extra = {"Lambda-Runtime-Function-Error-Type": document["errorType"]}
        api.call("POST", "init/error", json.dumps(document).encode(), extra)
        sys.exit(1)
    end_output("init")
    serve(api, handler)


main()
