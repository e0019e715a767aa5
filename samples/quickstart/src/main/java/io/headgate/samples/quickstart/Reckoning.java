package io.headgate.samples.quickstart;

import io.headgate.host.command.CommandCounts;
import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.ingress.EventCounts;
import io.headgate.host.service.ConnectionStatus;
import io.headgate.host.service.ServiceStatus;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds the host's counts against its laws, the gateway's counts and the plugin's.
 *
 * @param status the host's, after it has stopped
 * @param denied how many connections were refused while it ran
 * @param gateway the embedded gateway's
 * @param missed the sum of the Gaps that the plugin saw
 * @param embedded whether the connection {@code gateway} went to the embedded gateway
 */
record Reckoning(ServiceStatus status, long denied, GatewayCounts gateway, long missed, boolean embedded) {

    /** A statement about two numbers. */
    private record Law(String statement, long left, String sign, long right, boolean holds) {

        static Law equal(String statement, long left, long right) {
            return new Law(statement, left, "≠", right, left == right);
        }

        static Law atLeast(String statement, long left, long right) {
            return new Law(statement, left, "<", right, left >= right);
        }
    }

    static long denied(ServiceStatus status) {
        return status.connections().stream()
                .filter(connection -> connection.state() == ConnectionState.DENIED)
                .count();
    }

    boolean holds() {
        return laws().stream().allMatch(Law::holds);
    }

    /** The demo's last line. */
    String line() {
        return laws().stream()
                .filter(law -> !law.holds())
                .findFirst()
                .map(law -> "demo: FAILED " + law.statement() + ": " + law.left() + " " + law.sign() + " " + law.right()
                        + " " + counts())
                .orElseGet(() -> "demo: OK " + counts());
    }

    private List<Law> laws() {
        List<Law> laws = new ArrayList<>(conservation());
        laws.addAll(agreement());
        if (embedded) {
            laws.addAll(story());
        }
        return laws;
    }

    private List<Law> conservation() {
        EventCounts events = status.events();
        CommandCounts commands = status.commands();
        long taken = events.delivered().events()
                + events.dropped().events()
                + events.discarded().events()
                + events.queued().events();
        long decided = commands.sent() + commands.done() + commands.denied() + commands.rejected() + commands.failed();
        return List.of(
                Law.equal(
                        "received = delivered + dropped + discarded + queued",
                        events.received().events(),
                        taken),
                Law.equal("issued = sent + done + denied + rejected + failed", commands.issued(), decided));
    }

    private List<Law> agreement() {
        GatewayCounts.Frames frames = embedded ? gateway.chat().plus(gateway.feed()) : gateway.feed();
        List<ConnectionStatus> measured = status.connections().stream()
                .filter(connection -> embedded || connection.connection().equals("feed"))
                .toList();
        long received = measured.stream()
                .mapToLong(connection -> connection.events().received().events())
                .sum();
        long sent = measured.stream()
                .mapToLong(connection -> connection.commands().sent())
                .sum();
        return List.of(
                Law.equal("frames the gateway sent = texts received", frames.sent(), received),
                Law.equal("texts the gateway received = texts sent", frames.received(), sent),
                Law.equal(
                        "texts missing in gaps = dropped",
                        missed,
                        status.events().dropped().events()));
    }

    private List<Law> story() {
        long epoch = status.connections().stream()
                .filter(connection -> connection.connection().equals("gateway"))
                .mapToLong(ConnectionStatus::epoch)
                .sum();
        return List.of(
                Law.equal("no rule of the gateway's was broken", gateway.violations(), 0),
                Law.atLeast("a text was dropped", missed, 1),
                Law.atLeast("a command was denied", status.commands().denied(), 1),
                Law.equal("one connection was denied", denied, 1),
                Law.atLeast("the gateway was connected again", epoch, 2));
    }

    private String counts() {
        EventCounts events = status.events();
        CommandCounts commands = status.commands();
        return "received=" + events.received().events() + " delivered="
                + events.delivered().events() + " dropped=" + events.dropped().events() + " discarded="
                + events.discarded().events() + " queued=" + events.queued().events() + " issued=" + commands.issued()
                + " sent=" + commands.sent() + " done=" + commands.done() + " denied=" + commands.denied()
                + " rejected=" + commands.rejected() + " failed=" + commands.failed();
    }
}
