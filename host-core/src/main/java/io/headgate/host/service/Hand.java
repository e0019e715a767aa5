package io.headgate.host.service;

import io.headgate.plugin.EventId;
import io.headgate.plugin.IngressEvent;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

/**
 * What one incarnation of a plugin has in hand: the event it was given last, until it has returned from it <em>and</em> has
 * asked for another. So a plugin that blocks and one whose answer never completes look alike.
 *
 * <p>It also catches what no subscriber may do: an error that Reactor does not turn into a signal, since it counts it as
 * fatal to the JVM (a {@code LinkageError}, a {@code StackOverflowError}), comes out of {@code onNext} here and breaks the
 * incarnation, instead of hanging it for ever. {@link GuardedOutput} and {@link IncarnationScheduler} do likewise.
 *
 * <p>Written by the worker, and by who requests; read by any thread.
 */
final class Hand {

    /** Not taking anything, and when that began; {@code event} is absent before the first. */
    private record Busy(@Nullable IngressEvent event, long sinceMillis) {

        /** Made for who asks only: it is not asked for at each event. */
        @Nullable
        EventId id() {
            return event == null ? null : event.id();
        }
    }

    private final Scheduler clock;
    private final AtomicReference<@Nullable Busy> busy;
    private final AtomicLong demand = new AtomicLong();
    private final AtomicBoolean watched = new AtomicBoolean();
    private final Consumer<Throwable> thrown;
    /** What was in hand when the plugin cancelled its events: with an answer that fails later, it is what failed. */
    private final AtomicReference<@Nullable EventId> abandoned = new AtomicReference<>();

    private volatile boolean subscribed;
    private volatile boolean running;

    Hand(Scheduler clock, Consumer<Throwable> thrown) {
        this.thrown = thrown;
        this.clock = clock;
        this.busy = new AtomicReference<>(new Busy(null, clock.now(TimeUnit.MILLISECONDS)));
    }

    /** Watches how the plugin takes its events. */
    Flux<IngressEvent> watch(Flux<IngressEvent> events, Runnable whenSubscribed) {
        // A second subscriber is refused by the lane, and is none of the plugin's taking.
        return events.transform(Operators.<IngressEvent, IngressEvent>lift(
                (source, plugin) -> watched.getAndSet(true) ? plugin : new Taker(plugin, whenSubscribed)));
    }

    boolean hasSubscribed() {
        return subscribed;
    }

    /** How long the plugin has not asked for an event, in milliseconds; 0 while it does. */
    long idleMillis() {
        Busy now = busy.get();
        return now == null ? 0 : Math.max(0, clock.now(TimeUnit.MILLISECONDS) - now.sinceMillis());
    }

    Optional<HeldEvent> event() {
        Busy now = busy.get();
        EventId id = now == null ? null : now.id();
        return now == null || id == null
                ? Optional.empty()
                : Optional.of(new HeldEvent(id, now.sinceMillis(), idleMillis()));
    }

    /** For the end of a sentence. */
    String named() {
        Optional<EventId> last = event().map(HeldEvent::event).or(() -> Optional.ofNullable(abandoned.get()));
        return last.map(event -> ", with event " + event + " in hand").orElse("");
    }

    private final class Taker implements CoreSubscriber<IngressEvent>, Subscription {

        private final CoreSubscriber<? super IngressEvent> plugin;
        private final Runnable whenSubscribed;
        private volatile boolean cancelled;
        private Subscription lane = Operators.emptySubscription();

        Taker(CoreSubscriber<? super IngressEvent> plugin, Runnable whenSubscribed) {
            this.plugin = plugin;
            this.whenSubscribed = whenSubscribed;
        }

        @Override
        public Context currentContext() {
            return plugin.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            lane = subscription;
            subscribed = true;
            whenSubscribed.run();
            plugin.onSubscribe(this);
        }

        @Override
        public void onNext(IngressEvent event) {
            demand.updateAndGet(left -> left == Long.MAX_VALUE ? left : left - 1);
            Busy taken = new Busy(event, clock.now(TimeUnit.MILLISECONDS));
            // In this order: who requests or cancels meanwhile must not take it for an event that has returned.
            running = true;
            busy.set(taken);
            try {
                plugin.onNext(event);
            } catch (Throwable fatal) {
                cancel();
                thrown.accept(fatal);
            } finally {
                running = false;
            }
            if (cancelled || demand.get() > 0) {
                busy.compareAndSet(taken, null);
            }
        }

        @Override
        public void request(long more) {
            // A request of nothing is the lane's to refuse.
            long open = demand.accumulateAndGet(Math.max(0, more), Operators::addCap);
            Busy before = busy.get();
            if (!running && open > 0) {
                busy.compareAndSet(before, null);
            }
            lane.request(more);
        }

        @Override
        public void cancel() {
            cancelled = true;
            Busy left = busy.get();
            abandoned.set(left == null ? null : left.id());
            if (!running) {
                busy.set(null);
            }
            lane.cancel();
        }

        @Override
        public void onError(Throwable error) {
            plugin.onError(error);
        }

        @Override
        public void onComplete() {
            busy.set(null);
            plugin.onComplete();
        }
    }
}
