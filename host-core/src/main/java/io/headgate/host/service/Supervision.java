package io.headgate.host.service;

import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.diagnostics.Printable;
import io.headgate.host.diagnostics.ServiceState;
import io.headgate.host.loading.PluginLoadException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Decides what follows an incarnation that has failed: another, after a backoff and once nothing of it runs, or none. */
final class Supervision {

    private final ServiceEnvironment service;
    private final ServiceLife life;
    private final Supplier<Incarnation> current;
    private final Mono<Void> free;
    private final Mono<Void> stopAsked;
    private final Restarts restarts;

    Supervision(
            ServiceEnvironment service,
            ServiceLife life,
            Supplier<Incarnation> current,
            Mono<Void> free,
            Mono<Void> stopAsked) {
        this.service = service;
        this.life = life;
        this.current = current;
        this.free = free;
        this.stopAsked = stopAsked;
        this.restarts = new Restarts(service.restart());
    }

    /** For the one chain of incarnations: completes where none follows. */
    Retry retry() {
        return Retry.from(this::supervised);
    }

    /** After each failure: whether another incarnation follows, once it may begin. */
    private Flux<Boolean> supervised(Flux<Retry.RetrySignal> failures) {
        return failures.concatMap(signal -> afterFailure(signal.failure()), 1).takeWhile(again -> again);
    }

    private Mono<Boolean> afterFailure(Throwable error) {
        Incarnation failed = current.get();
        if (error instanceof PluginLoadException unloadable) {
            life.failed("the plugin was not loaded: " + unloadable.getMessage(), "a restart would change nothing");
            return Mono.just(false);
        }
        String failure = "the plugin's output failed: " + Printable.error(error)
                + failed.hand().named();
        Optional<Duration> wait = restarts.next(failed.lasted());
        boolean told = wait.map(pause -> life.restarting(
                        failure,
                        restarts.named() + " in " + pause.toMillis() + " ms",
                        service.now() + pause.toMillis()))
                .orElseGet(() -> life.failed(failure, "no restart is left"));
        if (!told) {
            service.report(at -> new Diagnostic.PluginFault(at, service.name(), failure + ", while the service stops"));
        }
        if (!told || wait.isEmpty()) {
            return Mono.just(false);
        }
        Mono<Void> due = Mono.delay(wait.get(), service.timer()).then(Mono.defer(() -> lastOf(failed)));
        return Mono.firstWithSignal(due, stopAsked)
                .then(Mono.fromSupplier(() -> life.state() != ServiceState.STOPPING));
    }

    /** Waits until nothing of an incarnation that has ended runs any more. */
    private Mono<Void> lastOf(Incarnation failed) {
        Mono<Void> late = Mono.delay(service.settings().closeTimeout(), service.timer())
                .doOnNext(waited -> life.enter(
                        ServiceState.ZOMBIE,
                        "code of incarnation " + failed.number() + " has not returned"
                                + failed.hand().named() + "; the next one waits for it"))
                .then(Mono.never());
        return Mono.firstWithSignal(free, late);
    }
}
