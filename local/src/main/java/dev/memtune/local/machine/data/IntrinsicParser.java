// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine.data;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Parses calls of intrinsic functions by recursive descent. Used for one text and thrown away. */
final class IntrinsicParser {
    /** At most this many functions in one field, as on AWS. */
    private static final int MAX_CALLS = 10;

    private final String text;
    private int position;
    private int calls;

    private IntrinsicParser(String text) {
        this.text = text;
    }

    static IntrinsicCall parse(String text) {
        IntrinsicParser parser = new IntrinsicParser(text);
        IntrinsicCall call = parser.call();
        parser.skipBlanks();
        if (parser.position < text.length()) {
            throw parser.problem("nothing may follow the call");
        }
        return call;
    }

    private IntrinsicCall call() {
        if (++calls > MAX_CALLS) {
            throw problem("at most " + MAX_CALLS + " functions may stand in one field");
        }
        int open = text.indexOf('(', position);
        String name = open < 0
                ? text.substring(position)
                : text.substring(position, open).trim();
        Intrinsic function =
                Intrinsic.named(name).orElseThrow(() -> problem("there is no intrinsic function '" + name + "'"));
        if (open < 0) {
            throw problem("'(' is missing after '" + name + "'");
        }
        position = open + 1;
        return new IntrinsicCall(function, arguments(function));
    }

    private List<Expression> arguments(Intrinsic function) {
        List<Expression> arguments = new ArrayList<>();
        skipBlanks();
        if (peek() == ')') {
            position++;
            return arguments;
        }
        while (position < text.length()) {
            arguments.add(argument(function == Intrinsic.FORMAT && arguments.isEmpty()));
            skipBlanks();
            char separator = peek();
            position++;
            if (separator == ')') {
                return arguments;
            }
            if (separator != ',') {
                throw problem("',' or ')' is missing");
            }
        }
        throw problem("')' is missing");
    }

    private Expression argument(boolean isTemplate) {
        skipBlanks();
        if (peek() == '\'') {
            return new Literal(TextNode.valueOf(quoted(isTemplate)));
        }
        if (text.startsWith("States.", position)) {
            return call();
        }
        String token = token();
        if (token.startsWith("$")) {
            return Path.parse(token);
        }
        try {
            return new Literal(Json.parse(token));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "an argument must be a path, a 'string', a number, true, false, null or" + " a function, got: "
                            + token,
                    e);
        }
    }

    /** A string in single quotes. A template keeps its escapes: States.Format tells an escaped brace from a place. */
    private String quoted(boolean isTemplate) {
        StringBuilder out = new StringBuilder();
        for (int i = position + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'') {
                position = i + 1;
                return out.toString();
            }
            if (c == '\\' && i + 1 < text.length()) {
                if (isTemplate) {
                    out.append(c);
                }
                c = text.charAt(++i);
            }
            out.append(c);
        }
        throw problem("a closing ' is missing");
    }

    /** The text up to the next comma or parenthesis that does not belong to a path's filter. */
    private String token() {
        int start = position;
        int depth = 0;
        boolean isQuoted = false;
        for (; position < text.length(); position++) {
            char c = text.charAt(position);
            if (c == '\'') {
                isQuoted = !isQuoted;
            } else if (!isQuoted && (c == '[' || c == '(')) {
                depth++;
            } else if (!isQuoted && depth == 0 && (c == ',' || c == ')')) {
                break;
            } else if (!isQuoted && (c == ']' || c == ')')) {
                depth--;
            }
        }
        return text.substring(start, position).trim();
    }

    private char peek() {
        return position < text.length() ? text.charAt(position) : '\0';
    }

    private void skipBlanks() {
        while (position < text.length() && text.charAt(position) == ' ') {
            position++;
        }
    }

    private IllegalArgumentException problem(String what) {
        return new IllegalArgumentException(
                "not an intrinsic function: " + text + " (" + what + ", at character " + (position + 1) + ")");
    }
}
