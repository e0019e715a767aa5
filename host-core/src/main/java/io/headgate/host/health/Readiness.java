package io.headgate.host.health;

import java.util.Locale;

/** Whether something does its work, from the best to the worst. The {@linkplain #wireName() names} are stable. */
public enum Readiness {
    /** It does its work. */
    READY,
    /** It does a part of its work, or may soon do none: somebody should look at it. */
    DEGRADED,
    /** It does not do its work. */
    NOT_READY;

    /**
     * The stable name, for JSON and metrics.
     *
     * @return for example {@code not-ready}
     */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The worse of both.
     *
     * @param other the other one
     * @return whichever does less of its work
     */
    public Readiness worse(Readiness other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
