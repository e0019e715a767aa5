package io.headgate.samples.scaling;

import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServiceContext;
import io.headgate.plugin.ServicePlugin;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * One shard of a gateway: it works on the texts of each key one after another and in order, on several keys at once, and answers each.
 *
 * <pre>{@code
 *              ┌─► stripe 0: one text at a time ─┐
 *   texts ─────┼─► stripe 1                      ├──► done | failed, and before it missed, in order for each key
 *   by key's   └─► … as many as there are        ┘
 *   hash
 * }</pre>
 *
 * <p><strong>It groups by stripe, not by key.</strong> A group lives as long as its source. Grouped by key, the first key more than
 * {@code flatMap} works on at once would be a group that nobody subscribes to, and with its texts all demand would be used up: the service
 * stands still. There are never more stripes than {@code flatMap} has places.
 *
 * <p><strong>What it holds</strong> besides the service's queue is {@code waiting} texts, one more and its answers for each stripe that is
 * at work, and the last number of {@value Keys#MOST} keys for each stripe. All else waits in the queue, where what does not fit is dropped and
 * counted. So a stripe whose work is slow holds up no other until {@code waiting} texts wait for it; after that all do, and the queue fills.
 *
 * <p><strong>A {@code Gap}</strong> says that texts are missing, not whose. No key is told of it: a key learns from its own next number how
 * many of its own were lost, and the gateway is told {@code missed}. Until then it is not known whether the key has lost any. A number that
 * is missing where no Gap was is not the host's doing, and is reported.
 *
 * <p>Its work has threads of its own, which end with the incarnation. When the host stops the service, what was taken in is finished and
 * answered, within the host's grace. One instance may serve as several services: nothing is kept from one {@code handle} to another.
 */
public final class Shard implements ServicePlugin {

    private final Work work;
    private final Function<ServiceContext, Scheduler> workers;

    /** For the host, which makes it. */
    public Shard() {
        this(Work.NONE, Shard::ownWorkers);
    }

    /**
     * Makes one.
     *
     * @param work what is done with each text
     * @param workers makes what an incarnation's work runs on, which the incarnation disposes of at its end
     */
    Shard(Work work, Function<ServiceContext, Scheduler> workers) {
        this.work = work;
        this.workers = workers;
    }

    /** A stripe has one task at a time, so no more than the stripes can wait for a thread. */
    static Scheduler ownWorkers(ServiceContext context) {
        Bounds bounds = Bounds.of(context.settings());
        return Schedulers.newBoundedElastic(bounds.workers(), bounds.stripes(), context.service() + "-work", 60, true);
    }

    @Override
    public Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext context) {
        // Not eager: the last answer comes from a worker, which its own end would interrupt before the host has it.
        return Flux.using(
                () -> workers.apply(context),
                scheduler -> answers(events, context, scheduler),
                Scheduler::dispose,
                false);
    }

    private Flux<OutputCommand> answers(Flux<IngressEvent> events, ServiceContext context, Scheduler scheduler) {
        Bounds bounds = Bounds.of(context.settings());
        return events.handle(new Intake(context)::take)
                .groupBy(task -> bounds.stripeOf(task.key()), bounds.waiting())
                .flatMap(
                        texts -> texts.concatMap(new Stripe(work, scheduler, bounds.within(), context)::answer, 0),
                        bounds.stripes(),
                        1);
    }
}
