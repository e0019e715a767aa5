package io.headgate.host.transport.test;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The "session's thread" of a driver without threads: whoever brings the first task runs it and all that arrive meanwhile.
 * Serial, never reentrant, safe from several threads. An error of a task is thrown to who ran it, after the others ran.
 */
final class Trampoline implements Executor {

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();
    private volatile @Nullable Thread runner;

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (pending.getAndIncrement() == 0) {
            drain();
        }
    }

    boolean isInside() {
        return runner == Thread.currentThread();
    }

    private void drain() {
        Throwable failure = null;
        do {
            Throwable thrown = run(tasks.remove());
            failure = failure == null ? thrown : failure;
        } while (pending.decrementAndGet() > 0);
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }

    private @Nullable Throwable run(Runnable task) {
        runner = Thread.currentThread();
        try {
            task.run();
            return null;
        } catch (RuntimeException | Error thrown) {
            return thrown;
        } finally {
            runner = null;
        }
    }
}
