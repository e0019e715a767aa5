package io.headgate.host.loading;

import io.headgate.host.ConfigurationException;
import io.headgate.host.ConfigurationException.Problem;
import io.headgate.host.diagnostics.Printable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a jar is refused: {@code bridge.jar!/entry: what is wrong}, the entry's name cut and escaped. */
record JarProblem(String jar) {

    ConfigurationException file(String message) {
        return refusal(jar, message, null);
    }

    ConfigurationException file(String message, Throwable cause) {
        return refusal(jar, message, cause);
    }

    ConfigurationException entry(String name, String message) {
        return refusal(place(name), message, null);
    }

    /** What an entry is called in errors. */
    String place(String entry) {
        return jar + "!/" + Printable.text(entry);
    }

    private static ConfigurationException refusal(String place, String message, @Nullable Throwable cause) {
        return new ConfigurationException(List.of(new Problem(place, 0, 0, "", message)), cause);
    }
}
