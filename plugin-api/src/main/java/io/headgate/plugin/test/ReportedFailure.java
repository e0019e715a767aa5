package io.headgate.plugin.test;

import io.headgate.plugin.IngressEvent;
import java.util.Objects;

/**
 * What a plugin reported through {@link io.headgate.plugin.ServiceContext#reportFailure}.
 *
 * @param event the event that could not be handled
 * @param error what went wrong
 */
public record ReportedFailure(IngressEvent event, Throwable error) {

    /** Checks for nulls. */
    public ReportedFailure {
        Objects.requireNonNull(event, "event");
        Objects.requireNonNull(error, "error");
    }
}
