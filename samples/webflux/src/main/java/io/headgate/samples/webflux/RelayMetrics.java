package io.headgate.samples.webflux;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToLongFunction;

/** What the application counts by itself, besides what the host does: the streams of events and the calls. */
final class RelayMetrics implements MeterBinder {

    private final Audience audience;
    private final Calls calls;

    RelayMetrics(Audience audience, Calls calls) {
        this.audience = audience;
        this.calls = calls;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        count(registry, "handed", SeatCounts::handed);
        count(registry, "delivered", SeatCounts::delivered);
        count(registry, "dropped", SeatCounts::dropped);
        count(registry, "left", SeatCounts::left);
        Gauge.builder("relay.streams.waiting", audience, all -> all.counts().waiting())
                .register(registry);
        Gauge.builder("relay.streams", audience, Audience::taken).register(registry);
        Gauge.builder("relay.messages.undecided", calls, Calls::undecided).register(registry);
        FunctionCounter.builder("relay.messages.refused", calls, Calls::refused).register(registry);
    }

    private void count(MeterRegistry registry, String what, ToLongFunction<SeatCounts> term) {
        FunctionCounter.builder("relay.streams.events", audience, all -> term.applyAsLong(all.counts()))
                .tag("what", what)
                .register(registry);
    }
}
