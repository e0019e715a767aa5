package io.headgate.host.authority;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as files spell them: {@code 250ms}, {@code 10s}, {@code 5m}, {@code 1h}, {@code 1d}. */
final class DurationText {

    private static final Pattern DURATION = Pattern.compile("([1-9]\\d{0,11})(ms|s|m|h|d)");

    private DurationText() {}

    static Duration parse(String text) {
        Matcher duration = DURATION.matcher(text);
        if (!duration.matches()) {
            throw new IllegalArgumentException("a duration must be a whole number with ms, s, m, h or d behind it");
        }
        return unit(duration.group(2)).multipliedBy(Long.parseLong(duration.group(1)));
    }

    static String format(Duration duration) {
        for (String unit : new String[] {"d", "h", "m", "s"}) {
            if (duration.toMillis() % unit(unit).toMillis() == 0) {
                return duration.toMillis() / unit(unit).toMillis() + unit;
            }
        }
        return duration.toMillis() + "ms";
    }

    private static Duration unit(String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(1);
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            default -> Duration.ofDays(1);
        };
    }
}
