package io.headgate.host.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.command.CommandCounts;
import io.headgate.host.transport.test.InMemoryPeer;
import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.CommandOutcome.Result;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServiceContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** A host that a script is played on, and the books that are kept beside it. */
final class CommandScript implements AutoCloseable {

    /** How ids begin that are used once. */
    static final String OWN_ID = "id-";

    static final int WINDOW = 8;
    static final int MAILBOX = 5;

    private final Sinks.Many<OutputCommand> issuing = Sinks.many().unicast().onBackpressureBuffer();
    private final HostFixture fixture = new HostFixture(
            this::plugin,
            settings -> settings.withCommands(commands ->
                    commands.withUndecided(WINDOW).withMailbox(MAILBOX, 64).withOutcomes(10_000)));
    private final List<CommandOutcome> outcomes = fixture.outcomes;
    /** What the plugin itself was told: in order, as long as it lives. */
    private final List<CommandOutcome> told = new ArrayList<>();
    /** How often the plugin used an id of its own. */
    private final Map<String, Integer> uses = new HashMap<>();
    /** The texts that go by an id which is used once. */
    private final Map<String, String> textOf = new HashMap<>();

    private final Set<String> confirmed = new HashSet<>();
    private final List<String> confirmations = new ArrayList<>();
    private final Map<String, InMemoryPeer> sessions = new LinkedHashMap<>();
    private final Set<InMemoryPeer> answered = new HashSet<>();
    private final Set<InMemoryPeer> accepted = new HashSet<>();
    private final Set<InMemoryPeer> lagging = new HashSet<>();
    /** Who had taken how many texts when the authority was revoked; peers with writes under way left out. */
    private final Map<InMemoryPeer, Integer> takenAtRevocation = new HashMap<>();

    private int texts;

    CommandScript() {
        fixture.start();
        check();
    }

    private Flux<OutputCommand> plugin(Flux<IngressEvent> events, ServiceContext context) {
        context.outcomes().subscribe(told::add);
        return Flux.merge(events.doOnNext(this::note).thenMany(Flux.<OutputCommand>empty()), issuing.asFlux());
    }

    private void note(IngressEvent event) {
        if (event instanceof IngressEvent.CommandSent sent) {
            confirmations.add(sent.commandId());
        }
    }

    /** Plays one step, and looks at the books. */
    void play(Consumer<CommandScript> step) {
        step.accept(this);
        fixture.tick();
        sessions();
        check();
    }

    String nextText() {
        return "t" + ++texts;
    }

    long epoch(String connection) {
        return connection.startsWith("no") ? 0 : fixture.connection(connection).epoch();
    }

    void issue(OutputCommand command) {
        if (!command.id().isEmpty()) {
            uses.merge(command.id(), 1, Integer::sum);
        }
        if (command instanceof OutputCommand.SendText send && send.id().startsWith(OWN_ID)) {
            textOf.put(send.id(), send.text());
            if (send.confirm()) {
                confirmed.add(send.id());
            }
        }
        // The plugin may have ended: then nobody issues it.
        issuing.tryEmitNext(command);
    }

    void pluginEnds() {
        issuing.tryEmitComplete();
    }

    void pluginFails() {
        issuing.tryEmitError(new IllegalStateException("the script says so"));
    }

    void hostStops(Duration grace) {
        fixture.host.stop(grace).subscribe();
    }

    void revoke() {
        fixture.revoked = true;
        takenAtRevocation.clear();
        sessions.values().stream()
                .filter(peer -> !lagging.contains(peer))
                .forEach(peer -> takenAtRevocation.put(peer, peer.sent().size()));
    }

    void grant() {
        fixture.revoked = false;
        takenAtRevocation.clear();
    }

    void pass(Duration time) {
        fixture.after(time);
    }

    /** What the peer of the latest dial does, if it has not answered the dial yet. */
    void dialled(String connection, Consumer<InMemoryPeer> answer) {
        latest(connection).filter(peer -> answered.add(peer)).ifPresent(answer);
    }

    /** What the peer of the latest dial does, if it has accepted. */
    void peer(String connection, Consumer<InMemoryPeer> action) {
        latest(connection).filter(accepted::contains).ifPresent(action);
    }

    private Optional<InMemoryPeer> latest(String connection) {
        return fixture.driver.dials().stream()
                .filter(peer -> peer.spec().connection().equals(connection))
                .reduce((earlier, later) -> later)
                .filter(peer -> !peer.isGone());
    }

    void accept(InMemoryPeer peer) {
        accepted.add(peer);
        peer.accept();
    }

    void lag(InMemoryPeer peer) {
        if (fixture.revoked) {
            return;
        }
        lagging.add(peer);
        peer.lag();
    }

    void stall(InMemoryPeer peer) {
        if (!lagging.contains(peer)) {
            peer.stall();
        }
    }

    void resume(InMemoryPeer peer) {
        boolean handedOver = lagging.remove(peer);
        peer.resume();
        if (handedOver && fixture.revoked) {
            takenAtRevocation.put(peer, peer.sent().size());
        }
    }

    /** Notes which peer is at the other end of which session. */
    private void sessions() {
        for (String connection : List.of("chat", "feed", "shard")) {
            ConnectionStatus status = fixture.connection(connection);
            if (status.epoch() > 0) {
                sessions.computeIfAbsent(connection + "/" + status.epoch(), name -> opened(connection));
            }
        }
    }

    private InMemoryPeer opened(String connection) {
        InMemoryPeer peer = fixture.driver.peer(connection);
        if (fixture.revoked) {
            takenAtRevocation.put(peer, 0);
        }
        return peer;
    }

    private void check() {
        ServiceStatus status = fixture.status();
        CommandCounts sum = status.commands();
        assertThat(sum.conserved()).as("%s", sum).isTrue();
        assertThat(status.connections())
                .allMatch(connection -> connection.commands().conserved());
        assertThat(status.counts().outcomesLost()).isZero();
        assertThat((long) outcomes.size()).isEqualTo(sum.issued() - sum.inFlight());
        assertThat(told).isEqualTo(outcomes.subList(0, told.size()));
        assertThat(sum.inFlight()).isBetween(0L, (long) WINDOW);
        takenAtRevocation.forEach((peer, taken) ->
                assertThat(peer.sent()).as("sent while revoked").hasSize(taken));
        Map<String, Integer> decided = new HashMap<>();
        outcomes.forEach(outcome -> decided.merge(outcome.commandId(), 1, Integer::sum));
        decided.forEach((id, times) -> assertThat(times)
                .as("outcomes of %s", id)
                .isLessThanOrEqualTo(id.startsWith("#") ? 1 : uses.getOrDefault(id, 0)));
    }

    /** Stops the host, and reconciles: the ledger, the outcomes, and what the peers have received. */
    Map<Result, Long> settle() {
        play(script -> script.hostStops(Duration.ZERO));
        play(script -> script.pass(Duration.ofMinutes(1)));

        CommandCounts sum = fixture.status().commands();
        assertThat(sum.inFlight()).isZero();
        Map<Result, Long> byResult = new EnumMap<>(Result.class);
        outcomes.forEach(outcome -> byResult.merge(outcome.result(), 1L, Long::sum));
        assertThat(List.of(sum.sent(), sum.done(), sum.denied(), sum.rejected(), sum.failed()))
                .isEqualTo(List.of(Result.values()).stream()
                        .map(result -> byResult.getOrDefault(result, 0L))
                        .toList());
        int received = 0;
        for (Map.Entry<String, InMemoryPeer> session : sessions.entrySet()) {
            received += reconciled(session.getKey(), session.getValue());
        }
        assertThat(received).isEqualTo(Math.toIntExact(sum.sent()));
        assertThat(fixture.driver.dials().stream()
                        .mapToInt(peer -> peer.sent().size())
                        .sum())
                .isEqualTo(received);
        Set<String> confirmedAndSent = new HashSet<>(confirmed);
        confirmedAndSent.retainAll(outcomes.stream()
                .filter(outcome -> outcome.result() == Result.SENT)
                .map(CommandOutcome::commandId)
                .toList());
        assertThat(confirmations).as("confirmed once").doesNotHaveDuplicates();
        assertThat(confirmedAndSent).containsAll(confirmations);
        return byResult;
    }

    private int reconciled(String session, InMemoryPeer peer) {
        List<CommandOutcome> sent = outcomes.stream()
                .filter(outcome -> outcome.result() == Result.SENT)
                .filter(outcome -> (outcome.connection() + "/" + outcome.epoch()).equals(session))
                .toList();
        List<String> received = peer.sent();
        assertThat(received).as("what %s received", session).hasSameSizeAs(sent);
        for (int n = 0; n < received.size(); n++) {
            // Ids of the host's, and those used again, may stand for any text.
            assertThat(received.get(n))
                    .isEqualTo(textOf.getOrDefault(sent.get(n).commandId(), received.get(n)));
        }
        assertThat(received.stream()
                        .map(text -> Integer.parseInt(text.substring(1)))
                        .toList())
                .as("in command order")
                .isSorted()
                .doesNotHaveDuplicates();
        return received.size();
    }

    @Override
    public void close() {
        fixture.close();
    }
}
