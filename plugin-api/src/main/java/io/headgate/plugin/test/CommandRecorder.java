package io.headgate.plugin.test;

import io.headgate.plugin.OutputCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/**
 * Takes the plugin's commands, and asks for as many as the host would: a window of undecided ones. What the test has
 * expected counts as decided.
 *
 * <p>Fields are guarded by this: a plugin may emit on a thread of its own.
 */
final class CommandRecorder extends BaseSubscriber<OutputCommand> {

    static final int WINDOW = 256;

    /** Whether somebody else decides a command, and says so with {@link #decided}. */
    private final Predicate<OutputCommand> elsewhere;

    private final List<OutputCommand> seen = new ArrayList<>();
    /** Those that the test has to expect. */
    private final List<OutputCommand> open = new ArrayList<>();

    private int expected;
    private boolean completed;
    private @Nullable Throwable failure;

    CommandRecorder(Predicate<OutputCommand> elsewhere) {
        this.elsewhere = elsewhere;
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        subscription.request(WINDOW);
    }

    @Override
    protected void hookOnNext(OutputCommand command) {
        boolean taken = elsewhere.test(command);
        synchronized (this) {
            seen.add(command);
            if (!taken) {
                open.add(command);
            }
        }
    }

    @Override
    protected synchronized void hookOnComplete() {
        completed = true;
    }

    @Override
    protected synchronized void hookOnError(Throwable error) {
        failure = error;
    }

    synchronized List<OutputCommand> seen() {
        return List.copyOf(seen);
    }

    synchronized @Nullable OutputCommand peek() {
        return expected < open.size() ? open.get(expected) : null;
    }

    void take() {
        synchronized (this) {
            expected++;
        }
        decided();
    }

    /** One of those outside is undecided no more. */
    void decided() {
        request(1);
    }

    synchronized boolean completed() {
        return completed;
    }

    synchronized @Nullable Throwable failure() {
        return failure;
    }

    synchronized @Nullable Throwable takeFailure() {
        Throwable taken = failure;
        failure = null;
        return taken;
    }

    AssertionError mismatch(String wanted) {
        OutputCommand next = peek();
        return new AssertionError(
                "expected " + wanted + "\n but was " + (next == null ? "nothing" : Wording.of(next)) + transcript());
    }

    private synchronized String transcript() {
        StringBuilder text =
                new StringBuilder("\n" + open.size() + " commands so far, " + expected + " of them expected");
        for (int i = 0; i < open.size(); i++) {
            text.append(i < expected ? "\n  ok " : "\n   ? ").append(Wording.of(open.get(i)));
        }
        return text.toString();
    }
}
