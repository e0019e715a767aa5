package io.headgate.host.service;

import io.headgate.host.authority.RestartSettings;
import java.time.Duration;
import java.util.Optional;

/** Counts the restarts in a row, and says how long each waits. Not for several threads. */
final class Restarts {

    private final RestartSettings settings;
    private int inARow;

    Restarts(RestartSettings settings) {
        this.settings = settings;
    }

    /** How long to wait before the next incarnation, after one that lasted so long; empty when no restart is left. */
    Optional<Duration> next(Duration lasted) {
        if (lasted.compareTo(settings.stableAfter()) >= 0) {
            inARow = 0;
        }
        if (inARow >= settings.attempts()) {
            return Optional.empty();
        }
        inARow++;
        return Optional.of(Duration.ofMillis(Backoff.millis(settings.first(), settings.max(), inARow - 1)));
    }

    /** For the end of a sentence: which restart comes. */
    String named() {
        return "restart " + inARow + " of " + settings.attempts();
    }
}
