package io.headgate.host.transport;

import io.headgate.host.HeadgateException;
import io.headgate.host.authority.Access;
import io.headgate.host.authority.Authority;
import io.headgate.host.authority.RefusedAddresses;
import io.headgate.host.authority.Target;
import io.headgate.host.authority.Verdict;
import io.headgate.plugin.FailureKind;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A dial failed, or an open connection broke. */
public final class TransportException extends HeadgateException {

    private static final long serialVersionUID = 1L;

    /** Where it failed. */
    private final FailureKind kind;

    /** The HTTP status of the upgrade; 0 for none. */
    private final int status;

    /** How long the peer asked to stay away. */
    private final @Nullable Duration retryAfter;

    /** Whether the dial is for a proxy that the host does not have. */
    private final boolean lacksProxy;

    /** What the target stood for. Not kept where the error is serialised. */
    private final transient @Nullable RefusedAddresses refusedAddresses;

    /**
     * Makes an error.
     *
     * @param kind where it failed
     * @param message what happened, in the host's words: no query, header or payload, and no peer's text uncut
     * @param cause what led to it
     */
    public TransportException(FailureKind kind, String message, @Nullable Throwable cause) {
        this(kind, message, cause, 0, null, false, null);
    }

    private TransportException(
            FailureKind kind,
            String message,
            @Nullable Throwable cause,
            int status,
            @Nullable Duration retryAfter,
            boolean lacksProxy,
            @Nullable RefusedAddresses refusedAddresses) {
        super(message, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
        this.status = status;
        this.retryAfter = retryAfter;
        this.lacksProxy = lacksProxy;
        this.refusedAddresses = refusedAddresses;
    }

    /**
     * Makes the error of an upgrade that the peer answered with another status than 101.
     *
     * @param status the HTTP status, 100 to 999
     * @param message what happened, in the host's words
     * @param retryAfter what the peer asked for in {@code Retry-After}; {@code null} for nothing
     * @return an error of kind {@link FailureKind#HANDSHAKE}
     */
    public static TransportException refused(int status, String message, @Nullable Duration retryAfter) {
        return new TransportException(FailureKind.HANDSHAKE, message, null, status, retryAfter, false, null);
    }

    /**
     * Makes the error of a dial whose target stands for an address that may not be dialled.
     *
     * @param refused which
     * @return an error of kind {@link FailureKind#CONNECT}; its message has numbers and no address, as the plugin is told it
     */
    public static TransportException addresses(RefusedAddresses refused) {
        return new TransportException(FailureKind.CONNECT, refused.summary(), null, 0, null, false, refused);
    }

    /**
     * Makes the error of a dial that is to go through the host's proxy, where the host has none.
     *
     * @return an error of kind {@link FailureKind#CONNECT}
     */
    public static TransportException noProxy() {
        return new TransportException(
                FailureKind.CONNECT,
                "the grant says `addresses: trusted-proxy`, and the host has no proxy: nothing was dialled",
                null,
                0,
                null,
                true,
                null);
    }

    /**
     * Where it failed.
     *
     * @return the kind
     */
    public FailureKind kind() {
        return kind;
    }

    /**
     * How the peer answered the upgrade. Which statuses are permanent is the reconnect policy's to say.
     *
     * @return the HTTP status; 0 when there was none
     */
    public int status() {
        return status;
    }

    /**
     * Which addresses may not be dialled.
     *
     * @param error what a dial failed with
     * @return empty where it failed for another reason
     */
    public static Optional<RefusedAddresses> refusedAddresses(Throwable error) {
        return error instanceof TransportException failure
                ? Optional.ofNullable(failure.refusedAddresses)
                : Optional.empty();
    }

    /**
     * Explains to the operator a dial that was allowed until its driver refused it: for an {@linkplain #addresses address}, or for
     * {@linkplain #noProxy want of a proxy}.
     *
     * @param error what the dial failed with
     * @param authority the authority of this moment
     * @param connection the connection's name
     * @param target where to
     * @param access as the dial asked for its {@linkplain Authority#terms}
     * @return rule, message and remedy, not for the plugin; empty where it failed for another reason
     */
    public static Optional<Verdict.Refused> refusal(
            Throwable error, Authority authority, String connection, Target target, Access access) {
        return error instanceof TransportException failure && failure.lacksProxy
                ? Optional.of(authority.noProxy(connection, target, access))
                : refusedAddresses(error)
                        .map(refused -> authority.addressNotGranted(connection, target, access, refused));
    }

    /**
     * How long the peer asked to stay away.
     *
     * @return the duration of {@code Retry-After}; {@code null} when there was none
     */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
