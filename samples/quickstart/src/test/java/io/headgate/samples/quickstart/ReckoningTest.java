package io.headgate.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.Rule;
import io.headgate.host.command.CommandCounts;
import io.headgate.host.command.TokenWait;
import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.diagnostics.ServiceState;
import io.headgate.host.exchange.ExchangeCounts;
import io.headgate.host.ingress.ControlCounts;
import io.headgate.host.ingress.DropReason;
import io.headgate.host.ingress.EventCounts;
import io.headgate.host.ingress.Held;
import io.headgate.host.ingress.OverflowPolicy;
import io.headgate.host.ingress.Tally;
import io.headgate.host.service.ConnectionStatus;
import io.headgate.host.service.FrameCounts;
import io.headgate.host.service.HoldStatus;
import io.headgate.host.service.LifeStatus;
import io.headgate.host.service.PingStatus;
import io.headgate.host.service.PluginCounts;
import io.headgate.host.service.QueueBound;
import io.headgate.host.service.ServiceStatus;
import io.headgate.host.transport.Unread;
import io.headgate.samples.quickstart.GatewayCounts.Frames;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A demo that could not fail would show nothing: each law is broken once. */
final class ReckoningTest {

    private static final EventCounts EVENTS = events(10, 7, 3);
    private static final Map<Rule, Long> DENIED = Map.of(Rule.SEND_NOT_GRANTED, 1L);
    private static final CommandCounts COMMANDS = new CommandCounts(8, 5, 2, 1, 0, 0, 0, 50, DENIED);
    private static final GatewayCounts GATEWAY = new GatewayCounts(new Frames(10, 5), new Frames(0, 0), 2, 3, 0, 0);

    private static EventCounts events(long received, long delivered, long dropped) {
        return new EventCounts(
                new Tally(received, 0),
                new Tally(delivered, 0),
                Map.of(DropReason.QUEUE_EVENTS, new Tally(dropped, 0)),
                Map.of(),
                Tally.ZERO,
                ControlCounts.ZERO,
                0);
    }

    private static ServiceStatus status(EventCounts events, CommandCounts commands, long epoch) {
        ConnectionStatus gateway = new ConnectionStatus(
                "gateway",
                ConnectionState.STOPPED,
                0,
                epoch,
                epoch,
                0,
                0,
                "",
                new FrameCounts(0, 0, 0, 0, 0),
                new PingStatus(0, 0, 0),
                new HoldStatus(new Held(0, 0), Unread.NOTHING),
                new TokenWait(0, 0),
                events,
                commands);
        return new ServiceStatus(
                "p",
                "s",
                new LifeStatus(ServiceState.STOPPED, 0, 1, 0, 0, "", Optional.empty()),
                Optional.empty(),
                new QueueBound(1024, 8 << 20, OverflowPolicy.DROP_NEWEST),
                events,
                commands,
                new PluginCounts(0, 0, 0),
                ExchangeCounts.ZERO,
                List.of(gateway));
    }

    private static Reckoning of(EventCounts events, CommandCounts commands, GatewayCounts gateway, long missed) {
        return new Reckoning(status(events, commands, 2), 1, gateway, missed, true);
    }

    private static void assertFails(Reckoning reckoning, String law) {
        assertThat(reckoning.holds()).isFalse();
        assertThat(reckoning.line()).startsWith("demo: FAILED " + law + " received=");
    }

    @Test
    void countsThatAgreeAreOk() {
        Reckoning reckoning = of(EVENTS, COMMANDS, GATEWAY, 3);
        assertThat(reckoning.holds()).isTrue();
        assertThat(reckoning.line())
                .isEqualTo("demo: OK received=10 delivered=7 dropped=3 discarded=0 queued=0"
                        + " issued=8 sent=5 done=2 denied=1 rejected=0 failed=0");
    }

    @Test
    void aLostTextOrCommandFails() {
        assertFails(
                of(events(10, 6, 3), COMMANDS, GATEWAY, 3),
                "received = delivered + dropped + discarded + queued: 10 ≠ 9");
        assertFails(
                of(EVENTS, new CommandCounts(9, 5, 2, 1, 0, 0, 0, 0, DENIED), GATEWAY, 3),
                "issued = sent + done + denied + rejected + failed: 9 ≠ 8");
    }

    @Test
    void aGatewayThatCountedOtherwiseFails() {
        assertFails(
                of(EVENTS, COMMANDS, new GatewayCounts(new Frames(10, 5), new Frames(1, 0), 2, 3, 0, 0), 3),
                "frames the gateway sent = texts received: 11 ≠ 10");
        assertFails(
                of(EVENTS, COMMANDS, new GatewayCounts(new Frames(10, 4), new Frames(0, 0), 2, 3, 0, 0), 3),
                "texts the gateway received = texts sent: 4 ≠ 5");
        assertFails(of(EVENTS, COMMANDS, GATEWAY, 2), "texts missing in gaps = dropped: 2 ≠ 3");
    }

    @Test
    void aStoryThatDidNotHappenFails() {
        assertFails(
                of(EVENTS, COMMANDS, new GatewayCounts(new Frames(10, 5), new Frames(0, 0), 2, 3, 0, 1), 3),
                "no rule of the gateway's was broken: 1 ≠ 0");
        assertFails(of(events(10, 10, 0), COMMANDS, GATEWAY, 0), "a text was dropped: 0 < 1");
        assertFails(
                of(EVENTS, new CommandCounts(7, 5, 2, 0, 0, 0, 0, 0, Map.of()), GATEWAY, 3),
                "a command was denied: 0 < 1");
        assertFails(
                new Reckoning(status(EVENTS, COMMANDS, 2), 0, GATEWAY, 3, true), "one connection was denied: 0 ≠ 1");
        assertFails(
                new Reckoning(status(EVENTS, COMMANDS, 1), 1, GATEWAY, 3, true),
                "the gateway was connected again: 1 < 2");
    }

    @Test
    void anotherGatewayOwesNoStory() {
        GatewayCounts feedOnly = new GatewayCounts(new Frames(0, 0), new Frames(0, 0), 0, 0, 0, 0);
        assertThat(new Reckoning(status(EVENTS, COMMANDS, 1), 1, feedOnly, 3, false).holds())
                .isTrue();
    }
}
