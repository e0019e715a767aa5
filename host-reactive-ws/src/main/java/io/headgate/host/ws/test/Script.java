package io.headgate.host.ws.test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a gateway does on one connection, step by step. Immutable: each method gives a longer script.
 *
 * @param steps the steps, in order
 */
public record Script(List<Step> steps) {

    /** Copies the steps. */
    public Script {
        steps = List.copyOf(steps);
    }

    /**
     * A script without steps, to begin with. Alone, it accepts TCP and says nothing.
     *
     * @return the script
     */
    public static Script empty() {
        return new Script(List.of());
    }

    /**
     * Then this step.
     *
     * @param step what is next
     * @return the longer script
     */
    public Script then(Step step) {
        List<Step> longer = new ArrayList<>(steps);
        longer.add(step);
        return new Script(longer);
    }

    /**
     * Then what another script does.
     *
     * @param more what is next
     * @return the longer script
     */
    public Script then(Script more) {
        List<Step> longer = new ArrayList<>(steps);
        longer.addAll(more.steps);
        return new Script(longer);
    }

    /**
     * Then breaks: as {@link Fault#script()}, on a connection that is open already.
     *
     * @param fault a fault of an open session
     * @return the longer script
     * @throws IllegalArgumentException if the fault is one of the dial
     */
    public Script then(Fault fault) {
        return then(fault.inSession());
    }

    /**
     * Expects the upgrade request, and leaves it unanswered.
     *
     * @return the longer script
     */
    public Script expectUpgrade() {
        return then(new Step.ExpectUpgrade());
    }

    /**
     * Expects the upgrade request and accepts it.
     *
     * @return the longer script
     */
    public Script acceptUpgrade() {
        return acceptUpgrade(Map.of());
    }

    /**
     * Expects the upgrade request and accepts it.
     *
     * @param headers what to add to a correct answer, or to say instead; an empty value leaves the header out. Sent in the
     *     order of the map, after what it does not replace; which that is does not depend on the case of a name
     * @return the longer script
     */
    public Script acceptUpgrade(Map<String, String> headers) {
        return expectUpgrade().then(new Step.AcceptUpgrade(headers, Octets.utf8("")));
    }

    /**
     * Expects the upgrade request and accepts it, with the first frame in the same segment.
     *
     * @param first the frame
     * @return the longer script
     */
    public Script acceptUpgradeWith(WireFrame first) {
        return expectUpgrade().then(new Step.AcceptUpgrade(Map.of(), first.bytes()));
    }

    /**
     * Expects the upgrade request and refuses it, with an empty body.
     *
     * @param status the HTTP status
     * @param headers the headers, beside {@code Content-Length}
     * @return the longer script
     */
    public Script refuseUpgrade(int status, Map<String, String> headers) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Refused\r\nContent-Length: 0\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return expectUpgrade().send("answer " + status, head + "\r\n");
    }

    /**
     * Sends a text.
     *
     * @param text the text
     * @return the longer script
     */
    public Script text(String text) {
        return send(WireFrame.text(text));
    }

    /**
     * Sends a frame.
     *
     * @param frame the frame, good or bad
     * @return the longer script
     */
    public Script send(WireFrame frame) {
        return send(frame.toString(), frame.bytes());
    }

    /**
     * Sends bytes.
     *
     * @param what they are, in words
     * @param bytes the bytes
     * @return the longer script
     */
    public Script send(String what, Octets bytes) {
        return then(new Step.Send(what, bytes));
    }

    private Script send(String what, String ascii) {
        return send(what, Octets.of(ascii.getBytes(StandardCharsets.US_ASCII)));
    }

    /**
     * Pauses.
     *
     * @param length how long; positive
     * @return the longer script
     */
    public Script pause(Duration length) {
        return then(new Step.Pause(length));
    }

    /**
     * Stops reading from the socket.
     *
     * @return the longer script
     */
    public Script stopReading() {
        return then(new Step.Reading(false));
    }

    /**
     * Reads from the socket again.
     *
     * @return the longer script
     */
    public Script readAgain() {
        return then(new Step.Reading(true));
    }

    /**
     * Sends FIN without a Close, and reads on.
     *
     * @return the longer script
     */
    public Script endOutput() {
        return then(new Step.EndOutput());
    }

    /**
     * Closes TCP both ways. What came before can still be expected; the peer's own end is not seen any more.
     *
     * @return the longer script
     */
    public Script closeTcp() {
        return then(new Step.CloseTcp());
    }

    /**
     * Cuts TCP with RST. What came before can still be expected; the peer's own end is not seen any more.
     *
     * @return the longer script
     */
    public Script reset() {
        return then(new Step.Reset());
    }

    /**
     * Expects a text.
     *
     * @param text the text
     * @return the longer script
     */
    public Script expectText(String text) {
        return expect(WireFrame.text(text));
    }

    /**
     * Expects a frame.
     *
     * @param frame the frame
     * @return the longer script
     */
    public Script expect(WireFrame frame) {
        return then(new Step.ExpectFrame(frame));
    }

    /**
     * Expects a Close frame.
     *
     * @param code its code; 1005 for none
     * @return the longer script
     */
    public Script expectClose(int code) {
        return then(new Step.ExpectClose(code));
    }

    /**
     * Expects the peer to end TCP.
     *
     * @return the longer script
     */
    public Script expectEnd() {
        return then(new Step.ExpectEnd());
    }

    /**
     * Takes whatever comes until the peer ends TCP, and answers its Close with the same and FIN.
     *
     * @return the longer script
     */
    public Script takeRest() {
        return then(new Step.TakeRest(Step.OnClose.ANSWER));
    }

    /**
     * Sends a Close, and takes whatever comes until the peer ends TCP; sends FIN when its Close comes.
     *
     * @param code the code
     * @param reason why; empty for nothing
     * @return the longer script
     */
    public Script close(int code, String reason) {
        return send(WireFrame.close(code, reason)).then(new Step.TakeRest(Step.OnClose.END));
    }

    /**
     * Takes whatever comes until the peer ends TCP, and answers nothing.
     *
     * @return the longer script
     */
    public Script takeRestSilently() {
        return then(new Step.TakeRest(Step.OnClose.NOTHING));
    }

    @Override
    public String toString() {
        return steps.toString();
    }
}
