package io.headgate.samples.standalone.page;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** What axe-core finds on a page. */
final class Axe {

    private static final String SCRIPT = script();

    /** All rules but those that are of no standard: WCAG 2.2 A and AA, and axe's own best practices. */
    private static final String RUN = """
            () => axe.run().then(found => found.violations
                .filter(one => one.impact === 'serious' || one.impact === 'critical' || one.impact === 'moderate')
                .map(one => `${one.impact} ${one.id}: ${one.help}: ${one.nodes.map(node => node.target.join(' ')).join(', ')}`))
            """;

    private Axe() {}

    /** Violations that are moderate or worse, a line each. */
    static List<?> violations(Page page) {
        page.evaluate(SCRIPT);
        return (List<?>) page.evaluate(RUN);
    }

    private static String script() {
        try (InputStream in = Objects.requireNonNull(Axe.class.getResourceAsStream("/axe.min.js"), "axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
