package io.headgate.host.ws.conformance;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** The cases that are not OK, by what Autobahn says of them. docs/reference/conformance.md has the reasons. */
final class Expected {

    static final int CASES = 301;

    /** They want a binary message echoed. */
    static final Set<String> FAILED = binary();

    /** Two texts that go wrong inside one frame, which is judged when it is complete. */
    static final Set<String> NON_STRICT = Set.of("6.4.3", "6.4.4");

    /**
     * Good texts and a breach of the protocol right behind them: where both arrive together, the session has failed before the
     * plugin, on a thread of its own, has answered. Which of them are OK and which are not strict is a matter of timing.
     */
    static final Set<String> NOT_ALWAYS_STRICT =
            Set.of("3.2", "3.3", "3.4", "4.1.3", "4.1.4", "4.1.5", "4.2.3", "4.2.4", "4.2.5", "5.15");

    /** What RFC 6455 leaves open: texts right before a Close, and close codes beyond 4999. */
    static final Set<String> INFORMATIONAL = Set.of("7.1.6", "7.13.1", "7.13.2");

    private Expected() {}

    private static Set<String> binary() {
        Set<String> ids = new TreeSet<>();
        add(ids, "1.2.", 8);
        add(ids, "9.2.", 6);
        add(ids, "9.4.", 9);
        add(ids, "9.6.", 6);
        add(ids, "9.8.", 6);
        return ids;
    }

    private static void add(Set<String> ids, String prefix, int count) {
        IntStream.rangeClosed(1, count).forEach(n -> ids.add(prefix + n));
    }
}
