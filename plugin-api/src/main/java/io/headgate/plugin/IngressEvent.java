package io.headgate.plugin;

import java.time.Instant;
import java.util.Objects;

/**
 * Something that happened on one of a service's connections.
 *
 * <p>Every event names its connection, the <em>epoch</em> (the sessions of that connection, counted: 1 for the first that
 * opened, 0 before any has) and its <em>sequence</em> (the events within one epoch, counted from 1; unique, and ascending
 * for all that came over the wire; a refused frame takes a number too). What is not {@link Text} is a control event: it is
 * never dropped and stays in order with the texts; of the state events of one kind that wait for a slow plugin, the newest
 * stands for the older ones. {@code toString} never shows a text, nor a peer's reason as it came.
 *
 * <p>The interface is sealed with one door left open: an exhaustive {@code switch} handles {@link Other}, and compiles
 * unchanged when later versions bring further kinds.
 */
public sealed interface IngressEvent {

    /**
     * The connection it happened on.
     *
     * @return the name, as the manifest declares it
     */
    String connection();

    /**
     * The session it belongs to.
     *
     * @return 1 for the connection's first session, 0 before any has opened
     */
    long epoch();

    /**
     * The event's number within its epoch.
     *
     * @return from 1
     */
    long sequence();

    /**
     * When the host saw it.
     *
     * @return milliseconds since 1970-01-01T00:00Z, read from the host's one clock
     */
    long receivedAtMillis();

    /**
     * When the host saw it, as an instant.
     *
     * @return a view of {@link #receivedAtMillis()}
     */
    default Instant receivedAt() {
        return Instant.ofEpochMilli(receivedAtMillis());
    }

    /**
     * The event's name.
     *
     * @return a view of connection, epoch and sequence
     */
    default EventId id() {
        return new EventId(connection(), epoch(), sequence());
    }

    /**
     * A session opened: texts may follow, and may be sent.
     *
     * @param connection see {@link IngressEvent#connection()}
     * @param epoch see {@link IngressEvent#epoch()}; here at least 1
     * @param sequence see {@link IngressEvent#sequence()}
     * @param receivedAtMillis see {@link IngressEvent#receivedAtMillis()}
     * @param subprotocol what the peer chose of the granted subprotocols; empty for none
     */
    record Opened(String connection, long epoch, long sequence, long receivedAtMillis, String subprotocol)
            implements IngressEvent {
        /** Checks the components. */
        public Opened {
            checkId(connection, epoch, sequence);
            Require.atLeast("epoch", epoch, 1);
            Objects.requireNonNull(subprotocol, "subprotocol");
        }

        /**
         * Sends on this session: refused as stale once it has ended.
         *
         * @param text the text to send
         * @return the command
         */
        public OutputCommand.SendText send(String text) {
            return new OutputCommand.SendText(OutputCommand.HOST_ASSIGNED_ID, connection, epoch, text);
        }
    }

    /**
     * A complete, valid text message.
     *
     * @param connection see {@link IngressEvent#connection()}
     * @param epoch see {@link IngressEvent#epoch()}
     * @param sequence see {@link IngressEvent#sequence()}
     * @param receivedAtMillis see {@link IngressEvent#receivedAtMillis()}
     * @param text the message
     * @param bytes its size on the wire, in bytes of UTF-8
     */
    record Text(String connection, long epoch, long sequence, long receivedAtMillis, String text, int bytes)
            implements IngressEvent {
        /** Checks the components. */
        public Text {
            checkId(connection, epoch, sequence);
            Objects.requireNonNull(text, "text");
            Require.atLeast("bytes", bytes, 0);
        }

        /**
         * Answers on the session this message came from: refused as stale once that session has ended.
         *
         * @param answer the text to send
         * @return the command
         */
        public OutputCommand.SendText reply(String answer) {
            return new OutputCommand.SendText(OutputCommand.HOST_ASSIGNED_ID, connection, epoch, answer);
        }

        @Override
        public String toString() {
            return "Text[" + id() + ", " + bytes + " bytes]";
        }
    }

    /**
     * A session ended with a Close frame, or without one (code 1006).
     *
     * @param connection see {@link IngressEvent#connection()}
     * @param epoch see {@link IngressEvent#epoch()}
     * @param sequence see {@link IngressEvent#sequence()}
     * @param receivedAtMillis see {@link IngressEvent#receivedAtMillis()}
     * @param code the close code; 1005 when the Close frame had none, 1006 when there was no Close frame (RFC 6455, 7.1.5)
     * @param reason the reason as the Close frame gave it, at most 123 bytes of UTF-8; empty for none
     * @param initiator who began
     */
    record Closed(
            String connection,
            long epoch,
            long sequence,
            long receivedAtMillis,
            int code,
            String reason,
            Initiator initiator)
            implements IngressEvent {
        /** Checks the components. */
        public Closed {
            checkId(connection, epoch, sequence);
            Require.atLeast("code", code, 1000);
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(initiator, "initiator");
        }

        @Override
        public String toString() {
            return "Closed[" + id() + ", code " + code + " by " + initiator + ", reason of " + reason.length()
                    + " characters]";
        }
    }

    /**
     * A dial failed, or a session broke.
     *
     * @param connection see {@link IngressEvent#connection()}
     * @param epoch see {@link IngressEvent#epoch()}; for a failed dial, the last session before it
     * @param sequence see {@link IngressEvent#sequence()}
     * @param receivedAtMillis see {@link IngressEvent#receivedAtMillis()}
     * @param kind where it failed
     * @param message what happened, in the host's words, at most 256 characters and an ellipsis
     */
    record Failed(String connection, long epoch, long sequence, long receivedAtMillis, FailureKind kind, String message)
            implements IngressEvent {
        /** Checks the components. */
        public Failed {
            checkId(connection, epoch, sequence);
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(message, "message");
        }
    }

    /**
     * The host will dial again by itself.
     *
     * @param connection see {@link IngressEvent#connection()}
     * @param epoch see {@link IngressEvent#epoch()}
     * @param sequence see {@link IngressEvent#sequence()}
     * @param receivedAtMillis see {@link IngressEvent#receivedAtMillis()}
     * @param attempt the attempt that is coming, from 1
     * @param nextAttemptAtMillis when, in milliseconds since 1970-01-01T00:00Z
     */
    record Retrying(
            String connection, long epoch, long sequence, long receivedAtMillis, int attempt, long nextAttemptAtMillis)
            implements IngressEvent {
        /** Checks the components. */
        public Retrying {
            checkId(connection, epoch, sequence);
            Require.atLeast("attempt", attempt, 1);
        }
    }

    /**
     * The host will not dial again by itself: answer with {@link OutputCommand.Reconnect}.
     *
     * @param connection see {@link IngressEvent#connection()}
     * @param epoch see {@link IngressEvent#epoch()}
     * @param sequence see {@link IngressEvent#sequence()}
     * @param receivedAtMillis see {@link IngressEvent#receivedAtMillis()}
     * @param why how the session or the dial ended, in the host's words; a peer's reason is cut and escaped
     */
    record ReconnectNeeded(String connection, long epoch, long sequence, long receivedAtMillis, String why)
            implements IngressEvent {
        /** Checks the components. */
        public ReconnectNeeded {
            checkId(connection, epoch, sequence);
            Objects.requireNonNull(why, "why");
        }

        /**
         * Asks the host to dial now: refused as stale once another session has opened.
         *
         * @return the command
         */
        public OutputCommand.Reconnect reconnect() {
            return new OutputCommand.Reconnect(OutputCommand.HOST_ASSIGNED_ID, connection, epoch);
        }
    }

    /**
     * Texts are missing here: the service's queue was full. Stands in the stream where they would have stood.
     *
     * @param connection see {@link IngressEvent#connection()}
     * @param epoch see {@link IngressEvent#epoch()}
     * @param sequence the sequence of the last one missing
     * @param count how many are missing, at least 1
     * @param firstAtMillis when the first of them was received, in milliseconds since 1970-01-01T00:00Z
     * @param lastAtMillis when the last of them was received, likewise
     */
    record Gap(String connection, long epoch, long sequence, long count, long firstAtMillis, long lastAtMillis)
            implements IngressEvent {
        /** Checks the components. */
        public Gap {
            checkId(connection, epoch, sequence);
            Require.atLeast("count", count, 1);
        }

        @Override
        public long receivedAtMillis() {
            return lastAtMillis;
        }
    }

    /**
     * A command of this service was refused: it never left the host.
     *
     * @param connection see {@link IngressEvent#connection()}
     * @param epoch see {@link IngressEvent#epoch()}
     * @param sequence see {@link IngressEvent#sequence()}
     * @param receivedAtMillis see {@link IngressEvent#receivedAtMillis()}
     * @param commandId the command
     * @param rule the stable name of the rule that refused it
     * @param message what was wrong and what can be done
     * @param more how many later refusals are folded into this event, because too many waited
     */
    record CommandRefused(
            String connection,
            long epoch,
            long sequence,
            long receivedAtMillis,
            String commandId,
            String rule,
            String message,
            long more)
            implements IngressEvent {
        /** Checks the components. */
        public CommandRefused {
            checkId(connection, epoch, sequence);
            Objects.requireNonNull(commandId, "commandId");
            Objects.requireNonNull(rule, "rule");
            Objects.requireNonNull(message, "message");
            Require.atLeast("more", more, 0);
        }
    }

    /**
     * A command of this service was handed to the transport, which failed before it could tell: it may have left.
     *
     * @param connection see {@link IngressEvent#connection()}
     * @param epoch see {@link IngressEvent#epoch()}
     * @param sequence see {@link IngressEvent#sequence()}
     * @param receivedAtMillis see {@link IngressEvent#receivedAtMillis()}
     * @param commandId the command
     * @param message what happened
     * @param more how many later failures are folded into this event, because too many waited
     */
    record CommandFailed(
            String connection,
            long epoch,
            long sequence,
            long receivedAtMillis,
            String commandId,
            String message,
            long more)
            implements IngressEvent {
        /** Checks the components. */
        public CommandFailed {
            checkId(connection, epoch, sequence);
            Objects.requireNonNull(commandId, "commandId");
            Objects.requireNonNull(message, "message");
            Require.atLeast("more", more, 0);
        }
    }

    /**
     * A text of this service was sent: the kernel accepted its last byte. Only for a
     * {@link OutputCommand.SendText#confirm()}; nothing is said about the peer.
     *
     * @param connection see {@link IngressEvent#connection()}
     * @param epoch see {@link IngressEvent#epoch()}
     * @param sequence see {@link IngressEvent#sequence()}
     * @param receivedAtMillis see {@link IngressEvent#receivedAtMillis()}
     * @param commandId the command
     * @param more how many later confirmations are folded into this event, because too many waited
     */
    record CommandSent(String connection, long epoch, long sequence, long receivedAtMillis, String commandId, long more)
            implements IngressEvent {
        /** Checks the components. */
        public CommandSent {
            checkId(connection, epoch, sequence);
            Objects.requireNonNull(commandId, "commandId");
            Require.atLeast("more", more, 0);
        }
    }

    /** A kind of event that a later version knows: ignore what you do not know. */
    non-sealed interface Other extends IngressEvent {}

    private static void checkId(String connection, long epoch, long sequence) {
        Require.name("connection", connection);
        Require.atLeast("epoch", epoch, 0);
        Require.atLeast("sequence", sequence, 1);
    }
}
