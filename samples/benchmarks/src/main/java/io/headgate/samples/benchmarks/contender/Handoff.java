package io.headgate.samples.benchmarks.contender;

import io.netty.util.internal.PlatformDependent;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The hop to one worker for clients that push: a bounded queue, from many threads to one. Who puts in a text while it is full
 * is told to stop reading, and to go on once half of it is taken.
 */
final class Handoff implements AutoCloseable {

    /** One connection's reading. Any thread. */
    interface Reading {

        void stop();

        void resume();
    }

    private record Item(Recipient recipient, String text) {}

    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "handoff");
        thread.setDaemon(true);
        return thread;
    });
    private final Queue<Item> queue = PlatformDependent.newMpscQueue();
    private final Queue<Reading> stopped = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    void put(Recipient recipient, String text, Reading reading) {
        queue.add(new Item(recipient, text));
        int now = waiting.incrementAndGet();
        if (now == 1) {
            worker.execute(this::drain);
        }
        if (now >= Work.QUEUE) {
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
            reading.resume();
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
