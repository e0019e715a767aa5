package io.headgate.host.command;

import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/** Rings once, at the time it was last set to; one timer at most. Set by the session's thread; ended by any, for good. */
final class Alarm {

    private final Scheduler timer;
    private final Runnable bell;
    private final Disposable.Swap pending = Disposables.swap();
    private volatile boolean rang;
    /** Owned by the session's thread, as the time is. */
    private boolean isSet;

    private long atMillis;

    Alarm(Scheduler timer, Runnable bell) {
        this.timer = timer;
        this.bell = bell;
    }

    /** One that rings earlier stays: who hears it sets it anew. */
    void in(long millis) {
        long wanted = timer.now(TimeUnit.MILLISECONDS) + millis;
        if (isSet && !rang && atMillis <= wanted) {
            return;
        }
        off();
        isSet = true;
        rang = false;
        atMillis = wanted;
        pending.update(timer.schedule(this::ring, millis, TimeUnit.MILLISECONDS));
    }

    /** Answers whether it was set. */
    boolean off() {
        boolean wasSet = isSet;
        if (wasSet) {
            isSet = false;
            pending.update(Disposables.disposed());
        }
        return wasSet;
    }

    void end() {
        pending.dispose();
    }

    private void ring() {
        rang = true;
        bell.run();
    }
}
