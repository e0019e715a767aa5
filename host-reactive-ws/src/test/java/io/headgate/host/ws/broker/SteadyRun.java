package io.headgate.host.ws.broker;

import static io.headgate.host.ws.broker.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.plugin.IngressEvent;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** A {@link SteadyBridge} in a host, and the messages that it is given. */
final class SteadyRun {

    /** How many messages the plugin has unacknowledged at most. */
    static final int PREFETCH = 50;

    private static final String PERIOD = "1000,1000";
    private static final int STREAM = 1000;
    private static final int UNDER_WAY = 200;

    private final RabbitBroker broker;
    private BrokerTotals before;
    private final HostedBridge bridge;
    private final AtomicBoolean dawdles;
    private int published;
    private int publishedBefore;

    private SteadyRun(RabbitBroker broker, HostedBridge bridge, BrokerTotals before, AtomicBoolean dawdles) {
        this.broker = broker;
        this.bridge = bridge;
        this.before = before;
        this.dawdles = dawdles;
    }

    /** Starts one that beats once a second, at what reaches the broker. */
    static SteadyRun start(RabbitBroker broker, URI target, String name) {
        return start(broker, target, name, BridgeTerms.BACKOFF, PERIOD);
    }

    /** Starts one of a plugin and a broker that never beat. */
    static SteadyRun startSilent(RabbitBroker broker, URI target, String name, BridgeTerms terms) {
        return start(broker, target, name, terms, "0,0");
    }

    private static SteadyRun start(RabbitBroker broker, URI target, String name, BridgeTerms terms, String heartBeat) {
        Map<String, String> settings =
                Map.of("heart-beat", heartBeat, "prefetch", Integer.toString(PREFETCH), "work", "PT0.002S");
        BrokerTotals before = broker.totals();
        AtomicBoolean dawdles = new AtomicBoolean();
        HostedBridge bridge = HostedBridge.start(new SteadyBridge(dawdles::get), target, name, 4096, terms, settings);
        return new SteadyRun(broker, bridge, before, dawdles);
    }

    HostedBridge bridge() {
        return bridge;
    }

    RabbitBroker broker() {
        return broker;
    }

    /** Has {@link #counted} begin here: the broker was started again, and what it has counted since was reckoned. */
    void countsAnew() {
        before = broker.totals();
    }

    /** What the broker has counted since the start; not once it was started again. */
    BrokerTotals counted() {
        return broker.totals().since(before);
    }

    int published() {
        return published;
    }

    /** To be called when the broker was ended: it is another life that the next messages are published in. */
    void brokerEnded() {
        publishedBefore = published;
        wasStruckUnderWay();
    }

    /** How many messages were published in the broker's present life. */
    int publishedInThisLife() {
        return published - publishedBefore;
    }

    /** Publishes the next messages; they are on the broker's disk. */
    void publish(int count) throws IOException {
        published += Messages.publishPersistent(broker, bridge.from(), published, count);
    }

    /** Publishes a thousand, of which a part is copied when this returns; the plugin dawdles over the rest until it was struck. */
    void stream() throws IOException {
        int enough = bridge.seen().messages().size() + UNDER_WAY;
        publish(STREAM);
        eventually(() -> bridge.seen().messages().size(), copied -> copied >= enough);
        dawdles.set(true);
    }

    /** A fault that struck when all was done would show nothing. */
    void wasStruckUnderWay() {
        assertThat(bridge.seen().messages().stream().distinct().count()).isLessThan(published);
        dawdles.set(false);
    }

    /**
     * Waits until a session was cut off. TCP was ended, or reset: a forwarder in between resets it when it goes away with
     * bytes of the host's in hand.
     */
    void wasCutOff(long epoch) {
        ended(epoch, "closed with 1006 by NOBODY", "TRANSPORT: the connection broke");
    }

    /**
     * Waits for the end of a session, or of a dial after it, which event, diagnostic and status tell with the reason.
     *
     * @param reasons how the reason begins, one or the other; what follows may depend on the platform
     */
    void ended(long epoch, String... reasons) {
        Predicate<String> isReason = told -> Arrays.stream(reasons).anyMatch(told::startsWith);
        assertThat(eventually(
                        () -> bridge.seen().ends(epoch), ends -> ends.stream().anyMatch(isReason)))
                .as("%s", bridge)
                .anyMatch(isReason);
        // The state is entered, and told, after the event of the end.
        assertThat(eventually(bridge::ends, ends -> ends.stream().anyMatch(isReason)))
                .anyMatch(isReason);
        assertThat(eventually(this::isLastErrorTold, Boolean::booleanValue)).isTrue();
        if (bridge.terms().isManual()) {
            assertThat(eventually(
                            () -> bridge.seen().reconnectsNeeded(epoch),
                            whys -> whys.stream().anyMatch(isReason)))
                    .anyMatch(isReason);
        } else {
            assertThat(eventually(() -> bridge.seen().retries(epoch), retries -> retries > 0))
                    .isPositive();
            assertThat(bridge.seen().of(IngressEvent.ReconnectNeeded.class)).isEmpty();
        }
    }

    private boolean isLastErrorTold() {
        String lastError = bridge.connection().lastError();
        return bridge.ends().stream().anyMatch(told -> bridge.terms().tells(told, lastError));
    }

    /** Waits until the connection is open again, at the plugin's request or by the host itself. */
    void isBack(int sessions) {
        bridge.subscribed(sessions);
        assertThat(bridge.connection().state()).as("%s", bridge).isEqualTo(ConnectionState.OPEN);
        assertThat(bridge.connection().epoch()).isGreaterThanOrEqualTo(sessions);
    }
}
