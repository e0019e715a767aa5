package io.headgate.host.command;

import io.headgate.host.transport.Wire;
import io.headgate.host.transport.WriteListener;
import java.util.ArrayList;
import java.util.List;

/** A wire on the test's thread: tasks run at once, unless held back, and writes are decided when the test says. */
final class FakeWire implements Wire {

    final List<String> written = new ArrayList<>();
    final List<String> closes = new ArrayList<>();
    final List<Long> pings = new ArrayList<>();
    final List<WriteListener> undecided = new ArrayList<>();
    private final List<Runnable> held = new ArrayList<>();
    private Runnable change = () -> {};
    /** What happens within each write. */
    Runnable onWrite = () -> {};

    boolean open = true;
    boolean writable = true;
    boolean threadEnded;
    boolean holding;
    int flushes;

    @Override
    public boolean execute(Runnable task) {
        if (threadEnded) {
            return false;
        }
        if (holding) {
            held.add(task);
        } else {
            task.run();
        }
        return true;
    }

    void release() {
        holding = false;
        List<Runnable> tasks = List.copyOf(held);
        held.clear();
        tasks.forEach(Runnable::run);
    }

    /** Runs the oldest of the tasks that are held back, and holds back what it leaves to do. */
    void runNext() {
        held.remove(0).run();
    }

    int tasksHeld() {
        return held.size();
    }

    void changed() {
        change.run();
    }

    void decide(boolean success) {
        List<WriteListener> all = List.copyOf(undecided);
        undecided.clear();
        all.forEach(listener -> listener.written(success ? null : new IllegalStateException("secret")));
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public boolean isWritable() {
        return writable;
    }

    @Override
    public void write(String text, WriteListener listener) {
        written.add(text);
        undecided.add(listener);
        onWrite.run();
    }

    @Override
    public void flush() {
        flushes++;
    }

    @Override
    public void ping(long number) {
        pings.add(number);
    }

    @Override
    public void close(int code, String reason) {
        open = false;
        closes.add(code + reason);
        changed();
    }

    @Override
    public void abort() {
        open = false;
    }

    @Override
    public void onChange(Runnable listener) {
        change = listener;
    }
}
