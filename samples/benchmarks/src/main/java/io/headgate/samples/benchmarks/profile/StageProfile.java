package io.headgate.samples.benchmarks.profile;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/**
 * What a flight recording says of each {@link Stage}: its share, and its five hottest leaf methods.
 *
 * <p>The kinds of samples do not add up: in native code one thread is seen at a time, whether it works or not, and those that
 * only wait are left out here. Threads of the collector and the compiler are not sampled at all.
 */
public final class StageProfile {

    private static final String NO_FRAME = "(no frame)";
    private static final String LAMBDA = "$$Lambda";
    /** Leaves of threads in native code that wait for others. */
    private static final List<String> WAITS = List.of(
            "io.netty.channel.epoll.Native.epollWait",
            "sun.nio.ch.EPoll.wait",
            "sun.nio.ch.Net.poll",
            "sun.nio.ch.Net.accept",
            "java.io.FileInputStream.read");

    /** What is sampled. */
    private enum Kind {
        CPU("jdk.CPUTimeSample", "processor time, where the recording has it"),
        JAVA("jdk.ExecutionSample", "time in Java"),
        NATIVE("jdk.NativeMethodSample", "time in native code, without waits"),
        ALLOCATION("jdk.ObjectAllocationSample", "bytes allocated");

        private final String event;
        private final String shown;

        Kind(String event, String shown) {
            this.event = event;
            this.shown = shown;
        }

        static Optional<Kind> of(RecordedEvent event) {
            return List.of(values()).stream()
                    .filter(kind -> kind.event.equals(event.getEventType().getName()))
                    .findFirst();
        }

        long weight(RecordedEvent event) {
            return this == ALLOCATION ? event.getLong("weight") : 1;
        }
    }

    private final Map<Kind, Samples> kinds = new EnumMap<>(Kind.class);

    private StageProfile() {}

    /**
     * Prints the profile of all recordings together.
     *
     * @param args the files
     * @throws IOException when one cannot be read
     */
    public static void main(String[] args) throws IOException {
        print(Arrays.stream(args).map(Path::of).toList(), System.out);
    }

    /**
     * Prints the profile of all recordings together.
     *
     * @param recordings the files
     * @param out where to
     * @throws IOException when one cannot be read
     */
    public static void print(List<Path> recordings, PrintStream out) throws IOException {
        StageProfile profile = new StageProfile();
        for (Path recording : recordings) {
            profile.read(recording);
        }
        profile.print(out);
    }

    private void read(Path recording) throws IOException {
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                Kind.of(event).ifPresent(kind -> add(kind, event));
            }
        }
    }

    private void add(Kind kind, RecordedEvent event) {
        List<String> frames = frames(event.getStackTrace());
        if (kind != Kind.NATIVE || WAITS.stream().noneMatch(frames.get(0)::startsWith)) {
            kinds.computeIfAbsent(kind, none -> new Samples()).add(frames, kind.weight(event));
        }
    }

    private static List<String> frames(@Nullable RecordedStackTrace trace) {
        List<String> frames = trace == null
                ? List.of()
                : trace.getFrames().stream().map(StageProfile::name).toList();
        return frames.isEmpty() ? List.of(NO_FRAME) : frames;
    }

    private static String name(RecordedFrame frame) {
        String type = frame.getMethod().getType().getName();
        int lambda = type.indexOf(LAMBDA);
        // Each has a number of its own, which says nothing.
        return (lambda < 0 ? type : type.substring(0, lambda + LAMBDA.length())) + "."
                + frame.getMethod().getName();
    }

    private void print(PrintStream out) {
        out.println("The kinds do not add up. The collector's and the compiler's threads are not sampled.");
        kinds.forEach((kind, samples) -> {
            out.printf("%n%s (%s): %,d%n", kind.shown, kind.event, samples.total());
            samples.lines().forEach(out::println);
        });
    }
}
