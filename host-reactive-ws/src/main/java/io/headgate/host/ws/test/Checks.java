package io.headgate.host.ws.test;

import java.time.Duration;

/** What components of values are held against. */
final class Checks {

    private Checks() {}

    static void positive(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(name + " must be positive, is " + value);
        }
    }

    static void from1(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, is " + value);
        }
    }
}
