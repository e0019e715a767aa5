package io.headgate.host.ws.broker;

import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The heart-beats of a plugin's sessions, both ways (STOMP 1.2, "Heart-beating"). A session on which the broker has said
 * nothing for two periods is closed. Only used by the plugin's worker.
 */
final class Pulse {

    /** What the plugin closes a silent session with. */
    static final int SILENT = 4000;

    private final Duration period;
    private final Scheduler clock;
    private IngressEvent.@Nullable Opened session;
    private boolean connected;
    private long heardAt;

    Pulse(Duration period, Scheduler clock) {
        this.period = period;
        this.clock = clock;
    }

    /** Takes note of an event before it is answered. */
    void heard(IngressEvent event) {
        if (event instanceof IngressEvent.Opened opened) {
            session = opened;
            connected = false;
        } else if (event instanceof IngressEvent.Closed || event instanceof IngressEvent.Failed) {
            session = null;
        } else if (event instanceof IngressEvent.Text text) {
            connected |= text.text().startsWith("CONNECTED");
        }
        heardAt = clock.now(TimeUnit.MILLISECONDS);
    }

    /** What is due once in a period: a heart-beat, or the end of the session. Nothing, and at once, without a period. */
    Flux<OutputCommand> beats() {
        return period.isZero()
                ? Flux.empty()
                : Flux.interval(period, clock).onBackpressureDrop().concatMap(tick -> due(), 1);
    }

    private Mono<OutputCommand> due() {
        IngressEvent.Opened open = session;
        if (open == null) {
            return Mono.empty();
        }
        long silentMillis = clock.now(TimeUnit.MILLISECONDS) - heardAt;
        if (silentMillis > period.multipliedBy(2).toMillis()) {
            session = null;
            return Mono.just(new OutputCommand.Close(
                    OutputCommand.HOST_ASSIGNED_ID, open.connection(), open.epoch(), SILENT, "no heart-beat"));
        }
        return connected ? Mono.just(open.send(Stomp.HEART_BEAT)) : Mono.empty();
    }
}
