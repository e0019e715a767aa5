package io.headgate.host.authority;

import java.time.Duration;
import java.util.Optional;

/** Reads how the peers of a grant's connections are watched. */
final class LivenessReader {

    private static final YamlKeys LIVENESS = YamlKeys.of("ping-interval", "pong-timeout", "no-bytes", "no-data");

    private final Problems problems;

    LivenessReader(Problems problems) {
        this.problems = problems;
    }

    /** Where something is wrong, the problems are noted and the defaults answered. */
    LivenessSettings read(YamlNode node, String path) {
        int mark = problems.count();
        YamlFields fields = YamlFields.of(node, path, problems, LIVENESS);
        LivenessSettings defaults = LivenessSettings.defaults();
        ScalarType<Duration> duration = ScalarType.duration(LivenessSettings.SHORTEST, LivenessSettings.LONGEST);
        ScalarType<Optional<Duration>> orNever =
                ScalarType.durationOrNever(LivenessSettings.SHORTEST, LivenessSettings.LONGEST);
        Optional<Duration> interval = fields.optional("ping-interval", orNever).orElse(defaults.pingInterval());
        Duration timeout = fields.optional("pong-timeout", duration).orElse(defaults.pongTimeout());
        Optional<Duration> noBytes = fields.optional("no-bytes", orNever).orElse(defaults.noBytes());
        Optional<Duration> noData = fields.optional("no-data", orNever).orElse(defaults.noData());
        if (problems.count() == mark && interval.isEmpty()) {
            fields.child("pong-timeout")
                    .ifPresent(unused -> problems.add(
                            unused.position(),
                            fields.path("pong-timeout"),
                            "expected ping-interval to be a duration, since the key has no effect with `never`"));
        }
        return problems.unlessSince(mark, () -> new LivenessSettings(interval, timeout, noBytes, noData))
                .orElse(defaults);
    }
}
