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
        return Optional.of(backoff());
    }

    private Duration backoff() {
        // 2^37 ms are more than the longest wait of all.
        long doubled = settings.first().toMillis() << Math.min(inARow - 1, 36);
        Duration longest = settings.max();
        boolean tooLong = doubled <= 0 || doubled > longest.toMillis();
        return tooLong ? longest : Duration.ofMillis(doubled);
    }

    /** For the end of a sentence: which restart comes. */
    String named() {
        return "restart " + inARow + " of " + settings.attempts();
    }
}
