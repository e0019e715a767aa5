package io.headgate.plugin.test;

import io.headgate.plugin.EventHandler;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServicePlugin;
import io.headgate.plugin.recording.Recording;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Plays a {@link Recording} to a plugin once more, in virtual time, and compares what it answers with what was recorded.
 *
 * <pre>{@code
 * Recording recording = Recordings.read(Path.of("recordings/example.greeter/greeter")).get(0);
 * Replay.of(new Greeter(), recording).atRecordedPace().assertSame();
 * }</pre>
 *
 * <p>The clock of the plugin's context begins when the recorded plugin began, and its names are the recorded one's. Events come in the recorded order, and so do the outcomes
 * of the recorded commands: what another command would have changed at the far end, no replay can know. Exchanges are refused, as they
 * are not recorded; so is what came on connections that were not: a plugin whose connections have to do with one another needs all of
 * them recorded. Everything runs on the calling thread. A replay is a value, and may be played any number of times where its plugin
 * can be used again.
 */
public final class Replay {

    private static final Duration TOLERANCE = Duration.ofSeconds(1);

    private final ServicePlugin plugin;
    private final Recording recording;
    private final Map<String, String> settings;
    private final Duration tolerance;
    private final UnaryOperator<OutputCommand> compared;

    private Replay(
            ServicePlugin plugin,
            Recording recording,
            Map<String, String> settings,
            Duration tolerance,
            UnaryOperator<OutputCommand> compared) {
        this.plugin = Objects.requireNonNull(plugin, "plugin");
        this.recording = Objects.requireNonNull(recording, "recording");
        this.settings = Map.copyOf(settings);
        this.tolerance = tolerance;
        this.compared = Objects.requireNonNull(compared, "compared");
        if (tolerance.isNegative()) {
            throw new IllegalArgumentException("tolerance must be at least 0, is " + tolerance);
        }
    }

    /**
     * A replay to a service.
     *
     * @param plugin the service, as new
     * @param recording what is played
     * @return the replay, without settings of the plugin, with a tolerance of 1 s
     */
    public static Replay of(ServicePlugin plugin, Recording recording) {
        return new Replay(plugin, recording, Map.of(), TOLERANCE, command -> command);
    }

    /**
     * A replay to a handler of single events.
     *
     * @param handler the handler, as new
     * @param recording what is played
     * @return the replay
     */
    public static Replay of(EventHandler handler, Recording recording) {
        return of(ServicePlugin.perEvent(handler), recording);
    }

    /**
     * With settings of the plugin, which a recording does not have.
     *
     * @param granted what the context's {@code settings()} answers
     * @return the new replay
     */
    public Replay withSettings(Map<String, String> granted) {
        return new Replay(plugin, recording, granted, tolerance, compared);
    }

    /**
     * With another tolerance.
     *
     * @param apart how far a command may be from its recorded moment, and how near two recorded moments must be for their order not to
     *     count; at least 0
     * @return the new replay
     */
    public Replay withTolerance(Duration apart) {
        return new Replay(plugin, recording, settings, apart, compared);
    }

    /**
     * With another look at commands: for texts that were left out of the recording, or that hold what is never the same twice.
     *
     * @param seen what is compared in place of a command, recorded or not; its id is never
     * @return the new replay
     */
    public Replay comparing(UnaryOperator<OutputCommand> seen) {
        return new Replay(plugin, recording, settings, tolerance, seen);
    }

    /**
     * Plays at the recorded pace: between two entries the clock moves as it did, and what falls due runs.
     *
     * @return what came of it
     */
    public Replayed atRecordedPace() {
        return new ReplayRun(recording, settings).play(plugin, true).compared(compared, tolerance, true);
    }

    /**
     * Plays at once: the clock stands still, and no timer of the plugin's fires. When a command came is not compared.
     *
     * @return what came of it
     */
    public Replayed atOnce() {
        return new ReplayRun(recording, settings).play(plugin, false).compared(compared, tolerance, false);
    }
}
