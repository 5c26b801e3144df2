// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.admin;

/** A request that is answered with an error of its own making. */
final class Refusal extends RuntimeException {
    static final int BAD_REQUEST = 400;
    static final int NOT_FOUND = 404;
    static final int METHOD_NOT_ALLOWED = 405;
    private static final long serialVersionUID = 1L;

    private final int status;

    Refusal(int status, String message) {
        super(message);
        this.status = status;
    }

    /** A member that breaks a rule: says which, and what it was. */
    static Refusal member(String name, String rule, Object received) {
        String text = String.valueOf(received);
        String shown = text.length() <= 100 ? text : text.substring(0, 100) + "...";
        return new Refusal(BAD_REQUEST, name + " " + rule + ", got: " + shown);
    }

    int status() {
        return status;
    }
}
