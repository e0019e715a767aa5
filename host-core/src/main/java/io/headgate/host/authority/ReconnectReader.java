package io.headgate.host.authority;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads how the connections of a grant come back. */
final class ReconnectReader {

    private static final YamlKeys RECONNECT = YamlKeys.of(
            "policy",
            "first",
            "max",
            "stable-after",
            "attempts",
            "per-day",
            "permanent-statuses",
            "permanent-close-codes");
    private static final List<String> OF_BACKOFF = List.of(
            "first", "max", "stable-after", "attempts", "per-day", "permanent-statuses", "permanent-close-codes");

    private final Problems problems;

    ReconnectReader(Problems problems) {
        this.problems = problems;
    }

    /** Where something is wrong, the problems are noted and the defaults answered. */
    ReconnectSettings read(YamlNode node, String path) {
        int mark = problems.count();
        YamlFields fields = YamlFields.of(node, path, problems, RECONNECT);
        Optional<ReconnectPolicyKind> policy =
                fields.required("policy", ScalarType.constant(ReconnectPolicyKind.class));
        ReconnectSettings backoff = backoff(node, path, fields);
        policy.filter(kind -> kind == ReconnectPolicyKind.MANUAL).ifPresent(manual -> refuseAllElse(fields));
        return problems.count() == mark && policy.get() == ReconnectPolicyKind.MANUAL
                ? ReconnectSettings.manual()
                : backoff;
    }

    private ReconnectSettings backoff(YamlNode node, String path, YamlFields fields) {
        int mark = problems.count();
        ReconnectSettings defaults = ReconnectSettings.defaults();
        ScalarType<Duration> duration = ScalarType.duration(ReconnectSettings.SHORTEST, ReconnectSettings.LONGEST);
        Duration first = fields.optional("first", duration).orElse(defaults.first());
        Duration max = fields.optional("max", duration).orElse(defaults.max());
        Duration stableAfter = fields.optional("stable-after", duration).orElse(defaults.stableAfter());
        int attempts = fields.optional("attempts", ScalarType.wholeNumber(1, ReconnectSettings.MAX_ATTEMPTS))
                .orElse(defaults.attempts());
        int perDay = fields.optional("per-day", ScalarType.wholeNumber(1, ReconnectSettings.MAX_PER_DAY))
                .orElse(defaults.perDay());
        List<Integer> statuses = numbers(
                fields,
                "permanent-statuses",
                ReconnectSettings.LEAST_STATUS,
                ReconnectSettings.MOST_STATUS,
                defaults.permanentStatuses());
        List<Integer> codes = numbers(
                fields,
                "permanent-close-codes",
                ReconnectSettings.LEAST_CODE,
                ReconnectSettings.MOST_CODE,
                defaults.permanentCloseCodes());
        if (problems.count() == mark && first.compareTo(max) > 0) {
            problems.add(
                    node.position(),
                    path,
                    "expected first to be at most max, " + DurationText.format(max) + ", found "
                            + DurationText.format(first));
        }
        return problems.unlessSince(
                        mark,
                        () -> defaults.withWait(first, max)
                                .withStableAfter(stableAfter)
                                .withAttempts(attempts, perDay)
                                .withPermanent(statuses, codes))
                .orElse(defaults);
    }

    private static List<Integer> numbers(YamlFields fields, String key, int least, int most, List<Integer> absent) {
        return fields.child(key).isEmpty()
                ? absent
                : fields.distinct(key, ScalarType.wholeNumber(least, most), ReconnectSettings.MAX_PERMANENT);
    }

    private void refuseAllElse(YamlFields fields) {
        for (String key : OF_BACKOFF) {
            fields.child(key)
                    .ifPresent(node -> problems.add(
                            node.position(),
                            fields.path(key),
                            "expected policy to be `backoff`, since the key has no effect with `manual`"));
        }
    }
}
