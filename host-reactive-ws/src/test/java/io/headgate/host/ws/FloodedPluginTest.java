package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServiceContext;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Invariant 6: a peer that sends without end, and faster than the plugin takes it, over real sockets. */
final class FloodedPluginTest {

    private static final int BEATS = 20;
    private static final long TAKES_NANOS = 500_000;

    private final Sinks.Empty<Void> ended = Sinks.empty();
    private final AtomicBoolean flooded = new AtomicBoolean();
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger taken = new AtomicInteger();
    private final CountDownLatch told = new CountDownLatch(BEATS);

    /** A heart that beats by the clock it is lent, and wants to know of each beat what became of it. */
    private Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext context) {
        Flux<OutputCommand> slow =
                events.doOnNext(this::take).doOnTerminate(ended::tryEmitEmpty).thenMany(Flux.empty());
        Flux<OutputCommand> beats = Flux.interval(Duration.ofMillis(5), context.scheduler())
                .onBackpressureDrop()
                .filter(beat -> flooded.get())
                .takeUntilOther(ended.asMono())
                .map(beat -> OutputCommand.sendText("c", "beat " + beat));
        Mono<OutputCommand> outcomes =
                context.outcomes().doOnNext(outcome -> told.countDown()).then(Mono.empty());
        return Flux.merge(slow, beats, outcomes);
    }

    private void take(IngressEvent event) {
        taken.incrementAndGet();
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < TAKES_NANOS) {
            Thread.onSpinWait();
        }
    }

    @AfterEach
    void end() {
        over.set(true);
    }

    @Test
    @DisplayName("its timers run and its outcomes come while the flood lasts")
    void timersAndOutcomes() throws InterruptedException {
        try (OneConnection connection = new OneConnection(this::handle, "limits: {queue-events: 1024}")) {
            Thread flood = new Thread(() -> flood(connection.peer()), "flood");
            flood.start();
            try {
                OneConnection.await(() -> connection.status().events().dropped().events() > 0);
                flooded.set(true);
                assertThat(told.await(OneConnection.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .as("told of %s beats, behind %s events", BEATS - told.getCount(), taken)
                        .isTrue();
            } finally {
                over.set(true);
                flood.join();
            }
        }
    }

    private void flood(NettyPeer peer) {
        while (!over.get()) {
            if (peer.isWritable()) {
                peer.text("again");
            } else {
                LockSupport.parkNanos(TAKES_NANOS);
            }
        }
    }
}
