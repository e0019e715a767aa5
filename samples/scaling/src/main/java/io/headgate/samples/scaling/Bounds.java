package io.headgate.samples.scaling;

import java.time.Duration;
import java.util.Map;

/**
 * How much a shard does at once, and how much it holds. The operator's settings are the same for all shards of the plugin, and hold for
 * each.
 *
 * @param stripes how many keys are worked on at once, 1 to 256; setting {@code stripes}, default 8
 * @param waiting how many texts wait in the shard for their stripes, besides those that are worked on, 1 to 1024; setting
 *     {@code waiting}, default 64
 * @param workers how many threads the work has, 1 to 64; setting {@code workers}, default 2
 * @param within how long the work on one text may take, 1 s to 1 h; setting {@code seconds}, default 30
 */
record Bounds(int stripes, int waiting, int workers, Duration within) {

    private static final int MOST_STRIPES = 256;
    private static final int MOST_WAITING = 1_024;
    private static final int MOST_WORKERS = 64;
    private static final int LONGEST_SECONDS = 3_600;
    private static final int GOLDEN = 0x9E3779B9;

    Bounds {
        between("stripes", stripes, 1, MOST_STRIPES);
        between("waiting", waiting, 1, MOST_WAITING);
        between("workers", workers, 1, MOST_WORKERS);
        between("seconds", within.toSeconds(), 1, LONGEST_SECONDS);
    }

    static Bounds of(Map<String, String> settings) {
        return new Bounds(
                number(settings, "stripes", 8),
                number(settings, "waiting", 64),
                number(settings, "workers", 2),
                Duration.ofSeconds(number(settings, "seconds", 30)));
    }

    /**
     * Which stripe a key is in: always the same one. The hash is mixed, since the gateway may well have dealt the keys out to the shards by
     * a remainder of it, and what has one remainder by 4 has only two of the eight by 8.
     */
    int stripeOf(String key) {
        int mixed = key.hashCode() * GOLDEN;
        return Math.floorMod(mixed ^ mixed >>> 16, stripes);
    }

    private static int number(Map<String, String> settings, String name, int otherwise) {
        String value = settings.get(name);
        try {
            return value == null ? otherwise : Integer.parseInt(value);
        } catch (NumberFormatException malformed) {
            // Without the value, as a setting is never shown.
            throw new IllegalArgumentException("the setting " + name + " must be a whole number");
        }
    }

    private static void between(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "the setting " + name + " must be between " + least + " and " + most + ", is " + value);
        }
    }
}
