package io.headgate.host.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.plugin.CommandOutcome.Result;
import io.headgate.plugin.Health;
import io.headgate.plugin.OutputCommand;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Invariants 1, 2 and 5, for any script of commands, dials, closes, stalls, revocations and ends: issued is the sum of the
 * outcomes after every step, and at the end what was sent is what the peers received.
 */
final class CommandConservationTest {

    private static final Map<Result, Long> TOTALS = new EnumMap<>(Result.class);
    private static int scripts;

    /** A step with a name, so that a failing script can be read. */
    record Step(String name, Consumer<CommandScript> action) {
        @Override
        public String toString() {
            return name;
        }
    }

    @Property(tries = 1_500)
    void every_command_has_one_outcome_and_what_is_sent_is_what_arrives(@ForAll("steps") List<Step> steps) {
        try (CommandScript script = new CommandScript()) {
            script.play(start -> start.dialled("chat", start::accept));
            steps.forEach(step -> script.play(step.action()));
            script.settle().forEach((result, count) -> TOTALS.merge(result, count, Long::sum));
            scripts++;
        }
    }

    /** The totals are printed, and show that no kind of end was left out. */
    @AfterContainer
    static void totals() {
        long commands = TOTALS.values().stream().mapToLong(Long::longValue).sum();
        System.out.println("commands: scripts=" + scripts + ", reconciled=" + commands + " " + TOTALS);
        assertThat(TOTALS).containsOnlyKeys(Result.values());
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Arbitraries.frequencyOf(
                        Tuple.of(12, sends("chat")),
                        Tuple.of(4, anyCommand()),
                        Tuple.of(3, Arbitraries.of(dial("chat"), dial("feed"), dial("shard"))),
                        Tuple.of(5, accepting()),
                        Tuple.of(4, peers()),
                        Tuple.of(2, hosts()),
                        Tuple.of(1, ends()))
                .list()
                .ofMinSize(5)
                .ofMaxSize(60);
    }

    private static Step step(String name, Consumer<CommandScript> action) {
        return new Step(name, action);
    }

    /** A burst of texts, some of them confirmed, under ids of their own, of the host's, or one that is used again. */
    private static Arbitrary<Step> sends(String connection) {
        return Combinators.combine(Arbitraries.integers().between(1, 12), Arbitraries.of("own", "", "again"))
                .as((burst, id) -> step("send " + burst + " " + id + " to " + connection, script -> {
                    for (int n = 0; n < burst; n++) {
                        String text = script.nextText();
                        OutputCommand.SendText send = OutputCommand.sendText(connection, text);
                        OutputCommand.SendText asked = n % 2 == 0 && id.equals("own") ? send.confirmed() : send;
                        script.issue(asked.withId(id.equals("own") ? CommandScript.OWN_ID + text : id));
                    }
                }));
    }

    private static Arbitrary<Step> anyCommand() {
        Arbitrary<String> connections =
                Arbitraries.of("chat", "chat", "feed", "vault", "shard", "nowhere", "no\nname", "");
        Arbitrary<String> ids = Arbitraries.of("", "again", "bad\nid", "#1", " ", "x".repeat(65), "\ud800");
        Arbitrary<Integer> epochs = Arbitraries.of(0, 0, 1, 2, -1, 99, -7);
        return Combinators.combine(
                        connections, ids, epochs, Arbitraries.integers().between(0, 9))
                .as((connection, id, epoch, kind) -> step(
                        "command " + kind + " for " + connection.strip() + "/" + epoch,
                        script -> script.issue(command(script, kind, id, connection, epoch))));
    }

    private static OutputCommand command(CommandScript script, int kind, String id, String connection, long epoch) {
        long named = epoch == 99 ? script.epoch(connection.isEmpty() ? "nowhere" : connection) : epoch;
        return switch (kind) {
            case 0 -> new OutputCommand.Close(id, connection, named, 4000, "done");
            case 1 -> new OutputCommand.Close(id, connection, named, 1005, "");
            case 2 -> new OutputCommand.Close(id, connection, named, 1000, "é".repeat(62));
            case 3 -> new OutputCommand.Reconnect(id, connection, named);
            case 4 -> new OutputCommand.Open(id, connection, named, "wss://one.shards.example.com/x");
            case 5 -> new OutputCommand.Open(id, connection, named, "wss://\ud800");
            case 6 -> new OutputCommand.SendText(id, connection, named, "\udc00");
            case 7 -> new OutputCommand.SendText(id, connection, named, "x".repeat(65));
            case 8 -> OutputCommand.reportStatus(Health.OK, "fine").withId(id);
            default -> new OutputCommand.SendText(id, connection, named, script.nextText());
        };
    }

    private static Step dial(String connection) {
        return step(
                "dial " + connection,
                script -> script.issue(
                        connection.equals("shard")
                                ? OutputCommand.open(connection, "wss://two.shards.example.com/")
                                : OutputCommand.reconnect(connection)));
    }

    private static Arbitrary<String> dialled() {
        return Arbitraries.of("chat", "chat", "chat", "feed", "shard");
    }

    private static Arbitrary<Step> accepting() {
        return dialled()
                .map(connection -> step("accept " + connection, script -> script.dialled(connection, script::accept)));
    }

    private static Arbitrary<Step> peers() {
        return Combinators.combine(dialled(), Arbitraries.integers().between(0, 9))
                .as((connection, action) -> step("peer " + action + " of " + connection, script -> {
                    switch (action) {
                        case 0 -> script.dialled(connection, peer -> peer.refuse(403));
                        case 1 -> script.peer(connection, peer -> peer.close(4001, "bye"));
                        case 2 -> script.peer(connection, peer -> peer.breakConnection("cut"));
                        case 3 -> script.peer(connection, peer -> peer.end());
                        case 4 -> script.peer(connection, peer -> peer.ignoreClose());
                        case 5 -> script.peer(connection, script::stall);
                        case 6, 7 -> script.peer(connection, script::lag);
                        default -> script.peer(connection, script::resume);
                    }
                }));
    }

    private static Arbitrary<Step> hosts() {
        return Arbitraries.of(
                step("a second passes", script -> script.pass(Duration.ofSeconds(1))),
                step("a minute passes", script -> script.pass(Duration.ofMinutes(1))),
                step("revoke", CommandScript::revoke),
                step("grant", CommandScript::grant));
    }

    private static Arbitrary<Step> ends() {
        // Most scripts go on to their end: an early one makes the rest of a script idle.
        return Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.just(step("grant", CommandScript::grant))),
                Tuple.of(1, Arbitraries.just(step("the plugin ends", CommandScript::pluginEnds))),
                Tuple.of(1, Arbitraries.just(step("the plugin fails", CommandScript::pluginFails))),
                Tuple.of(1, Arbitraries.just(step("stop", script -> script.hostStops(Duration.ofSeconds(2))))));
    }
}
