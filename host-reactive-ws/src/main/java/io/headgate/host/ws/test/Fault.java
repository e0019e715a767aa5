package io.headgate.host.ws.test;

import java.time.Duration;
import java.util.Map;

/**
 * What a peer can do wrong, or oddly. {@code docs/reference/faults.md} says what a host makes of each.
 *
 * <p>Where a fault leaves the connection to the other side, it takes what comes until the end of TCP, and ends the session
 * as a server should: answers a Close, where it has not sent one, and sends FIN.
 */
@SuppressWarnings("ImmutableEnumChecker") // a Script is a record that copies its list, which the checker cannot see
public enum Fault {
    /** Nobody listens. */
    TCP_REFUSED("accepts no TCP connection", Part.DIAL, Script.empty()),
    /** No answer to the upgrade. */
    HANDSHAKE_SILENT("never answers the upgrade", Part.DIAL, upgrade().takeRest()),
    /** An answer that would take minutes. */
    HANDSHAKE_DRIPPED(
            "answers the upgrade with a byte a second",
            Part.DIAL,
            upgrade()
                    .then(new Step.Drip(
                            "an answer 101",
                            Octets.utf8("HTTP/1.1 101 Switching Protocols\r\n"),
                            Duration.ofSeconds(1)))
                    .takeRest()),
    /** TCP ends where the answer should be. */
    HANDSHAKE_CLOSED("closes TCP instead of answering", Part.DIAL, upgrade().closeTcp()),
    /** Another protocol. */
    HANDSHAKE_GARBAGE(
            "answers with what is not HTTP",
            Part.DIAL,
            upgrade()
                    .send("what is not HTTP", Octets.utf8("SSH-2.0-peer\r\n\r\n"))
                    .takeRest()),
    /** A head without an end. */
    HANDSHAKE_ENDLESS(
            "answers 101 with headers that never end",
            Part.DIAL,
            upgrade()
                    .send("a status line", Octets.utf8("HTTP/1.1 101 Switching Protocols\r\n"))
                    .then(new Step.Flood("a header", Octets.utf8("X-Filler: " + "x".repeat(1000) + "\r\n"), 10_000))
                    .takeRest()),
    /** RFC 6455, 4.1: the client must fail the connection. */
    ACCEPT_KEY_WRONG(
            "answers 101 with a wrong Sec-WebSocket-Accept",
            Part.DIAL,
            Script.empty()
                    .acceptUpgrade(Map.of("Sec-WebSocket-Accept", "AAAAAAAAAAAAAAAAAAAAAAAAAAA="))
                    .takeRest()),
    /** RFC 6455, 4.1: likewise. */
    UPGRADE_MISSING(
            "answers 101 without an Upgrade header",
            Part.DIAL,
            Script.empty().acceptUpgrade(Map.of("Upgrade", "")).takeRest()),
    /** RFC 6455, 4.1: likewise. */
    EXTENSION_UNREQUESTED(
            "answers 101 with an extension nobody offered",
            Part.DIAL,
            Script.empty()
                    .acceptUpgrade(Map.of("Sec-WebSocket-Extensions", "permessage-deflate"))
                    .takeRest()),
    /** RFC 6455, 4.1: likewise. */
    SUBPROTOCOL_UNREQUESTED(
            "answers 101 with a subprotocol nobody offered",
            Part.DIAL,
            Script.empty()
                    .acceptUpgrade(Map.of("Sec-WebSocket-Protocol", "chat.v9"))
                    .takeRest()),
    /** An answer of plain HTTP. */
    OK_200("answers 200", Part.DIAL, refusal(200)),
    /** A redirection for good. */
    MOVED_301("answers 301 to another host", Part.DIAL, redirection(301)),
    /** A redirection for now. */
    FOUND_302("answers 302 to another host", Part.DIAL, redirection(302)),
    /** No credentials, or wrong ones. */
    UNAUTHORIZED_401("answers 401", Part.DIAL, refusal(401)),
    /** Not allowed. */
    FORBIDDEN_403("answers 403", Part.DIAL, refusal(403)),
    /** Not there. */
    NOT_FOUND_404("answers 404", Part.DIAL, refusal(404)),
    /** Too often. */
    TOO_MANY_429("answers 429 with Retry-After: 7", Part.DIAL, refusal(429, Map.of("Retry-After", "7"))),
    /** Not now. */
    UNAVAILABLE_503("answers 503 with Retry-After: 7", Part.DIAL, refusal(503, Map.of("Retry-After", "7"))),
    /** No fault: the answer is yet to come. */
    INFORMATIONAL_FIRST(
            "answers 103 and then 101, sends a text and closes",
            Part.DIAL,
            upgrade()
                    .send("answer 103", Octets.utf8("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"))
                    .then(new Step.AcceptUpgrade(Map.of(), Octets.utf8("")))
                    .text("hello")
                    .close(1001, "")),
    /** No fault: a frame that is easily lost. */
    FRAME_WITH_101(
            "sends a text in the segment of the 101, and closes",
            Part.DIAL,
            Script.empty().acceptUpgradeWith(WireFrame.text("hello")).close(1001, "")),
    /** The session ends as it begins. */
    RESET_AFTER_101("resets TCP after the 101", Part.SESSION, Script.empty().reset()),
    /** RFC 6455, 5.1. */
    MASKED_FRAME(
            "masks a frame", Part.SESSION, violation(WireFrame.text("hello").withMask(true))),
    /** RFC 6455, 5.2: no extension gave them a meaning. */
    RESERVED_BITS(
            "sets a reserved bit",
            Part.SESSION,
            violation(WireFrame.text("hello").withReserved(4))),
    /** RFC 6455, 5.2. */
    RESERVED_OPCODE("uses a reserved opcode", Part.SESSION, violation(WireFrame.of(3, Octets.utf8("")))),
    /** RFC 6455, 8.1. */
    TEXT_NOT_UTF8("sends a text that is not UTF-8", Part.SESSION, violation(WireFrame.of(WireFrame.TEXT, Part.BAD))),
    /** RFC 6455, 8.1: the two halves of a wrong character. */
    TEXT_NOT_UTF8_IN_FRAGMENTS(
            "sends a text that is not UTF-8, cut within the wrong character",
            Part.SESSION,
            Script.empty()
                    .send(WireFrame.of(WireFrame.TEXT, Octets.hex("c3")).unfinished())
                    .send(WireFrame.continuation(Octets.hex("28")))
                    .takeRest()),
    /** RFC 6455, 8.1: the text is known to be wrong before its last fragment, which never comes. */
    TEXT_NOT_UTF8_UNFINISHED(
            "begins a text that is not UTF-8, and does not end it",
            Part.SESSION,
            violation(WireFrame.of(WireFrame.TEXT, Part.BAD).unfinished())),
    /** RFC 6455, 5.4. */
    CONTINUATION_OF_NOTHING(
            "continues a message that was not begun",
            Part.SESSION,
            violation(WireFrame.continuation(Octets.utf8("hello")))),
    /** RFC 6455, 5.4. */
    TEXT_INSIDE_FRAGMENTS(
            "begins a text inside another",
            Part.SESSION,
            Script.empty()
                    .send(WireFrame.text("hello").unfinished())
                    .send(WireFrame.text("hello"))
                    .takeRest()),
    /** A header that announces a tebibyte. */
    FRAME_OVERSIZED(
            "announces a text of a tebibyte",
            Part.SESSION,
            Script.empty()
                    .send("the header of a text of 1 TiB", Octets.hex("81 7f 00 00 01 00 00 00 00 00"))
                    .takeRest()),
    /** A message without an end. Answers no Close: it is not listening. */
    FRAGMENTS_ENDLESS(
            "sends fragments of a text without end, and answers no Close",
            Part.SESSION,
            Script.empty()
                    .send(
                            "the first fragment of a text",
                            WireFrame.text("x").unfinished().bytes())
                    .then(new Step.Flood(
                            "a fragment of 1 KiB",
                            WireFrame.continuation(Octets.repeated('x', 1024))
                                    .unfinished()
                                    .bytes(),
                            10_000_000))
                    .takeRestSilently()),
    /** RFC 6455, 5.5. */
    CONTROL_FRAGMENTED(
            "sends a ping in fragments",
            Part.SESSION,
            violation(WireFrame.ping(Octets.utf8("")).unfinished())),
    /** RFC 6455, 5.5. */
    CONTROL_OVERSIZED("sends a ping of 126 bytes", Part.SESSION, violation(WireFrame.ping(Octets.repeated('x', 126)))),
    /** Allowed by RFC 6455, and not supported by every host. */
    BINARY_FRAME("sends a binary message", Part.SESSION, violation(WireFrame.binary(Octets.hex("00 01 02")))),
    /** Allowed, and a burden. */
    PING_FLOOD(
            "sends 2,000 pings at once, then a text, and closes",
            Part.SESSION,
            Script.empty()
                    .then(new Step.Flood(
                            "a ping", WireFrame.ping(Octets.utf8("p")).bytes(), 2_000))
                    .text("hello")
                    .close(1001, "")),
    /** RFC 6455, 7.1.1: the server should close TCP first. */
    CLOSE_WITHOUT_FIN(
            "sends Close 1001 and leaves TCP open",
            Part.SESSION,
            Script.empty().send(WireFrame.close(1001, "")).takeRestSilently()),
    /** RFC 6455, 5.5.1: nothing may follow a Close. */
    TWO_CLOSES(
            "sends Close 1001 and then Close 1011",
            Part.SESSION,
            Script.empty()
                    .send(
                            "Close 1001 and Close 1011",
                            WireFrame.close(1001, "")
                                    .bytes()
                                    .plus(WireFrame.close(1011, "").bytes()))
                    .then(new Step.TakeRest(Step.OnClose.END))),
    /** RFC 6455, 5.5.1: likewise. */
    TEXT_AFTER_CLOSE(
            "sends Close 1001 and then a text",
            Part.SESSION,
            Script.empty()
                    .send(
                            "Close 1001 and a text",
                            WireFrame.close(1001, "")
                                    .bytes()
                                    .plus(WireFrame.text("late").bytes()))
                    .then(new Step.TakeRest(Step.OnClose.END))),
    /** RFC 6455, 7.1.5: no Close frame was received, so 1006. */
    FIN_WITHOUT_CLOSE(
            "ends TCP without a Close", Part.SESSION, Script.empty().endOutput().takeRest()),
    /** RFC 6455, 7.4.1: must not be sent. */
    CLOSE_1005("sends Close 1005", Part.SESSION, violation(WireFrame.close(1005, ""))),
    /** RFC 6455, 7.4.1: must not be sent. */
    CLOSE_1006("sends Close 1006", Part.SESSION, violation(WireFrame.close(1006, ""))),
    /** RFC 6455, 7.4.1: must not be sent. */
    CLOSE_1015("sends Close 1015", Part.SESSION, violation(WireFrame.close(1015, ""))),
    /** RFC 6455, 7.4.2: not used. */
    CLOSE_999("sends Close 999", Part.SESSION, violation(WireFrame.close(999, ""))),
    /** RFC 6455, 7.4.2: beyond every range. */
    CLOSE_5000("sends Close 5000", Part.SESSION, violation(WireFrame.close(5000, ""))),
    /** No fault: RFC 6455, 5.5.1. */
    CLOSE_WITHOUT_CODE(
            "sends a Close without a code",
            Part.SESSION,
            Script.empty().send(WireFrame.close()).then(new Step.TakeRest(Step.OnClose.END))),
    /** RFC 6455, 5.5.1: a code has two bytes. */
    CLOSE_OF_ONE_BYTE(
            "sends a Close of one byte", Part.SESSION, violation(WireFrame.of(WireFrame.CLOSE, Octets.hex("03")))),
    /** RFC 6455, 5.5.1. */
    CLOSE_REASON_NOT_UTF8(
            "sends Close 4000 with a reason that is not UTF-8",
            Part.SESSION,
            violation(WireFrame.of(WireFrame.CLOSE, Octets.hex("0f a0").plus(Part.BAD)))),
    /** Allowed, and no text to print as it is. */
    CLOSE_REASON_CONTROL(
            "sends Close 4000 with a reason of control characters",
            Part.SESSION,
            Script.empty().close(4000, "a\r\nb\u001b[2J\u202ec")),
    /** Breaks the protocol, and does not take part in the end either. */
    CLOSE_UNANSWERED(
            "uses a reserved opcode, and answers no Close",
            Part.SESSION,
            Script.empty().send(WireFrame.of(3, Octets.utf8(""))).takeRestSilently()),
    /** Breaks the protocol, and does half of its part in the end. */
    CLOSE_ANSWERED_WITHOUT_FIN(
            "uses a reserved opcode, answers Close and leaves TCP open",
            Part.SESSION,
            Script.empty()
                    .send(WireFrame.of(3, Octets.utf8("")))
                    .expectClose(1002)
                    .send(WireFrame.close(1002, ""))
                    .takeRestSilently()),
    /** Lets everything wait. */
    READS_NOTHING("stops reading", Part.SESSION, Script.empty().stopReading()),
    /** Lets one frame wait. */
    HALF_HEADER(
            "sends one byte of a header, then nothing",
            Part.SESSION,
            Script.empty().send("one byte of a header", Octets.hex("81")));

    private final String what;
    private final boolean ofSession;
    private final Script part;

    Fault(String what, boolean ofSession, Script part) {
        this.what = what;
        this.ofSession = ofSession;
        this.part = part;
    }

    /**
     * What the peer does.
     *
     * @return in words
     */
    public String what() {
        return what;
    }

    /**
     * A whole connection with this fault, from the upgrade request on. Of {@link #TCP_REFUSED} it is empty, as there is no
     * connection: {@link ScriptedGateway#onConnect(Fault)} stops listening instead.
     *
     * @return the script
     */
    public Script script() {
        return ofSession ? Script.empty().acceptUpgrade().then(part) : part;
    }

    Script inSession() {
        if (!ofSession) {
            throw new IllegalArgumentException(
                    this + " is a fault of the dial: use it alone, as onConnect(" + this + ")");
        }
        return part;
    }

    private static Script upgrade() {
        return Script.empty().expectUpgrade();
    }

    private static Script refusal(int status) {
        return refusal(status, Map.of());
    }

    private static Script refusal(int status, Map<String, String> headers) {
        return Script.empty().refuseUpgrade(status, headers).takeRest();
    }

    private static Script redirection(int status) {
        return refusal(status, Map.of("Location", "wss://other.example:8443/path?token=secret"));
    }

    private static Script violation(WireFrame frame) {
        return Script.empty().send(frame).takeRest();
    }

    /** Constants that the constants above may use. */
    private static final class Part {
        static final boolean DIAL = false;
        static final boolean SESSION = true;
        static final Octets BAD = Octets.hex("c3 28");
    }
}
