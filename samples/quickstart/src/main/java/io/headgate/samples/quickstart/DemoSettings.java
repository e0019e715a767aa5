package io.headgate.samples.quickstart;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the demo is told.
 *
 * @param seconds how long it runs, 6 to 86,400; 0 until it is interrupted; default 20
 * @param target where the connection {@code gateway} goes: a {@code ws} or {@code wss} URI; empty, the default, for the
 *     embedded gateway
 */
record DemoSettings(int seconds, String target) {

    static final String SECONDS = "demo.seconds";
    static final String TARGET = "demo.target";
    static final int SHORTEST = 6;
    static final int LONGEST = 86_400;
    private static final int DEFAULT = 20;

    DemoSettings {
        if (seconds != 0 && (seconds < SHORTEST || seconds > LONGEST)) {
            throw badSeconds("" + seconds);
        }
        if (!target.isEmpty()) {
            checkTarget(target);
        }
    }

    /**
     * Reads system properties.
     *
     * @throws IllegalArgumentException naming key, value and bound
     */
    static DemoSettings read(Function<String, @Nullable String> property) {
        String target = property.apply(TARGET);
        return new DemoSettings(seconds(property.apply(SECONDS)), target == null ? "" : target.strip());
    }

    boolean embedded() {
        return target.isEmpty();
    }

    Duration run() {
        return Duration.ofSeconds(seconds);
    }

    Story story() {
        return Story.within(Duration.ofSeconds(seconds == 0 ? DEFAULT : Math.min(seconds, DEFAULT)));
    }

    private static int seconds(@Nullable String value) {
        if (value == null || value.isBlank()) {
            return DEFAULT;
        }
        try {
            return Integer.parseInt(value.strip());
        } catch (NumberFormatException notANumber) {
            throw badSeconds(value);
        }
    }

    private static IllegalArgumentException badSeconds(String value) {
        return new IllegalArgumentException("-D" + SECONDS + " must be 0 (until interrupted) or a whole number from "
                + SHORTEST + " to " + LONGEST + ", is \"" + value + "\"");
    }

    private static void checkTarget(String target) {
        try {
            URI uri = new URI(target);
            if (uri.getHost() != null && ("wss".equals(uri.getScheme()) || "ws".equals(uri.getScheme()))) {
                return;
            }
        } catch (URISyntaxException unreadable) {
            // Said below, as for any other target that cannot be dialled.
        }
        throw new IllegalArgumentException(
                "-D" + TARGET + " must be empty or a URI such as wss://host/path, is \"" + target + "\"");
    }
}
