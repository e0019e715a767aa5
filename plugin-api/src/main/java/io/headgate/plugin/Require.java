package io.headgate.plugin;

import java.util.Objects;

/** The bounds that events, commands and outcomes check when they are made. */
final class Require {

    static final int MAX_NAME = 64;

    private Require() {}

    static String name(String what, String value) {
        Objects.requireNonNull(value, what);
        if (value.isBlank() || value.length() > MAX_NAME) {
            throw new IllegalArgumentException(
                    what + " must have 1 to " + MAX_NAME + " characters and not be blank, has " + value.length());
        }
        return value;
    }

    static String nameOrEmpty(String what, String value) {
        Objects.requireNonNull(value, what);
        return value.isEmpty() ? value : name(what, value);
    }

    static long atLeast(String what, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(what + " must be at least " + least + ", is " + value);
        }
        return value;
    }
}
