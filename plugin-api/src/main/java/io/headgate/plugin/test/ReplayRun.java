package io.headgate.plugin.test;

import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServicePlugin;
import io.headgate.plugin.recording.Recording;
import io.headgate.plugin.recording.RecordingEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    /** Events that the plugin did not take, in words. */
    private final List<String> notTaken = new ArrayList<>();

    private boolean completed;

    ReplayRun(Recording recording, Map<String, String> settings) {
        String[] names = recording.service().split("/", 2);
        this.recording = recording;
        this.context = new HarnessContext(
                names[0], names[names.length - 1], recording.incarnation(), settings, new SharedScheduler(clock));
    }

    ReplayRun play(ServicePlugin plugin, boolean paced) {
        try {
            moveTo(beginning());
            Flux.defer(() -> plugin.handle(script.events(), context)).subscribe(commands);
            for (RecordingEntry entry : recording.entries()) {
                if (paced) {
                    moveTo(entry.atMillis());
                }
                play(entry);
            }
        } finally {
            commands.dispose();
            context.exchanges().end();
            clock.dispose();
        }
        return this;
    }

    /** Where the beginning is missing, what is there is the beginning. */
    private long beginning() {
        return recording.whole() || recording.entries().isEmpty()
                ? recording.beganAtMillis()
                : recording.entries().get(0).atMillis();
    }

    private void moveTo(long atMillis) {
        long ahead = atMillis - clock.now(TimeUnit.MILLISECONDS);
        if (ahead > 0) {
            clock.advanceTimeBy(Duration.ofMillis(ahead));
        }
    }

    private void play(RecordingEntry entry) {
        if (entry instanceof RecordingEntry.Event event && !completed && !commands.hasEnded()) {
            emit(event.event());
        } else if (entry instanceof RecordingEntry.Completed) {
            completed = true;
            script.complete();
        } else if (entry instanceof RecordingEntry.Outcome outcome) {
            context.decided(outcome.outcome());
        }
    }

    private void emit(IngressEvent event) {
        try {
            script.emit(event);
        } catch (AssertionError refused) {
            notTaken.add(String.valueOf(refused.getMessage()));
        }
    }

    Replayed compared(UnaryOperator<OutputCommand> seen, Duration tolerance, boolean paced) {
        List<String> differences = new ArrayList<>(new ReplayComparison(seen, tolerance, paced, beginning())
                .of(recording, commands.seen(), commands.failure()));
        notTaken.stream().findFirst().ifPresent(differences::add);
        return new Replayed(recording, commands.seen(), commands.failure(), context.failures(), differences);
    }
}
