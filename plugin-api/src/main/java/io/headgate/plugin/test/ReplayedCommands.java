package io.headgate.plugin.test;

import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.recording.RecordingEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.BaseSubscriber;

/** Takes all commands of a plugin, each with its moment. Fields are guarded by this: a plugin may emit on a thread of its own. */
final class ReplayedCommands extends BaseSubscriber<OutputCommand> {

    private final LongSupplier clock;
    private final List<RecordingEntry.Command> seen = new ArrayList<>();
    private @Nullable Throwable failure;
    private boolean ended;

    ReplayedCommands(LongSupplier clock) {
        this.clock = clock;
    }

    @Override
    protected synchronized void hookOnNext(OutputCommand command) {
        seen.add(new RecordingEntry.Command(clock.getAsLong(), command));
    }

    @Override
    protected synchronized void hookOnComplete() {
        ended = true;
    }

    @Override
    protected synchronized void hookOnError(Throwable error) {
        failure = error;
        ended = true;
    }

    /** Whether the plugin has ended its output by itself, and takes no events any more. */
    synchronized boolean hasEnded() {
        return ended;
    }

    synchronized List<RecordingEntry.Command> seen() {
        return List.copyOf(seen);
    }

    synchronized Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }
}
