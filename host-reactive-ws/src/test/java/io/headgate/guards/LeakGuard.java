package io.headgate.guards;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class during which Netty found a leaked buffer. Registered for every class of the module, by
 * {@code META-INF/services}.
 *
 * <p>Its limit: what an event loop still holds when the class ends is reported with a later class, and what is never
 * collected is never reported. A failure therefore means a leak for certain; silence means none was dropped.
 */
public final class LeakGuard implements AfterAllCallback {

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        if (context.getRequiredTestClass().isAnnotationPresent(Nested.class)) {
            return; // once for the outermost class: a collection costs time
        }
        List<String> leaks = ReportingLeakDetector.drain();
        if (!leaks.isEmpty()) {
            throw new AssertionError("Netty found " + leaks.size() + " leaked, in this class or one before it:\n"
                    + String.join("\n", leaks));
        }
    }
}
