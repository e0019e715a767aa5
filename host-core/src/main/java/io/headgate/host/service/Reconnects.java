package io.headgate.host.service;

import io.headgate.host.authority.ReconnectPolicyKind;
import io.headgate.host.authority.ReconnectSettings;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Says what follows the end of an attempt at one connection: another one, and when, or none. Not for several threads at once: it
 * belongs to the connection's one chain.
 */
final class Reconnects {

    private static final Duration LONGEST_ASKED = Duration.ofDays(1);

    private final ReconnectSettings settings;
    private final DoubleSupplier random;
    private final DialTimes times;
    private int inARow;

    /** What follows: another attempt, or none. */
    sealed interface Next permits Again, Down {}

    /**
     * Another one.
     *
     * @param attempt its number, from 1
     * @param waitMillis after how long
     */
    record Again(int attempt, long waitMillis) implements Next {

        /** For the end of a sentence. */
        String told() {
            return "attempt " + attempt + " comes in " + waitMillis + " ms";
        }
    }

    /**
     * None, but the plugin asks for it.
     *
     * @param why in the host's words; empty where nothing is to be said beside how the attempt ended
     */
    record Down(String why) implements Next {}

    /**
     * Makes the policy of one connection.
     *
     * @param random from 0 to 1
     */
    Reconnects(ReconnectSettings settings, DoubleSupplier random) {
        this.settings = settings;
        this.random = random;
        this.times = new DialTimes(settings.perDay());
    }

    /** A dial begins, whoever wanted it. */
    void dialled(long atSteadyMillis) {
        if (settings.policy() == ReconnectPolicyKind.BACKOFF) {
            times.add(atSteadyMillis);
        }
    }

    /**
     * An attempt has ended.
     *
     * @param openMillis for how long its session was open; 0 for none
     * @param nowSteadyMillis by {@link ServiceEnvironment#steadyMillis}, as all times here
     */
    Next after(AttemptEnd end, long openMillis, long nowSteadyMillis) {
        if (settings.policy() == ReconnectPolicyKind.MANUAL) {
            return new Down("");
        }
        if (openMillis >= settings.stableAfter().toMillis()) {
            inARow = 0;
        }
        if (settings.permanentStatuses().contains(end.status())) {
            return new Down("the answer " + end.status() + " is permanent");
        }
        if (settings.permanentCloseCodes().contains(end.peersCloseCode())) {
            return new Down("the close code " + end.peersCloseCode() + " is permanent");
        }
        if (inARow >= settings.attempts()) {
            return new Down("all attempts in a row are used up: " + settings.attempts());
        }
        long wait = Math.max(jittered(backoffMillis()), asked(end));
        if (times.isFullAt(nowSteadyMillis + wait)) {
            return new Down("all dials of 24 hours are used up: " + settings.perDay());
        }
        inARow++;
        return new Again(inARow, wait);
    }

    /** A peer that names a time means it; the jitter comes on top, as it has told all the others the same. */
    private long asked(AttemptEnd end) {
        Duration retryAfter = end.retryAfter();
        if (retryAfter == null || retryAfter.isNegative()) {
            return 0;
        }
        Duration asked = retryAfter.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : retryAfter;
        long backoff = backoffMillis();
        return asked.toMillis() + backoff - jittered(backoff);
    }

    private long backoffMillis() {
        return Backoff.millis(settings.first(), settings.max(), inARow);
    }

    private long jittered(long millis) {
        return millis - (long) (random.getAsDouble() * (millis / 2.0));
    }
}
