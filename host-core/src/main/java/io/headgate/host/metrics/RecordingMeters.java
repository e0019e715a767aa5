package io.headgate.host.metrics;

import static io.headgate.host.metrics.StatusMeter.counter;
import static io.headgate.host.metrics.StatusMeter.gauge;
import static io.headgate.host.metrics.StatusMeter.oneIf;

import io.headgate.host.recording.RecordingStatus;
import java.util.List;

/** What is measured of the recording of a service. */
final class RecordingMeters {

    static final List<StatusMeter<RecordingStatus>> ALL = List.of(
            counter("headgate.recording.recorded", "entries that were recorded", RecordingStatus::recorded),
            counter("headgate.recording.missing", "entries that were not recorded", RecordingStatus::missing),
            gauge("headgate.recording.waiting", "entries that wait to be recorded", RecordingStatus::waiting),
            gauge(
                    "headgate.recording.stopped",
                    "1 where nothing is recorded any more, as it failed",
                    status -> oneIf(status.failure().isPresent())));

    private RecordingMeters() {}
}
