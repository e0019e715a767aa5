package io.headgate.samples.benchmarks.micro;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Benchmarks run on threads of the kind that event loops have: on others Netty decodes by way of an array made each time. */
public final class LoopThreads extends ThreadPoolExecutor {

    /**
     * Makes the threads of one benchmark, for JMH.
     *
     * @param threads how many
     * @param prefix what their names begin with
     */
    public LoopThreads(int threads, String prefix) {
        super(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new DefaultThreadFactory(prefix, true));
    }
}
