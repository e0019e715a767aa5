package io.headgate.host.pipeline;

import java.util.Objects;

/**
 * Which session a pipeline's events come from.
 *
 * @param connection the connection's name
 * @param epoch the session, from 1
 * @param subprotocol what was negotiated; empty for none
 */
public record SessionOrigin(String connection, long epoch, String subprotocol) {

    /** Checks the components. */
    public SessionOrigin {
        Objects.requireNonNull(connection, "connection");
        Objects.requireNonNull(subprotocol, "subprotocol");
        if (epoch < 1) {
            throw new IllegalArgumentException("epoch must be at least 1, is " + epoch);
        }
    }
}
