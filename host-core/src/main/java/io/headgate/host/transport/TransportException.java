package io.headgate.host.transport;

import io.headgate.host.HeadgateException;
import io.headgate.plugin.FailureKind;
import java.time.Duration;
import java.util.Objects;
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

    /**
     * Makes an error.
     *
     * @param kind where it failed
     * @param message what happened, in the host's words: no query, header or payload, and no peer's text uncut
     * @param cause what led to it
     */
    public TransportException(FailureKind kind, String message, @Nullable Throwable cause) {
        this(kind, message, cause, 0, null);
    }

    private TransportException(
            FailureKind kind, String message, @Nullable Throwable cause, int status, @Nullable Duration retryAfter) {
        super(message, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
        this.status = status;
        this.retryAfter = retryAfter;
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
        return new TransportException(FailureKind.HANDSHAKE, message, null, status, retryAfter);
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
     * How long the peer asked to stay away.
     *
     * @return the duration of {@code Retry-After}; {@code null} when there was none
     */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
