package io.headgate.samples.scaling;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Where each key of a stripe is: its last number. It keeps the {@value #MOST} keys that were last heard of, and takes a key that it has
 * forgotten, like a new one, as it comes. Only accessed by its stripe, one task at a time.
 */
final class Keys {

    static final int MOST = 1_024;

    /**
     * The last that came of a key.
     *
     * @param epoch in which session; numbers begin anew with each
     * @param number its number
     * @param gaps the Gaps before it
     */
    private record Last(long epoch, long number, long gaps) {}

    private final Map<String, Last> byKey = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Last> eldest) {
            return size() > MOST;
        }
    };

    /**
     * What of a key is missing before a task.
     *
     * @param from the first number that is missing; empty for none
     * @param told whether a Gap said so
     */
    record Missing(OptionalLong from, boolean told) {}

    /** Takes a task as the last of its key. */
    Missing advance(Task task) {
        @Nullable Last last = byKey.put(task.key(), new Last(task.text().epoch(), task.number(), task.gaps()));
        boolean missing = last != null && last.epoch() == task.text().epoch() && task.number() > last.number() + 1;
        return missing
                ? new Missing(OptionalLong.of(last.number() + 1), task.gaps() > last.gaps())
                : new Missing(OptionalLong.empty(), true);
    }

    int size() {
        return byKey.size();
    }
}
