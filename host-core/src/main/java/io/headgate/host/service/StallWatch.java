package io.headgate.host.service;

import io.headgate.host.diagnostics.ServiceState;
import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Finds a plugin that does not take its events: it has not subscribed, it blocks, its answer to an event does not end, or it
 * asks for nothing while events wait. Looks ten times within the bound, on the host's timer.
 */
final class StallWatch {

    private static final int LOOKS = 10;

    private final ServiceLife life;
    private final Supplier<Hand> hand;
    private final IntSupplier waiting;
    private final LongSupplier undecided;
    private final Duration bound;

    StallWatch(ServiceLife life, Supplier<Hand> hand, IntSupplier waiting, LongSupplier undecided, Duration bound) {
        this.life = life;
        this.hand = hand;
        this.waiting = waiting;
        this.undecided = undecided;
        this.bound = bound;
    }

    /** Watches until it is cancelled. */
    Mono<Void> on(Scheduler timer) {
        Duration pause = Duration.ofMillis(Math.max(1, bound.toMillis() / LOOKS));
        return Flux.interval(pause, timer).doOnNext(look -> look()).then();
    }

    private void look() {
        Hand now = hand.get();
        if (now.idleMillis() >= bound.toMillis() && isWaitedFor(now)) {
            life.enter(ServiceState.STALLED, described(now));
        } else if (life.state() == ServiceState.STALLED) {
            life.enter(ServiceState.RUNNING, "the plugin takes events again");
        }
    }

    private boolean isWaitedFor(Hand now) {
        return !now.hasSubscribed() || now.event().isPresent() || waiting.getAsInt() > 0;
    }

    private String described(Hand now) {
        String since = " for " + now.idleMillis() + " ms" + undecidedCommands();
        if (!now.hasSubscribed()) {
            return "the plugin has not subscribed to its events" + since;
        }
        return now.event()
                .map(held -> "the plugin has event " + held.event() + " in hand" + since)
                .orElse("events wait and the plugin has asked for none" + since);
    }

    /** It may be a peer that takes nothing, and not the plugin, that is waited for. */
    private String undecidedCommands() {
        long commands = undecided.getAsLong();
        return commands == 0
                ? "; look at its thread, or restart the host"
                : "; " + commands + " of its commands are undecided: look at its connections, and at its thread";
    }
}
