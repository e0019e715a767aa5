package io.headgate.host.pipeline;

import io.headgate.host.authority.AddressPolicy;
import io.headgate.host.authority.DialTerms;
import io.headgate.host.authority.LivenessSettings;
import io.headgate.host.authority.Target;
import io.headgate.host.ingress.Held;
import io.headgate.host.transport.ConnectionSpec;
import io.headgate.host.transport.DialTimeouts;
import io.headgate.host.transport.Frame;
import io.headgate.host.transport.Wire;
import io.headgate.host.transport.test.InMemoryDriver;
import io.headgate.host.transport.test.InMemoryPeer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** One open session in virtual time, with its liveness, and how it ended. */
final class WatchedSession implements PingListener, AutoCloseable {

    static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(60);

    final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    final JumpingClock clock = new JumpingClock(time);
    final InMemoryPeer peer;
    final List<Frame> frames = new ArrayList<>();
    final List<Long> roundTrips = new ArrayList<>();
    int pinged;
    Held held;

    @Nullable
    Throwable failed;
    /** In milliseconds since it was opened; -1 while it goes on. */
    long endedAt = -1;

    private final int most;
    private @Nullable Wire wire;
    private final BaseSubscriber<Void> life = new BaseSubscriber<>() {};

    WatchedSession(LivenessSettings settings) {
        this(settings, Integer.MAX_VALUE);
    }

    /** Whose reader takes so many frames, and asks for no more. */
    WatchedSession(LivenessSettings settings, int most) {
        this(settings, most, new Held(0, 0));
    }

    /** Whose connection was held before. */
    WatchedSession(LivenessSettings settings, Held before) {
        this(settings, Integer.MAX_VALUE, before);
    }

    private WatchedSession(LivenessSettings settings, int most, Held before) {
        this.held = before;
        this.most = most;
        InMemoryDriver driver = InMemoryDriver.on(time);
        ConnectionSpec spec = new ConnectionSpec(
                "test/service",
                "chat",
                Target.parse("wss://chat.example.com/"),
                DialTerms.of(AddressPolicy.PUBLIC),
                1024,
                DialTimeouts.defaults(),
                CLOSE_TIMEOUT);
        driver.connect(spec, session -> {
                    wire = session.wire();
                    return session.frames()
                            .transform(new Liveness(session, settings, () -> held, clock, this))
                            .as(this::read);
                })
                .onErrorComplete()
                .subscribe(life);
        this.peer = driver.peer("chat").accept();
        time.advanceTime();
    }

    private Mono<Void> read(Flux<Frame> watched) {
        Flux<Frame> noted = watched.doOnNext(frames::add)
                .doOnError(error -> failed = error)
                .doOnTerminate(() -> endedAt = time.now(TimeUnit.MILLISECONDS));
        return most == Integer.MAX_VALUE
                ? noted.then()
                : noted.concatMap(frame -> frames.size() < most ? Mono.empty() : Mono.never(), 0)
                        .then();
    }

    WatchedSession after(Duration duration) {
        time.advanceTimeBy(duration);
        return this;
    }

    WatchedSession seconds(long seconds) {
        return after(Duration.ofSeconds(seconds));
    }

    /** The host closes. */
    WatchedSession closing() {
        Wire open = Objects.requireNonNull(wire);
        open.execute(() -> open.close(1000, ""));
        return this;
    }

    boolean isOver() {
        return endedAt >= 0;
    }

    @Override
    public void pinged() {
        pinged++;
    }

    @Override
    public void answered(long roundTripNanos) {
        roundTrips.add(roundTripNanos);
    }

    @Override
    public void close() {
        life.cancel();
        time.dispose();
    }
}
