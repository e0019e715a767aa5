package io.headgate.host.ws.test;

import io.netty.util.concurrent.FastThreadLocalThread;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** The one thread of a gateway, or of a proxy. Netty says that a loop has ended while its thread still does: a test for leaks may see it. */
final class LoopThread implements ThreadFactory {

    private final String name;
    private volatile @Nullable Thread thread;

    LoopThread(String name) {
        this.name = name;
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread made = new FastThreadLocalThread(task, name);
        made.setDaemon(true);
        thread = made;
        return made;
    }

    void awaitEnd(Duration patience) {
        Thread made = thread;
        if (made == null) {
            return;
        }
        try {
            made.join(patience.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
