package io.headgate.host.service;

import io.headgate.host.command.CommandCounts;
import io.headgate.host.command.TokenWait;
import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.ingress.EventCounts;

/**
 * How one connection is.
 *
 * @param connection its name
 * @param state its state
 * @param sinceMillis since when it is open, or since when it is not, whatever was tried meanwhile, in milliseconds since
 *     1970-01-01T00:00Z; 0 before its first dial
 * @param epoch the last session that opened; 0 before any has
 * @param attempts how often it was dialled
 * @param nextAttemptAtMillis when it is dialled again, in milliseconds since 1970-01-01T00:00Z; 0 where it does not wait for that
 * @param lastFrameAtMillis when its last frame arrived, in milliseconds since 1970-01-01T00:00Z; 0 before any has
 * @param lastError what last went wrong, in the host's words; empty for nothing
 * @param frames what arrived
 * @param pings the host's pings
 * @param hold how a full queue holds it, with {@code overflow: hold}
 * @param tokens how its texts waited for tokens of a send budget
 * @param events what became of its texts: drops are here
 * @param commands what became of the commands for it: send failures are here
 */
public record ConnectionStatus(
        String connection,
        ConnectionState state,
        long sinceMillis,
        long epoch,
        long attempts,
        long nextAttemptAtMillis,
        long lastFrameAtMillis,
        String lastError,
        FrameCounts frames,
        PingStatus pings,
        HoldStatus hold,
        TokenWait tokens,
        EventCounts events,
        CommandCounts commands) {}
