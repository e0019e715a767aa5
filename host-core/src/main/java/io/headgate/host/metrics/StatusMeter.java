package io.headgate.host.metrics;

import io.micrometer.core.instrument.Tags;
import java.util.function.ToDoubleFunction;

/**
 * One number of a status, as a meter.
 *
 * @param <S> what it is read of
 * @param name the meter's name
 * @param tags what tells it from others of that name, beside whose it is
 * @param kind whether it only goes up
 * @param unit its base unit; empty for a count
 * @param description what it says
 * @param value how it is read
 */
record StatusMeter<S>(String name, Tags tags, Kind kind, String unit, String description, ToDoubleFunction<S> value) {

    static final String SECONDS = "seconds";
    static final String BYTES = "bytes";

    /** How a registry treats it. */
    enum Kind {
        /** It only goes up, from 0 with the host. */
        COUNTER,
        /** It goes up and down. */
        GAUGE
    }

    static <S> StatusMeter<S> counter(String name, String description, ToDoubleFunction<S> value) {
        return new StatusMeter<>(name, Tags.empty(), Kind.COUNTER, "", description, value);
    }

    static <S> StatusMeter<S> gauge(String name, String description, ToDoubleFunction<S> value) {
        return new StatusMeter<>(name, Tags.empty(), Kind.GAUGE, "", description, value);
    }

    static <S> StatusMeter<S> timestamp(String name, String description, ToDoubleFunction<S> millis) {
        return StatusMeter.<S>gauge(name, description, status -> millis.applyAsDouble(status) / 1e3)
                .in(SECONDS);
    }

    StatusMeter<S> in(String baseUnit) {
        return new StatusMeter<>(name, tags, kind, baseUnit, description, value);
    }

    StatusMeter<S> with(String tag, String tagged) {
        return new StatusMeter<>(name, tags.and(tag, tagged), kind, unit, description, value);
    }

    static double oneIf(boolean condition) {
        return condition ? 1 : 0;
    }
}
