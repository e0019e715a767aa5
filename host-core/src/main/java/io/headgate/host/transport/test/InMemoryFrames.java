package io.headgate.host.transport.test;

import io.headgate.host.transport.Frame;
import io.headgate.host.transport.Unread;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/**
 * The frames of one session. What nobody requested waits unread, as it would in a socket. Every field but {@code loop} and
 * {@code abort} is owned by the loop.
 */
final class InMemoryFrames extends Flux<Frame> implements Subscription {

    private final Trampoline loop;
    private final Runnable abort;
    private final Queue<Frame> unread = new ArrayDeque<>();
    private @Nullable CoreSubscriber<? super Frame> subscriber;
    private @Nullable Throwable error;
    private boolean taken;
    private boolean ended;
    private long demand;
    private long unreadBytes;
    private volatile Unread unreadNow = Unread.NOTHING;

    InMemoryFrames(Trampoline loop, Runnable abort) {
        this.loop = loop;
        this.abort = abort;
    }

    @Override
    public void subscribe(CoreSubscriber<? super Frame> actual) {
        loop.execute(() -> {
            if (taken) {
                Operators.error(actual, new IllegalStateException("frames() allows one subscriber, and has had it"));
                return;
            }
            taken = true;
            subscriber = actual;
            actual.onSubscribe(this);
            drain();
        });
    }

    @Override
    public void request(long n) {
        if (Operators.validate(n)) {
            loop.execute(() -> {
                demand = Operators.addCap(demand, n);
                drain();
            });
        }
    }

    @Override
    public void cancel() {
        loop.execute(() -> {
            subscriber = null;
            unread.clear();
            unreadBytes = 0;
            abort.run();
        });
    }

    /** Inside the loop only. */
    void emit(Frame frame) {
        if (!ended) {
            unread.add(frame);
            unreadBytes += frame.bytes();
            loop.execute(this::drain);
        }
    }

    /** Inside the loop only; what is unread is still delivered before the end. */
    void end(@Nullable Throwable cause) {
        if (!ended) {
            ended = true;
            error = cause;
            loop.execute(this::drain);
        }
    }

    /** Any thread. */
    Unread unread() {
        return unreadNow;
    }

    private void drain() {
        CoreSubscriber<? super Frame> to = subscriber;
        while (to != null && demand > 0 && !unread.isEmpty()) {
            demand--;
            Frame next = unread.remove();
            unreadBytes -= next.bytes();
            to.onNext(next);
            to = subscriber;
        }
        unreadNow = new Unread(unread.size(), unreadBytes);
        if (to != null && ended && unread.isEmpty()) {
            subscriber = null;
            terminate(to, error);
        }
    }

    private static void terminate(CoreSubscriber<? super Frame> to, @Nullable Throwable error) {
        if (error == null) {
            to.onComplete();
        } else {
            to.onError(error);
        }
    }
}
