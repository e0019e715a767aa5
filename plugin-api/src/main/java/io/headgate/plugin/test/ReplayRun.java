package io.headgate.plugin.test;

import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServicePlugin;
import io.headgate.plugin.recording.Recording;
import io.headgate.plugin.recording.RecordingEntry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;
import reactor.test.scheduler.VirtualTimeScheduler;

/** One run of a recording through a plugin. Only accessed by the calling thread, but for {@link ReplayedCommands}. */
final class ReplayRun {

    private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();
    private final Script script = new Script();
    private final Recording recording;
    private final HarnessContext context;
    private final ReplayedCommands commands = new ReplayedCommands(() -> clock.now(TimeUnit.MILLISECONDS));

    ReplayRun(Recording recording, Map<String, String> settings) {
        this.recording = recording;
        this.context = new HarnessContext(settings, new SharedScheduler(clock));
    }

    ReplayRun play(ServicePlugin plugin, boolean paced) {
        if (!recording.entries().isEmpty()) {
            moveTo(recording.entries().get(0).atMillis());
        }
        Flux.defer(() -> plugin.handle(script.events(), context)).subscribe(commands);
        for (RecordingEntry entry : recording.entries()) {
            if (paced) {
                moveTo(entry.atMillis());
            }
            play(entry);
        }
        end();
        return this;
    }

    private void moveTo(long atMillis) {
        long ahead = atMillis - clock.now(TimeUnit.MILLISECONDS);
        if (ahead > 0) {
            clock.advanceTimeBy(Duration.ofMillis(ahead));
        }
    }

    private void play(RecordingEntry entry) {
        if (entry instanceof RecordingEntry.Event event && !commands.hasEnded()) {
            script.emit(event.event());
        } else if (entry instanceof RecordingEntry.Outcome outcome) {
            context.decided(outcome.outcome());
        }
    }

    private void end() {
        commands.dispose();
        context.exchanges().end();
        clock.dispose();
    }

    Replayed compared(UnaryOperator<OutputCommand> seen, Duration tolerance, boolean paced) {
        ReplayComparison comparison = new ReplayComparison(seen, tolerance, paced);
        return new Replayed(
                recording,
                commands.seen(),
                commands.failure(),
                context.failures(),
                comparison.of(recording, commands.seen(), commands.failure()));
    }
}
