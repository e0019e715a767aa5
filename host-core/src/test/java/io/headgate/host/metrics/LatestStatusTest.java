package io.headgate.host.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.service.HostStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** One status for what is read together, and no older one than that. */
final class LatestStatusTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);
    private final AtomicLong taken = new AtomicLong();
    private final LatestStatus latest = new LatestStatus(
            () -> new HostStatus(taken.incrementAndGet(), List.of(), List.of(), 0, 0),
            Duration.ofSeconds(1),
            nanos::get);

    @Test
    void isTakenOnceASecond() {
        HostStatus first = latest.get();
        nanos.addAndGet(999_999_999); // the clock overflows meanwhile
        assertThat(latest.get()).isSameAs(first);

        nanos.addAndGet(1);
        assertThat(latest.get().atMillis()).isEqualTo(2);
        assertThat(latest.get().atMillis()).isEqualTo(2);
    }
}
