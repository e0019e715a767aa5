package io.headgate.samples.benchmarks.contender;

import io.netty.util.internal.PlatformDependent;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The hop to one worker for clients that push: a bounded queue, from many threads to one. Who puts in a text while it is full
 * is told to stop reading, and to go on once half of it is taken.
 */
final class Handoff implements AutoCloseable {

    /** One connection's reading. */
    abstract static class Reading {

        // One that has texts in hand already goes on for a while: it is told once.
        private volatile boolean held;

        /** Reads no more. In the thread that {@linkplain #put puts}, before the put returns. */
        abstract void stop();

        /** Reads on. Any thread, once for each {@link #stop}, and perhaps before the put that stopped it has returned. */
        abstract void resume();
    }

    private record Item(Recipient recipient, String text) {}

    // What still comes after the end is nobody's.
    private final ExecutorService worker = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Handoff::thread,
            new ThreadPoolExecutor.DiscardPolicy());
    private final Queue<Item> queue = PlatformDependent.newMpscQueue();
    private final Queue<Reading> stopped = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "handoff");
        thread.setDaemon(true);
        return thread;
    }

    void put(Recipient recipient, String text, Reading reading) {
        queue.add(new Item(recipient, text));
        int now = waiting.incrementAndGet();
        if (now == 1) {
            worker.execute(this::drain);
        }
        if (now >= Work.QUEUE && !reading.held) {
            reading.held = true;
            reading.stop();
            stopped.add(reading);
            if (waiting.get() <= Work.QUEUE / 2) {
                resume();
            }
        }
    }

    private void drain() {
        for (int left = waiting.get(); left != 0; ) {
            int taken = 0;
            for (; taken < left; taken++) {
                Item item = queue.remove();
                item.recipient().text(item.text());
            }
            left = waiting.addAndGet(-taken);
            if (left <= Work.QUEUE / 2) {
                resume();
            }
        }
    }

    private void resume() {
        for (Reading reading = stopped.poll(); reading != null; reading = stopped.poll()) {
            // In this order: were it free to be stopped again before it goes on, the stop could be undone at once.
            reading.resume();
            reading.held = false;
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
