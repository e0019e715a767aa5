package io.headgate.host.authority;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as files spell them: {@code 8MiB}, {@code 64KiB}, {@code 1GiB}, or a number of bytes. */
final class DataSize {

    private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,11})(KiB|MiB|GiB)?");

    private DataSize() {}

    static long parse(String text) {
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            throw new IllegalArgumentException(
                    "a size must be a whole number, with KiB, MiB, GiB or nothing behind it");
        }
        long number = Long.parseLong(size.group(1));
        String unit = size.group(2);
        return unit == null ? number : number << shift(unit);
    }

    static String format(long bytes) {
        for (String unit : new String[] {"GiB", "MiB", "KiB"}) {
            if (bytes % (1L << shift(unit)) == 0) {
                return (bytes >> shift(unit)) + unit;
            }
        }
        return Long.toString(bytes);
    }

    private static int shift(String unit) {
        return switch (unit) {
            case "KiB" -> 10;
            case "MiB" -> 20;
            default -> 30;
        };
    }
}
