package io.headgate.host.ws.soak;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.handler.codec.http.HttpServerCodec;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * What a process has beside its objects.
 *
 * @param threads those that live
 * @param directBytes what Netty holds outside the heap, caches included
 * @param buffers Netty's buffers that are not released
 */
public record Footprint(Set<Thread> threads, long directBytes, long buffers) {

    /** What Netty's allocator may keep for later, once the threads that used it are gone. */
    static final long CACHED_BYTES = 1024 * 1024;

    public static Footprint now() {
        return new Footprint(Thread.getAllStackTraces().keySet(), directBytesNow(), buffersNow());
    }

    /** With leak detection at {@code paranoid} each buffer that is not released has a tracker. */
    public static long buffersNow() {
        return Histogram.now().count("io.netty.util.ResourceLeakDetector$DefaultResourceLeak");
    }

    /** Starts what the process has once and for all: Reactor's timers, and two buffers of Netty's HTTP codec. */
    public static void warm() {
        new HttpServerCodec();
        Scheduler shared = Schedulers.parallel();
        Flux.range(0, 2 * Runtime.getRuntime().availableProcessors())
                .flatMap(i -> Flux.just(i).publishOn(shared))
                .blockLast();
    }

    /** The threads of now that were not there then. */
    public List<String> threadsSince() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.isAlive() && !threads.contains(thread))
                .map(Thread::getName)
                .sorted()
                .toList();
    }

    public static long directBytesNow() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }
}
