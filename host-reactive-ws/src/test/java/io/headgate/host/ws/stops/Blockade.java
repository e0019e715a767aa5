package io.headgate.host.ws.stops;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Where plugin code waits, deaf to interrupts, until the test lets it go. */
final class Blockade {

    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger waiting = new AtomicInteger();

    void enter() {
        waiting.incrementAndGet();
        while (released.getCount() > 0) {
            try {
                released.await();
            } catch (InterruptedException deaf) {
                Thread.onSpinWait();
            }
        }
    }

    int waiting() {
        return waiting.get();
    }

    void release() {
        released.countDown();
    }
}
