package io.headgate.plugin.test;

import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.recording.Recording;
import io.headgate.plugin.recording.RecordingEntry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a plugin did beside what was recorded. Equal commands of both are paired, the first with the first; the pairs are looked at for
 * their time and their order, and what has no partner is a difference by itself.
 */
final class ReplayComparison {

    static final int MAX_SHOWN = 100;
    /** Ids are the plugin's or nobody's, and never the same twice. */
    private static final String SAME_ID = OutputCommand.HOST_ASSIGNED_ID;

    private record Moment(int index, long atMillis, OutputCommand command) {}

    private record Difference(long atMillis, String text) {}

    private final UnaryOperator<OutputCommand> seen;
    private final long toleranceMillis;
    private final boolean paced;
    private final List<Difference> differences = new ArrayList<>();
    private final long beganAtMillis;

    ReplayComparison(UnaryOperator<OutputCommand> seen, Duration tolerance, boolean paced, long beganAtMillis) {
        this.beganAtMillis = beganAtMillis;
        this.seen = seen;
        this.toleranceMillis = tolerance.toMillis();
        this.paced = paced;
    }

    List<String> of(Recording recording, List<RecordingEntry.Command> replayed, Optional<Throwable> failure) {
        List<RecordingEntry> entries = recording.entries();
        pair(
                moments(entries.stream()
                        .filter(RecordingEntry.Command.class::isInstance)
                        .map(RecordingEntry.Command.class::cast)
                        .toList()),
                moments(replayed.stream()
                        .filter(now -> isRecorded(recording, now.command()))
                        .toList()));
        compareEnds(recording, failure);
        differences.sort(Comparator.comparingLong(Difference::atMillis));
        return shown();
    }

    /** What the plugin says elsewhere was not listened to. */
    private static boolean isRecorded(Recording recording, OutputCommand command) {
        return command.connection().isEmpty() || recording.connections().contains(command.connection());
    }

    private List<Moment> moments(List<RecordingEntry.Command> commands) {
        List<Moment> moments = new ArrayList<>();
        for (RecordingEntry.Command each : commands) {
            moments.add(new Moment(
                    moments.size(), each.atMillis(), seen.apply(each.command()).withId(SAME_ID)));
        }
        return moments;
    }

    private void pair(List<Moment> recorded, List<Moment> replayed) {
        Map<OutputCommand, Deque<Moment>> waiting = new HashMap<>();
        recorded.forEach(moment -> waiting.computeIfAbsent(moment.command(), same -> new ArrayDeque<>())
                .add(moment));
        Map<String, Moment> latest = new HashMap<>();
        for (Moment now : replayed) {
            Moment then =
                    waiting.getOrDefault(now.command(), new ArrayDeque<>()).poll();
            if (then == null) {
                differ(now.atMillis(), "was not recorded: " + Wording.of(now.command()));
            } else {
                compareTimes(then, now);
                compareOrder(latest.get(now.command().connection()), then);
                latest.merge(
                        now.command().connection(), then, (one, other) -> one.index() > other.index() ? one : other);
            }
        }
        waiting.values()
                .forEach(rest ->
                        rest.forEach(then -> differ(then.atMillis(), "did not come: " + Wording.of(then.command()))));
    }

    private void compareTimes(Moment then, Moment now) {
        long late = now.atMillis() - then.atMillis();
        if (paced && Math.abs(late) > toleranceMillis) {
            differ(
                    then.atMillis(),
                    "came " + seconds(Math.abs(late)) + (late > 0 ? " late: " : " early: ")
                            + Wording.of(then.command()));
        }
    }

    /** Real threads may have swapped what lies near together; what was issued in one go, nobody swaps. */
    private void compareOrder(@Nullable Moment latest, Moment then) {
        if (latest == null || latest.index() < then.index()) {
            return;
        }
        long apart = latest.atMillis() - then.atMillis();
        if (!paced || apart == 0 || apart > toleranceMillis) {
            differ(
                    then.atMillis(),
                    "came behind " + Wording.of(latest.command()) + ", and not before it: "
                            + Wording.of(then.command()));
        }
    }

    private void compareEnds(Recording recording, Optional<Throwable> failure) {
        Optional<RecordingEntry.Ended> recorded = recording.entries().stream()
                .filter(RecordingEntry.Ended.class::isInstance)
                .map(RecordingEntry.Ended.class::cast)
                .filter(ended -> !ended.failure().isEmpty())
                .findFirst();
        if (recorded.isPresent() && failure.isEmpty()) {
            differ(
                    recorded.get().atMillis(),
                    "did not fail, as the recorded one did: " + recorded.get().failure());
        } else if (recorded.isEmpty() && failure.isPresent()) {
            differ(Long.MAX_VALUE, "the plugin's output failed: " + failure.get());
        }
    }

    private void differ(long atMillis, String text) {
        differences.add(new Difference(atMillis, text));
    }

    private List<String> shown() {
        List<String> lines = new ArrayList<>();
        for (Difference difference : differences.subList(0, Math.min(MAX_SHOWN, differences.size()))) {
            String when = difference.atMillis() == Long.MAX_VALUE
                    ? "in the end"
                    : "at " + seconds(difference.atMillis() - beganAtMillis);
            lines.add(when + " " + difference.text());
        }
        if (differences.size() > MAX_SHOWN) {
            lines.add("and " + (differences.size() - MAX_SHOWN) + " more");
        }
        return lines;
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.3f s", millis / 1000.0);
    }
}
