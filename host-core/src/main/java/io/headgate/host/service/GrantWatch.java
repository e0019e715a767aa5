package io.headgate.host.service;

import io.headgate.host.authority.GrantFile;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.diagnostics.DiagnosticLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Looks at a grant file again and again, and hands on what has changed. What it says counts when two looks in a row find the
 * same, so that a file which is just being written is not taken for a shorter one. What cannot be used is told, and changes
 * nothing.
 */
record GrantWatch(Path file, GrantFile first, Duration every, Scheduler timer, Scheduler reading, DiagnosticLog log) {

    /** The one subscription at the root of the watch. */
    void start(Function<GrantFile, Mono<Void>> replace, Mono<Void> until) {
        changes()
                .takeUntilOther(until)
                .concatMap(change -> acted(change, replace), 0)
                .subscribe();
    }

    private Flux<GrantReading> changes() {
        return Flux.interval(every, timer)
                .onBackpressureDrop()
                .concatMap(
                        tick -> Mono.fromSupplier(() -> GrantReading.of(file)).subscribeOn(reading), 0)
                .buffer(2, 1)
                .filter(looks -> looks.size() == 2 && looks.get(0).equals(looks.get(1)))
                .map(looks -> looks.get(0))
                .startWith(new GrantReading.Usable(first))
                .distinctUntilChanged()
                .skip(1);
    }

    private Mono<Void> acted(GrantReading change, Function<GrantFile, Mono<Void>> replace) {
        if (change instanceof GrantReading.Usable usable) {
            return replace.apply(usable.grants());
        }
        return Mono.fromRunnable(() -> notRead((GrantReading.Unusable) change));
    }

    private void notRead(GrantReading.Unusable found) {
        log.record(new Diagnostic.GrantsNotRead(timer.now(TimeUnit.MILLISECONDS), found.problem()));
    }
}
