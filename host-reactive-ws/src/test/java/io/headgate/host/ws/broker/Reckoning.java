package io.headgate.host.ws.broker;

import static io.headgate.host.ws.broker.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.command.CommandCounts;
import io.headgate.host.ingress.EventCounts;
import io.headgate.host.service.FrameCounts;
import io.headgate.host.service.ServiceStatus;
import io.headgate.plugin.IngressEvent;
import java.io.IOException;

/**
 * Reconciles what the host, the plugin and the broker counted where all went over one session, and nothing was lost outside
 * the host: each message that was published is answered once, in order, or within a Gap.
 *
 * @param bridge the host with a {@link StompBridge}
 * @param broker its peer
 * @param before what the broker had counted before the test
 */
record Reckoning(HostedBridge bridge, RabbitBroker broker, BrokerTotals before) {

    /** Each way, before the first message: CONNECT and CONNECTED, SUBSCRIBE and its RECEIPT. */
    static final int PREAMBLE = 2;
    /** The plugin's one, that it is subscribed. */
    private static final int REPORTS = 1;

    /** Waits until all is answered, reconciles, and prints a line of counts; gives the status at that moment. */
    ServiceStatus reconcile(String scenario, int published) throws IOException {
        ServiceStatus status = settled(published);
        int answered = bridge.seen().messages().size();
        BrokerTotals counted =
                eventually(() -> broker.totals().since(before), totals -> totals.received() == published + answered);
        QueueDepth copies = broker.depth(bridge.to());
        print(scenario, status, published, counted, copies);

        brokerAgrees(counted, published, answered);
        hostAgrees(status, published, answered);
        pluginAgrees(published, answered);
        assertThat(copies).isEqualTo(new QueueDepth(answered, 0, 0));
        assertThat(broker.depth(bridge.from())).isEqualTo(new QueueDepth(0, 0, 1));
        try (StompPublisher other = StompPublisher.connect(broker)) {
            assertThat(other.consume("/queue/" + bridge.to(), answered))
                    .isEqualTo(bridge.seen().messages());
        }
        return status;
    }

    /** How it is once all that was published is received, all that was received is seen, and all that was seen answered. */
    private ServiceStatus settled(int published) {
        eventually(bridge::status, status -> {
            EventCounts events = status.events();
            CommandCounts commands = status.commands();
            return events.received().events() == published + PREAMBLE
                    && events.delivered().events() + bridge.seen().missing() == published + PREAMBLE
                    && commands.issued() == bridge.seen().messages().size() + PREAMBLE + REPORTS
                    && commands.inFlight() == 0;
        });
        return bridge.status(); // not that of the last look, which may be older than what the plugin had seen by then
    }

    /** Only the publisher asks for receipts of its messages, and {@code ack:auto} acknowledges none. */
    private static void brokerAgrees(BrokerTotals counted, int published, int answered) {
        int both = published + answered;
        assertThat(counted).isEqualTo(new BrokerTotals(both, both, 0, published, published, 0, 0));
    }

    private void hostAgrees(ServiceStatus status, int published, int answered) {
        FrameCounts frames = status.connections().get(0).frames();
        EventCounts events = status.events();
        CommandCounts commands = status.commands();
        assertThat(frames.frames() - frames.pings() - frames.pongs()).isEqualTo(published + PREAMBLE);
        assertThat(events.received().events()).isEqualTo(published + PREAMBLE);
        assertThat(events.delivered().events()).isEqualTo(answered + PREAMBLE);
        assertThat(events.dropped().events()).isEqualTo(bridge.seen().missing());
        assertThat(events.gaps()).isEqualTo(bridge.seen().gaps().size());
        assertThat(commands.sent()).isEqualTo(answered + PREAMBLE);
        assertThat(commands.done()).isEqualTo(REPORTS);
        assertThat(commands.issued()).isEqualTo(answered + PREAMBLE + REPORTS);
    }

    private void pluginAgrees(int published, int answered) {
        assertThat(answered + bridge.seen().missing()).isEqualTo(published);
        assertThat(bridge.seen().messages()).isEqualTo(bridge.seen().messagesByCount(Messages::body));
        assertThat(bridge.seen().controls())
                .singleElement()
                .isInstanceOfSatisfying(
                        IngressEvent.Opened.class,
                        opened -> assertThat(opened.subprotocol()).isEqualTo("v12.stomp"));
    }

    private void print(String scenario, ServiceStatus status, int published, BrokerTotals counted, QueueDepth copies) {
        EventCounts events = status.events();
        System.out.println(scenario + ": published=" + published
                + " delivered=" + counted.delivered()
                + ", host: received=" + (events.received().events() - PREAMBLE)
                + " delivered=" + (events.delivered().events() - PREAMBLE)
                + " dropped=" + events.dropped().events()
                + ", plugin: messages=" + bridge.seen().messages().size()
                + " gaps=" + bridge.seen().gaps().size()
                + " missing=" + bridge.seen().missing()
                + ", answers: sent=" + (status.commands().sent() - PREAMBLE)
                + " in /queue/" + bridge.to() + "=" + copies.ready());
    }
}
