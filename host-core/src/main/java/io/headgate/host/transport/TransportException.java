package io.headgate.host.transport;

import io.headgate.host.HeadgateException;
import io.headgate.plugin.FailureKind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A dial failed, or an open connection broke. */
public final class TransportException extends HeadgateException {

    private static final long serialVersionUID = 1L;

    private final FailureKind kind;

    /**
     * Makes an error.
     *
     * @param kind where it failed
     * @param message what happened, in the host's words: no query, header or payload, and no peer's text uncut
     * @param cause what led to it
     */
    public TransportException(FailureKind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    /**
     * Where it failed.
     *
     * @return the kind
     */
    public FailureKind kind() {
        return kind;
    }
}
