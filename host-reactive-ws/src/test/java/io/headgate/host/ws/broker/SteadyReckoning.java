package io.headgate.host.ws.broker;

import static io.headgate.host.ws.broker.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.command.CommandCounts;
import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.ingress.Tally;
import io.headgate.host.service.ConnectionStatus;
import io.headgate.host.service.ServiceStatus;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reconciles what the host, a {@link SteadyBridge} and the broker counted over several sessions. Each message that was
 * published is copied at least once. What is in hand when a session ends, {@link SteadyRun#PREFETCH} messages at most, is
 * handed out again, and may be copied twice.
 *
 * @param run what ran
 * @param breaks how many sessions ended with messages in hand since the last reckoning
 * @param last the last reckoning
 */
record SteadyReckoning(SteadyRun run, int breaks, Reckoned last) {

    private static final QueueDepth DRAINED = new QueueDepth(0, 0, 1);

    /** The only one of its run. */
    SteadyReckoning(SteadyRun run, int breaks) {
        this(run, breaks, Reckoned.NOTHING);
    }

    /** Of a broker that went on counting: all is exact but for what was in hand. */
    void oneLife(String scenario) throws IOException {
        long copies = settled();
        BrokerTotals counted = run.counted();
        print(scenario, counted, copies);

        int published = run.published();
        long inHand = (long) breaks * SteadyRun.PREFETCH;
        assertThat(counted.received()).isEqualTo(published + copies);
        assertThat(counted.acknowledged()).isEqualTo(published);
        assertThat(counted.redelivered()).isBetween(0L, inHand);
        // A message that is on its way through the broker when its session ends is not counted as delivered.
        assertThat(counted.delivered() - counted.redelivered()).isBetween(published - inHand, (long) published);
        assertThat(counted.delivered() - messages()).isBetween(0L, inHand);
        assertThat(copies - published).isBetween(0L, counted.redelivered());
        agree(copies);
    }

    /**
     * Of a broker that was stopped in order and started again, which begins to count anew.
     *
     * @param first the first life's counts at a look before its end
     * @param epoch the first session of the second life
     */
    void restarted(String scenario, BrokerTotals first, long epoch) throws IOException {
        long copies = settled();
        BrokerTotals second = run.broker().totals();
        print(scenario, first.plus(second), copies);

        secondLifeAgrees(first, second, epoch);
        Reckoned all = Reckoned.of(run).since(last);
        long inHand = (long) breaks * SteadyRun.PREFETCH;
        assertThat(all.messages() - all.published()).isBetween(0L, Math.min(inHand, second.redelivered()));
        assertThat(copies).isBetween((long) all.published(), all.messages());
        agree(copies);
    }

    /**
     * Of a broker that was killed and started again. It may hand out again what it had been told is acknowledged; and what
     * it had confirmed is its own to keep: a message is copied where a copy is there, or was confirmed.
     *
     * @param first the first life's counts at a look before its end
     * @param epoch the first session of the second life
     */
    void killed(String scenario, BrokerTotals first, long epoch) throws IOException {
        long copies = settled();
        BrokerTotals second = run.broker().totals();
        Set<String> confirmed = run.bridge().seen().confirmedBefore(epoch);
        long newCopies = run.bridge().sent().framesSince(epoch, "SEND");
        print(
                scenario + ", kept=" + (copies - newCopies) + " of confirmed=" + confirmed.size(),
                first.plus(second),
                copies);

        secondLifeAgrees(first, second, epoch);
        assertThat(messages() - run.published()).isBetween(0L, second.redelivered());
        assertThat(copies).isBetween(newCopies, messages());
        hostAgrees();
        Set<String> copied = consumed(copies);
        copied.addAll(confirmed);
        assertThat(copied).isEqualTo(Set.copyOf(Messages.bodies(0, run.published())));
    }

    /** All of the second life is exact: its session did not end. */
    private void secondLifeAgrees(BrokerTotals first, BrokerTotals second, long epoch) {
        SentCommands sent = run.bridge().sent();
        long again = run.bridge().seen().messagesSince(epoch).size();
        assertThat(second.delivered()).isEqualTo(again);
        assertThat(second.acknowledged()).isEqualTo(again);
        assertThat(second.received()).isEqualTo(run.publishedInThisLife() + sent.framesSince(epoch, "SEND"));
        assertThat(second.confirmed()).isEqualTo(second.received());
        assertThat(first.delivered()).isLessThanOrEqualTo(messages() - again + SteadyRun.PREFETCH);
        assertThat(first.acknowledged()).isLessThanOrEqualTo(sent.frames("ACK") - sent.framesSince(epoch, "ACK"));
    }

    /** Waits until the broker has nothing left to hand out, and gives how many copies it has. */
    private long settled() {
        HostedBridge bridge = run.bridge();
        assertThat(eventually(() -> run.broker().depth(bridge.from()), DRAINED::equals))
                .isEqualTo(DRAINED);
        eventually(bridge::status, status -> status.commands().inFlight() == 0);
        return run.broker().depth(bridge.to()).ready();
    }

    private void agree(long copies) throws IOException {
        hostAgrees();
        Reckoned all = Reckoned.of(run).since(last);
        assertThat(copies).isBetween(all.confirmed(), all.sends());
        assertThat(consumed(copies)).isEqualTo(Set.copyOf(Messages.bodies(last.published(), all.published())));
    }

    private Set<String> consumed(long copies) throws IOException {
        try (StompPublisher other = StompPublisher.connect(run.broker())) {
            return new HashSet<>(other.consume("/queue/" + run.bridge().to(), Math.toIntExact(copies)));
        }
    }

    /**
     * What the plugin saw is what the host delivered, and what it asked for is what the host was issued: at a moment between
     * two heart-beats, which go on meanwhile.
     */
    private void hostAgrees() {
        Look look = eventually(this::look, Look::agrees);
        ServiceStatus status = look.status();
        ConnectionStatus connection = status.connections().get(0);
        assertThat(status.events().conserved()).as("%s", status.events()).isTrue();
        assertThat(status.events().dropped()).isEqualTo(Tally.ZERO);
        assertThat(status.events().delivered().events()).isEqualTo(look.texts());
        assertThat(status.commands().conserved()).as("%s", status.commands()).isTrue();
        assertThat(status.commands().issued()).isEqualTo(look.commands().size());
        assertThat(status.commands().done())
                .isEqualTo(look.commands().size() - look.count(OutputCommand.SendText.class));
        assertThat(connection.state()).isEqualTo(ConnectionState.OPEN);
        assertThat(connection.epoch()).isEqualTo(run.bridge().seen().subscriptions());
        redialsAgree(connection, look);
    }

    /** One dial for each end, at the plugin's request or by the host itself; the plugin was told of each. */
    private void redialsAgree(ConnectionStatus connection, Look look) {
        SeenEvents seen = run.bridge().seen();
        long redials = connection.attempts() - 1;
        boolean isManual = run.bridge().terms().isManual();
        assertThat(redials).isEqualTo(seen.ends());
        assertThat(look.count(OutputCommand.Reconnect.class)).isEqualTo(isManual ? redials : 0);
        // A Retrying that waits for a slow plugin gives way to the next one, and that is counted.
        long retries = seen.of(IngressEvent.Retrying.class).size();
        assertThat(retries)
                .isBetween(
                        isManual ? 0 : redials - connection.events().controls().replaced(), isManual ? 0 : redials);
    }

    private Look look() {
        HostedBridge bridge = run.bridge();
        return new Look(bridge.status(), bridge.seen().texts(), bridge.sent().all());
    }

    /** Host and plugin, one right after the other. */
    private record Look(ServiceStatus status, long texts, List<OutputCommand> commands) {

        boolean agrees() {
            return status.events().delivered().events() == texts
                    && status.commands().issued() == commands.size();
        }

        long count(Class<? extends OutputCommand> kind) {
            return commands.stream().filter(kind::isInstance).count();
        }
    }

    private void print(String scenario, BrokerTotals counted, long copies) {
        HostedBridge bridge = run.bridge();
        CommandCounts commands = bridge.status().commands();
        System.out.println(scenario + ": published=" + run.published()
                + " delivered=" + counted.delivered()
                + " redelivered=" + counted.redelivered()
                + " acknowledged=" + counted.acknowledged()
                + ", host: sessions=" + bridge.connection().epoch()
                + " dials=" + bridge.connection().attempts()
                + " sent=" + commands.sent()
                + " rejected=" + commands.rejected()
                + " failed=" + commands.failed()
                + ", plugin: messages=" + messages()
                + " heart-beats=" + bridge.seen().heartBeats() + "/"
                + bridge.sent().heartBeats()
                + ", in /queue/" + bridge.to() + "=" + copies
                + " twice=" + (copies - (run.published() - last.published())));
    }

    private long messages() {
        return run.bridge().seen().count("MESSAGE");
    }
}
