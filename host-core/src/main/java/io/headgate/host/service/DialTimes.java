package io.headgate.host.service;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** When one connection was dialled in the last 24 hours, as far as a bound has to know. */
final class DialTimes {

    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

    private final int most;
    private final Deque<Long> atMillis = new ArrayDeque<>(2);

    DialTimes(int most) {
        this.most = most;
    }

    void add(long millis) {
        forgetBefore(millis);
        if (atMillis.size() == most) {
            atMillis.removeFirst();
        }
        atMillis.addLast(millis);
    }

    /** Whether one more at that time would be one too many within 24 hours. */
    boolean isFullAt(long millis) {
        return atMillis.size() == most && millis - atMillis.getFirst() < DAY_MILLIS;
    }

    private void forgetBefore(long millis) {
        while (!atMillis.isEmpty() && millis - atMillis.getFirst() >= DAY_MILLIS) {
            atMillis.removeFirst();
        }
    }
}
