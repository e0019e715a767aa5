package io.headgate.host.command;

import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Carries commands out while at most so many of them are undecided: {@code commands.as(window)}.
 *
 * <pre>
 *   commands ─► carried out, one after another ─► decided (any thread) ─► its place is free ─► one more is asked for
 *                 at once, on whichever thread emits                        what is free by then is asked for in one go
 * </pre>
 *
 * <p>It is {@code flatMap} over each command's decision, which no command has a value for: that looks through all its places at
 * each decision, and asks for one command at a time.
 *
 * <p>The answer completes when the commands have completed and all are decided, on the thread that decided the last one; it fails
 * at once when the commands do, or one could not be carried out. Cancelling it cancels the commands. What was carried out is
 * decided all the same.
 */
public final class CommandWindow implements Function<Flux<IssuedCommand>, Mono<Void>> {

    private final int undecided;
    private final Scheduler worker;
    private final Scheduler timer;
    private final ToLongFunction<IssuedCommand> carryOut;

    /**
     * Makes a window.
     *
     * @param undecided the most commands that are undecided, from 1
     * @param worker subscribes to the commands and asks for more of them, one at a time
     * @param timer keeps a place that is to be kept
     * @param carryOut carries a command out, or sees to it, and answers for how many milliseconds its place is kept once it is
     *     decided: 0 for not at all; more only for one that is decided. Called one at a time; never blocks
     */
    public CommandWindow(int undecided, Scheduler worker, Scheduler timer, ToLongFunction<IssuedCommand> carryOut) {
        if (undecided < 1) {
            throw new IllegalArgumentException("undecided must be at least 1, is " + undecided);
        }
        this.undecided = undecided;
        this.worker = Objects.requireNonNull(worker, "worker");
        this.timer = Objects.requireNonNull(timer, "timer");
        this.carryOut = Objects.requireNonNull(carryOut, "carryOut");
    }

    /**
     * Makes a window that asks for more on the thread that decides, and keeps no place: for who composes on an event loop.
     *
     * @param undecided the most commands that are undecided, from 1
     * @param carryOut as {@code writer::send}
     * @return the window
     */
    public static CommandWindow of(int undecided, Consumer<IssuedCommand> carryOut) {
        Scheduler immediate = Schedulers.immediate();
        return new CommandWindow(undecided, immediate, immediate, command -> {
            carryOut.accept(command);
            return 0;
        });
    }

    @Override
    public Mono<Void> apply(Flux<IssuedCommand> commands) {
        return new Mono<>() {
            @Override
            public void subscribe(CoreSubscriber<? super Void> actual) {
                new CommandPlaces(actual, undecided, worker.createWorker(), timer, carryOut).begin(commands);
            }
        };
    }
}
