package io.headgate.host.metrics;

import io.headgate.host.health.HealthRule;
import io.headgate.host.recording.RecordingStatus;
import io.headgate.host.service.ConnectionStatus;
import io.headgate.host.service.HostStatus;
import io.headgate.host.service.ServiceStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * The meters of one registry. Services and connections stand in each status where they stand in the first.
 *
 * @param registry where they are
 * @param latest what they read
 */
record StatusMeters(MeterRegistry registry, LatestStatus latest) {

    /** No connection has this name. */
    private static final String NONE = "(none)";

    void register(HealthRule rule) {
        HostMeters.of(rule).forEach(meter -> register(meter, Tags.empty(), Function.identity()));
        int services = latest.get().services().size();
        for (int index = 0; index < services; index++) {
            registerService(index);
        }
        int recordings = latest.get().recordings().size();
        for (int index = 0; index < recordings; index++) {
            registerRecording(index);
        }
    }

    private void registerRecording(int index) {
        Function<HostStatus, RecordingStatus> find =
                status -> status.recordings().get(index);
        String[] names = find.apply(latest.get()).service().split("/", 2);
        Tags whose = Tags.of("plugin", names[0], "service", names[1]);
        RecordingMeters.ALL.forEach(meter -> register(meter, whose, find));
    }

    private void registerService(int index) {
        Function<HostStatus, ServiceStatus> find = status -> status.services().get(index);
        ServiceStatus service = find.apply(latest.get());
        Tags whose = Tags.of("plugin", service.plugin(), "service", service.service());
        ServiceMeters.ALL.forEach(meter -> register(meter, whose, find));
        CommandMeters.ofNone().forEach(meter -> register(meter, whose.and("connection", NONE), find));
        for (int at = 0; at < service.connections().size(); at++) {
            registerConnection(find, at, whose);
        }
    }

    private void registerConnection(Function<HostStatus, ServiceStatus> service, int at, Tags whose) {
        Function<HostStatus, ConnectionStatus> find =
                status -> service.apply(status).connections().get(at);
        Tags named = whose.and("connection", find.apply(latest.get()).connection());
        ConnectionMeters.ALL.forEach(meter -> register(meter, named, find));
    }

    private <S> void register(StatusMeter<S> meter, Tags whose, Function<HostStatus, S> find) {
        // The registry holds the object weakly, and the function, which holds it too, strongly.
        ToDoubleFunction<LatestStatus> value = unused -> meter.value().applyAsDouble(find.apply(latest.get()));
        Tags tags = whose.and(meter.tags());
        String unit = meter.unit().isEmpty() ? null : meter.unit();
        if (meter.kind() == StatusMeter.Kind.COUNTER) {
            FunctionCounter.builder(meter.name(), latest, value)
                    .tags(tags)
                    .baseUnit(unit)
                    .description(meter.description())
                    .register(registry);
        } else {
            Gauge.builder(meter.name(), latest, value)
                    .tags(tags)
                    .baseUnit(unit)
                    .description(meter.description())
                    .register(registry);
        }
    }
}
