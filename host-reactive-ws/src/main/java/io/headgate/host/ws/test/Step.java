package io.headgate.host.ws.test;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** One step of a {@link Script}: the gateway either does something, or expects something of its peer. Immutable. */
public sealed interface Step {

    /** Does something. */
    sealed interface Act extends Step {}

    /** Waits for the next thing that comes, and fails the script if that is another. */
    sealed interface Expect extends Step {}

    /**
     * Answers the upgrade request with 101.
     *
     * @param headers what to add to a correct answer, or to say instead; an empty value leaves the header out. Sent in the
     *     order of the map, after what it does not replace; which that is does not depend on the case of a name
     * @param behind what follows in the same segment
     */
    record AcceptUpgrade(Map<String, String> headers, Octets behind) implements Act {

        /** Copies the headers, in their order. */
        public AcceptUpgrade {
            headers.forEach((name, value) -> {
                Objects.requireNonNull(name, "name");
                Objects.requireNonNull(value, "value");
            });
            headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        }

        @Override
        public String toString() {
            return "answer 101"
                    + (headers.isEmpty() ? "" : " with " + headers)
                    + (behind.size() == 0 ? "" : " and in the same segment " + behind);
        }
    }

    /**
     * Sends bytes.
     *
     * @param what they are, in words
     * @param bytes the bytes
     */
    record Send(String what, Octets bytes) implements Act {
        @Override
        public String toString() {
            return "send " + what;
        }
    }

    /**
     * Sends bytes one at a time, until the last or until the peer ends TCP.
     *
     * @param what they are, in words
     * @param bytes the bytes
     * @param every the time before each, on the gateway's timer; positive
     */
    record Drip(String what, Octets bytes, Duration every) implements Act {

        /** Checks the components. */
        public Drip {
            Checks.positive("every", every);
        }

        @Override
        public String toString() {
            return "drip " + what + ", a byte every " + every;
        }
    }

    /**
     * Sends the same bytes as fast as the peer takes them, as often as told or until the peer ends TCP.
     *
     * @param what they are, in words
     * @param unit the bytes; not empty
     * @param count how often, from 1
     */
    record Flood(String what, Octets unit, int count) implements Act {

        /** Checks the components. */
        public Flood {
            if (unit.size() == 0 || count < 1) {
                throw new IllegalArgumentException(
                        "a flood needs bytes and a count from 1, has " + unit + ", " + count);
            }
        }

        @Override
        public String toString() {
            return "flood with " + count + " × " + what;
        }
    }

    /**
     * Does nothing for a while. What comes meanwhile waits for the steps after it.
     *
     * @param length how long, on the gateway's timer; positive
     */
    record Pause(Duration length) implements Act {

        /** Checks the component. */
        public Pause {
            Checks.positive("length", length);
        }

        @Override
        public String toString() {
            return "pause " + length;
        }
    }

    /**
     * Stops or resumes reading from the socket. While it is off, no expectation is met, not even the end of TCP.
     *
     * @param on whether to read
     */
    record Reading(boolean on) implements Act {
        @Override
        public String toString() {
            return on ? "read again" : "stop reading";
        }
    }

    /** Sends FIN, and reads on. */
    record EndOutput() implements Act {
        @Override
        public String toString() {
            return "send FIN";
        }
    }

    /** Closes TCP both ways. What came before can still be expected; the peer's own end is not seen any more. */
    record CloseTcp() implements Act {
        @Override
        public String toString() {
            return "close TCP";
        }
    }

    /** Cuts TCP with RST. What came before can still be expected; the peer's own end is not seen any more. */
    record Reset() implements Act {
        @Override
        public String toString() {
            return "reset TCP";
        }
    }

    /** Expects the upgrade request. */
    record ExpectUpgrade() implements Expect {
        @Override
        public String toString() {
            return "expect an upgrade request";
        }
    }

    /**
     * Expects a frame, all of it.
     *
     * @param frame the frame; it has to come masked, whatever this says
     */
    record ExpectFrame(WireFrame frame) implements Expect {
        @Override
        public String toString() {
            return "expect " + frame;
        }
    }

    /**
     * Expects a Close frame with this code, whatever its reason.
     *
     * @param code the code; 1005 for a frame without one
     */
    record ExpectClose(int code) implements Expect {
        @Override
        public String toString() {
            return "expect Close " + code;
        }
    }

    /** Expects the peer to end TCP. */
    record ExpectEnd() implements Expect {
        @Override
        public String toString() {
            return "expect the end of TCP";
        }
    }

    /**
     * Takes whatever comes, until the peer ends TCP. It is in {@link ScriptedGateway#arrivals}.
     *
     * @param onClose what to do at the first Close frame that comes
     */
    record TakeRest(OnClose onClose) implements Expect {
        @Override
        public String toString() {
            return "take what comes until the end of TCP; at a Close: " + onClose;
        }
    }

    /** What a gateway does when the peer's first Close frame comes. RFC 6455, 7.1.1: the server is to end TCP. */
    enum OnClose {
        /** Answers it with the same, and sends FIN: as a server should. */
        ANSWER,
        /** Sends FIN: as a server should that has sent its own Close before. */
        END,
        /** Does nothing. */
        NOTHING
    }
}
