package io.headgate.host.diagnostics;

import io.headgate.host.authority.Verdict;
import io.headgate.host.ingress.DropReason;
import io.headgate.host.ingress.HoldEnd;
import io.headgate.host.ingress.OverflowPolicy;
import io.headgate.plugin.EventId;
import io.headgate.plugin.Health;
import java.time.Duration;

/**
 * Something an operator may want to know. Text only, bounded and without secrets: never a payload, a query or an exception
 * object.
 */
public sealed interface Diagnostic {

    /**
     * When it happened.
     *
     * @return milliseconds since 1970-01-01T00:00Z
     */
    long atMillis();

    /**
     * Whose it is.
     *
     * @return {@code plugin/service}; where it is about a plugin that has no service any more, {@code plugin}; empty when it is about
     *     the host
     */
    String service();

    /**
     * Which connection it is about.
     *
     * @return the name; empty when it is about the service
     */
    String connection();

    /**
     * What happened, on one line, with what can be done where something can.
     *
     * @return the line
     */
    String message();

    /**
     * A connection changed its state.
     *
     * @param atMillis see {@link Diagnostic#atMillis()}
     * @param service see {@link Diagnostic#service()}
     * @param connection see {@link Diagnostic#connection()}
     * @param state the new state
     * @param epoch the last session that opened; 0 before any has
     * @param detail why
     */
    record ConnectionChanged(
            long atMillis, String service, String connection, ConnectionState state, long epoch, String detail)
            implements Diagnostic {
        @Override
        public String message() {
            return "connection is " + state + (epoch == 0 ? "" : ", epoch " + epoch) + ": " + detail;
        }
    }

    /**
     * A service changed its state.
     *
     * @param atMillis see {@link Diagnostic#atMillis()}
     * @param service see {@link Diagnostic#service()}
     * @param state the new state
     * @param detail why
     */
    record ServiceChanged(long atMillis, String service, ServiceState state, String detail) implements Diagnostic {
        @Override
        public String connection() {
            return "";
        }

        @Override
        public String message() {
            return "service is " + state + ": " + detail;
        }
    }

    /**
     * A dial was refused as its target stands for an address that is not granted. Of all exchanges of a service together once a
     * second at most.
     *
     * @param atMillis see {@link Diagnostic#atMillis()}
     * @param service see {@link Diagnostic#service()}
     * @param connection see {@link Diagnostic#connection()}
     * @param rule the stable name of the rule that refused it
     * @param detail how many addresses, the first of them, and what would allow it
     */
    record DialRefused(long atMillis, String service, String connection, String rule, String detail)
            implements Diagnostic {

        /**
         * Makes one of a refusal.
         *
         * @param atMillis see {@link #atMillis()}
         * @param service see {@link #service()}
         * @param connection see {@link #connection()}
         * @param refused the refusal
         * @return the diagnostic
         */
        public static DialRefused of(long atMillis, String service, String connection, Verdict.Refused refused) {
            String detail = refused.message() + "; " + refused.remedy();
            return new DialRefused(atMillis, service, connection, refused.rule().wireName(), detail);
        }

        @Override
        public String message() {
            return "a dial was refused by " + rule + ": " + detail;
        }
    }

    /**
     * A command was refused, and never left the host. For each connection and rule once a second at most: the counts have all.
     *
     * @param atMillis see {@link Diagnostic#atMillis()}
     * @param service see {@link Diagnostic#service()}
     * @param connection see {@link Diagnostic#connection()}
     * @param commandId the command
     * @param rule the stable name of the rule that refused it
     * @param detail what was wrong, and what would allow it
     */
    record CommandRefused(
            long atMillis, String service, String connection, String commandId, String rule, String detail)
            implements Diagnostic {
        @Override
        public String message() {
            return "command " + commandId + " refused by " + rule + ": " + detail;
        }
    }

    /**
     * A command was handed to the transport, which failed before it could tell.
     *
     * @param atMillis see {@link Diagnostic#atMillis()}
     * @param service see {@link Diagnostic#service()}
     * @param connection see {@link Diagnostic#connection()}
     * @param commandId the command
     * @param detail what happened
     */
    record CommandFailed(long atMillis, String service, String connection, String commandId, String detail)
            implements Diagnostic {
        @Override
        public String message() {
            return "command " + commandId + " failed: " + detail;
        }
    }

    /**
     * The service's queue is full, and texts of a connection are being dropped. For each connection once a second at most.
     *
     * @param atMillis see {@link Diagnostic#atMillis()}
     * @param service see {@link Diagnostic#service()}
     * @param connection see {@link Diagnostic#connection()}
     * @param reason the bound that bit
     * @param policy what the queue does about it
     */
    record QueueOverflow(long atMillis, String service, String connection, DropReason reason, OverflowPolicy policy)
            implements Diagnostic {
        @Override
        public String message() {
            String bound = switch (reason) {
                case QUEUE_EVENTS -> "limits.queue-events";
                case QUEUE_BYTES -> "limits.queue-bytes";
                case CONNECTION_SHARE -> "limits.connection-share";
                case OVERFLOW_CLOSE -> "limits.overflow";
            };
            String effect = switch (policy) {
                case DROP_NEWEST -> "drops what comes";
                case DROP_OLDEST -> "drops the oldest texts";
                case CLOSE -> "drops what comes, and the session is closed";
                case HOLD -> "drops what comes, after it was held for too long";
            };
            return "the queue is full (" + reason.wireName() + ") and " + effect + "; make the plugin faster, or raise "
                    + bound + " in the grant";
        }
    }

    /**
     * The queue was full for so long that its connection is not held any more. For each connection once a second at most.
     *
     * @param atMillis see {@link Diagnostic#atMillis()}
     * @param service see {@link Diagnostic#service()}
     * @param connection see {@link Diagnostic#connection()}
     * @param longest for how long it was held
     * @param end what happens now
     */
    record HeldTooLong(long atMillis, String service, String connection, Duration longest, HoldEnd end)
            implements Diagnostic {
        @Override
        public String message() {
            String effect = switch (end) {
                case CLOSE -> "its session is closed";
                case DROP -> "what does not fit is dropped until there is room";
            };
            return "the queue had no room for " + longest + ", and " + effect
                    + "; make the plugin faster, or raise limits.hold.longest in the grant";
        }
    }

    /**
     * A frame was refused: its kind is not supported. For each connection once a second at most; of all exchanges of a service
     * together once a second at most.
     *
     * @param atMillis see {@link Diagnostic#atMillis()}
     * @param service see {@link Diagnostic#service()}
     * @param connection see {@link Diagnostic#connection()}
     * @param kind the frame's kind
     * @param bytes its size
     */
    record FrameRefused(long atMillis, String service, String connection, String kind, int bytes)
            implements Diagnostic {
        @Override
        public String message() {
            return "a " + kind + " frame of " + bytes + " bytes was refused: only text is supported";
        }
    }

    /**
     * An exchange, or a text of one, was refused, and nothing left the host. For each service once a second at most; the counts
     * have every one.
     *
     * @param atMillis see {@link Diagnostic#atMillis()}
     * @param service see {@link Diagnostic#service()}
     * @param connection see {@link Diagnostic#connection()}; as the plugin named it, cut and escaped
     * @param rule the stable name of the rule that refused it
     * @param detail what was wrong, and what would allow it
     */
    record ExchangeRefused(long atMillis, String service, String connection, String rule, String detail)
            implements Diagnostic {
        @Override
        public String message() {
            return "an exchange was refused by " + rule + ": " + detail;
        }
    }

    /**
     * An exchange could not be dialled, broke, or was closed as it exceeded a bound. For each service once a second at most; the
     * counts have every one.
     *
     * @param atMillis see {@link Diagnostic#atMillis()}
     * @param service see {@link Diagnostic#service()}
     * @param connection see {@link Diagnostic#connection()}
     * @param detail what happened
     */
    record ExchangeFailed(long atMillis, String service, String connection, String detail) implements Diagnostic {
        @Override
        public String message() {
            return "an exchange failed: " + detail;
        }
    }

    /**
     * The plugin could not handle one event, and went on with the next.
     *
     * @param atMillis see {@link Diagnostic#atMillis()}
     * @param service see {@link Diagnostic#service()}
     * @param event the event
     * @param detail what the plugin ran into
     */
    record EventFailed(long atMillis, String service, EventId event, String detail) implements Diagnostic {
        @Override
        public String connection() {
            return event.connection();
        }

        @Override
        public String message() {
            return "the plugin could not handle event " + event + ": " + detail;
        }
    }

    /**
     * The service said how it is.
     *
     * @param atMillis see {@link Diagnostic#atMillis()}
     * @param service see {@link Diagnostic#service()}
     * @param health how it is
     * @param detail why, in the plugin's words, cut and escaped
     */
    record StatusReported(long atMillis, String service, Health health, String detail) implements Diagnostic {
        @Override
        public String connection() {
            return "";
        }

        @Override
        public String message() {
            return "the plugin reports " + health + ": " + detail;
        }
    }

    /**
     * What the service may do was replaced.
     *
     * @param atMillis see {@link Diagnostic#atMillis()}
     * @param service see {@link Diagnostic#service()}
     * @param version the version of the authority that holds from now on
     * @param detail what else there is to know
     */
    record AuthorityReplaced(long atMillis, String service, long version, String detail) implements Diagnostic {
        @Override
        public String connection() {
            return "";
        }

        @Override
        public String message() {
            return "authority version " + version + " holds from now on: " + detail;
        }
    }

    /**
     * The watched grant file cannot be used as it is now; what was granted before still holds. Told once for each content.
     *
     * @param atMillis see {@link Diagnostic#atMillis()}
     * @param detail what is wrong with it: all that {@link io.headgate.host.ConfigurationException} says, as long as there is
     *     room
     */
    record GrantsNotRead(long atMillis, String detail) implements Diagnostic {
        @Override
        public String service() {
            return "";
        }

        @Override
        public String connection() {
            return "";
        }

        @Override
        public String message() {
            return "the grant file is not usable, what was granted before still holds: " + detail;
        }
    }

    /**
     * The plugin broke its contract with the host, or left something behind.
     *
     * @param atMillis see {@link Diagnostic#atMillis()}
     * @param service see {@link Diagnostic#service()}
     * @param detail what it did
     */
    record PluginFault(long atMillis, String service, String detail) implements Diagnostic {
        @Override
        public String connection() {
            return "";
        }

        @Override
        public String message() {
            return detail;
        }
    }

    /**
     * The service is not recorded any more; all else goes on.
     *
     * @param atMillis see {@link Diagnostic#atMillis()}
     * @param service see {@link Diagnostic#service()}
     * @param detail what could not be written
     */
    record RecordingStopped(long atMillis, String service, String detail) implements Diagnostic {
        @Override
        public String connection() {
            return "";
        }

        @Override
        public String message() {
            return "recording has stopped until the host is started again: " + detail;
        }
    }

    /**
     * The host has let go of a plugin from a jar, and something keeps its code in memory.
     *
     * @param atMillis see {@link Diagnostic#atMillis()}
     * @param service the plugin's id: its services have gone
     * @param detail what keeps it, as far as can be told
     */
    record PluginRetained(long atMillis, String service, String detail) implements Diagnostic {
        @Override
        public String connection() {
            return "";
        }

        @Override
        public String message() {
            return "the plugin's code is still in memory: " + detail;
        }
    }
}
