package io.headgate.samples.scaling;

import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServiceContext;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** The keys of one stripe, and the answers to their texts. Asked for one task at a time, the next when this one is answered. */
final class Stripe {

    private final Keys keys = new Keys();
    private final Work work;
    private final Scheduler workers;
    private final Duration within;
    private final ServiceContext context;

    Stripe(Work work, Scheduler workers, Duration within, ServiceContext context) {
        this.work = work;
        this.workers = workers;
        this.within = within;
        this.context = context;
    }

    /** What is missing before it, then whether it is done: one or two answers, and never an error. */
    Flux<OutputCommand> answer(Task task) {
        Keys.Missing missing = keys.advance(task);
        if (missing.from().isEmpty()) {
            return worked(task).flux();
        }
        if (!missing.told()) {
            context.reportFailure(
                    task.text(), new IllegalStateException("texts before it are missing, and no Gap said so"));
        }
        return Flux.concat(Mono.just(task.missed(missing.from().getAsLong())), worked(task));
    }

    private Mono<OutputCommand> worked(Task task) {
        return Mono.defer(() -> work.on(task, context))
                .subscribeOn(workers)
                .timeout(within, context.scheduler())
                .then(Mono.fromSupplier(task::done))
                .onErrorResume(error -> {
                    context.reportFailure(task.text(), error);
                    return Mono.just(task.failed());
                });
    }
}
