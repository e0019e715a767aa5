package io.headgate.host.ws;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How a {@link ReactorNettyDriver} works, whatever it dials. What belongs to one dial is in its
 * {@link io.headgate.host.transport.ConnectionSpec}.
 *
 * @param loops how the work is spread, and how much of it at a time; default: {@link LoopOptions#defaults()}
 * @param writeHighBytes how many bytes may wait in Netty before the wire is not writable, 1 KiB to 64 MiB; default: 64 KiB
 * @param maxNameTtl how long an address of a name is used at most, 0 to a day, resolution: seconds; default: 30 s
 * @param userAgent what the upgrade request says in {@code User-Agent}; default: {@code Headgate}
 * @param proxy through which it dials what is granted with {@code addresses: trusted-proxy}, and nothing else; default: none. The
 *     system's proxy settings are not read
 */
public record WebSocketOptions(
        LoopOptions loops, int writeHighBytes, Duration maxNameTtl, String userAgent, Optional<ProxyOptions> proxy) {

    private static final int MIN_WRITE_HIGH_BYTES = 1024;
    private static final int DEFAULT_WRITE_HIGH_BYTES = 64 * 1024;
    private static final int MAX_WRITE_HIGH_BYTES = 64 * 1024 * 1024;

    /** Copies and checks the components. */
    public WebSocketOptions {
        Objects.requireNonNull(loops, "loops");
        LoopOptions.between("writeHighBytes", writeHighBytes, MIN_WRITE_HIGH_BYTES, MAX_WRITE_HIGH_BYTES);
        if (maxNameTtl.isNegative() || maxNameTtl.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("maxNameTtl must be between 0 and a day, is " + maxNameTtl);
        }
        if (userAgent.isBlank() || !userAgent.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("userAgent must be printable ASCII and not blank");
        }
        Objects.requireNonNull(proxy, "proxy");
    }

    /**
     * The options nobody changed.
     *
     * @return the defaults
     */
    public static WebSocketOptions defaults() {
        return new WebSocketOptions(
                LoopOptions.defaults(), DEFAULT_WRITE_HIGH_BYTES, Duration.ofSeconds(30), "Headgate", Optional.empty());
    }

    /**
     * Changes how the work is spread: {@code options.withLoops(loops -> loops.withLoopsPerService(2))}.
     *
     * @param change makes the new options from these
     * @return a changed copy
     */
    public WebSocketOptions withLoops(UnaryOperator<LoopOptions> change) {
        return new WebSocketOptions(change.apply(loops), writeHighBytes, maxNameTtl, userAgent, proxy);
    }

    /**
     * Changes the number of event loops.
     *
     * @param count 1 to 1024
     * @return a changed copy
     */
    public WebSocketOptions withEventLoops(int count) {
        return withLoops(known -> known.withEventLoops(count));
    }

    /**
     * Changes the high-water mark of each connection.
     *
     * @param bytes 1 KiB to 64 MiB
     * @return a changed copy
     */
    public WebSocketOptions withWriteHighBytes(int bytes) {
        return new WebSocketOptions(loops, bytes, maxNameTtl, userAgent, proxy);
    }

    /**
     * Changes how long an address of a name is used at most.
     *
     * @param ttl 0 to a day
     * @return a changed copy
     */
    public WebSocketOptions withMaxNameTtl(Duration ttl) {
        return new WebSocketOptions(loops, writeHighBytes, ttl, userAgent, proxy);
    }

    /**
     * Changes the user agent.
     *
     * @param agent printable ASCII
     * @return a changed copy
     */
    public WebSocketOptions withUserAgent(String agent) {
        return new WebSocketOptions(loops, writeHighBytes, maxNameTtl, agent, proxy);
    }

    /**
     * Dials what is granted with {@code addresses: trusted-proxy} through this proxy.
     *
     * @param newProxy the proxy
     * @return a changed copy
     */
    public WebSocketOptions withProxy(ProxyOptions newProxy) {
        return new WebSocketOptions(loops, writeHighBytes, maxNameTtl, userAgent, Optional.of(newProxy));
    }
}
