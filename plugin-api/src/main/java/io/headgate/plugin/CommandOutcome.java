package io.headgate.plugin;

import java.util.Objects;

/**
 * What became of one command. Each issued command gets exactly one.
 *
 * @param commandId the command's id
 * @param connection the connection it was for; empty for {@link OutputCommand.ReportStatus}
 * @param epoch the session it named, or the last one that had opened when the host received it; 0 for none
 * @param decidedAtMillis when it was decided, in milliseconds since 1970-01-01T00:00Z
 * @param result what became of it
 * @param rule the rule that refused it, for {@link Result#DENIED} and {@link Result#REJECTED}; else empty
 * @param message what was wrong and what can be done, for all but {@link Result#SENT} and {@link Result#DONE}; else empty
 */
public record CommandOutcome(
        String commandId,
        String connection,
        long epoch,
        long decidedAtMillis,
        Result result,
        String rule,
        String message) {

    /** Checks the components. */
    public CommandOutcome {
        Require.name("commandId", commandId);
        Require.nameOrEmpty("connection", connection);
        Require.atLeast("epoch", epoch, 0);
        Objects.requireNonNull(result, "result");
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(message, "message");
    }

    /** What became of a command. */
    public enum Result {
        /** The kernel accepted the last byte of the frame. Nothing is said about the peer. */
        SENT,
        /** A {@code Close}, {@code Open}, {@code Reconnect} or {@code ReportStatus} was carried out. */
        DONE,
        /** Authority refused it. It was never handed to the transport. */
        DENIED,
        /** Another rule refused it. It was never handed to the transport. */
        REJECTED,
        /** It was handed over and may have left: the transport failed before it could tell. */
        FAILED
    }
}
