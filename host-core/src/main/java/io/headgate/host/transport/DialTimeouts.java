package io.headgate.host.transport;

import java.time.Duration;
import java.util.Objects;

/**
 * How long each stage of a dial may take. Each stage has a deadline of its own, which begins when the stage before it has
 * ended; a dial whose stage takes longer fails with {@link io.headgate.plugin.FailureKind#TIMEOUT} and a message that names
 * it. So a dial takes the sum at most. Start from {@link #defaults()}.
 *
 * @param name resolving the target's name, or that of the proxy it is dialled through; positive, at most 1 day; default 5 s
 * @param tcp establishing TCP, with all the addresses that are tried; positive, at most 1 day; default 5 s
 * @param proxy the proxy's way to the target, where it is dialled through one; positive, at most 1 day; default 10 s
 * @param tls the TLS handshake of a {@code wss} target; positive, at most 1 day; default 5 s
 * @param upgrade from the connection to the 101 answer's end; positive, at most 1 day; default 10 s
 */
public record DialTimeouts(Duration name, Duration tcp, Duration proxy, Duration tls, Duration upgrade) {

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Duration SHORT = Duration.ofSeconds(5);
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final DialTimeouts DEFAULTS = new DialTimeouts(SHORT, SHORT, LONG, SHORT, LONG);

    /** Checks the components. */
    public DialTimeouts {
        positive("name", name);
        positive("tcp", tcp);
        positive("proxy", proxy);
        positive("tls", tls);
        positive("upgrade", upgrade);
    }

    /**
     * The timeouts nobody changed.
     *
     * @return each component's default
     */
    public static DialTimeouts defaults() {
        return DEFAULTS;
    }

    /**
     * With another bound on resolving the name.
     *
     * @param timeout positive, at most 1 day
     * @return a changed copy
     */
    public DialTimeouts withName(Duration timeout) {
        return new DialTimeouts(timeout, tcp, proxy, tls, upgrade);
    }

    /**
     * With another bound on establishing TCP.
     *
     * @param timeout positive, at most 1 day
     * @return a changed copy
     */
    public DialTimeouts withTcp(Duration timeout) {
        return new DialTimeouts(name, timeout, proxy, tls, upgrade);
    }

    /**
     * With another bound on the proxy's way to the target.
     *
     * @param timeout positive, at most 1 day
     * @return a changed copy
     */
    public DialTimeouts withProxy(Duration timeout) {
        return new DialTimeouts(name, tcp, timeout, tls, upgrade);
    }

    /**
     * With another bound on the TLS handshake.
     *
     * @param timeout positive, at most 1 day
     * @return a changed copy
     */
    public DialTimeouts withTls(Duration timeout) {
        return new DialTimeouts(name, tcp, proxy, timeout, upgrade);
    }

    /**
     * With another bound on the answer to the upgrade.
     *
     * @param timeout positive, at most 1 day
     * @return a changed copy
     */
    public DialTimeouts withUpgrade(Duration timeout) {
        return new DialTimeouts(name, tcp, proxy, tls, timeout);
    }

    private static void positive(String what, Duration value) {
        Objects.requireNonNull(value, what);
        if (value.isZero() || value.isNegative() || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(what + " must be positive and at most 1 day, is " + value);
        }
    }
}
