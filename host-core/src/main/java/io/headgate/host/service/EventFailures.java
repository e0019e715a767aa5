package io.headgate.host.service;

import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.diagnostics.Printable;
import io.headgate.plugin.EventId;
import java.util.concurrent.atomic.AtomicLong;

/** The events that a service reported it could not handle: told, and counted. Safe for any thread. */
final class EventFailures {

    private final ServiceEnvironment service;
    private final AtomicLong count = new AtomicLong();

    EventFailures(ServiceEnvironment service) {
        this.service = service;
    }

    void report(EventId event, Throwable error) {
        count.incrementAndGet();
        // An event that the plugin made itself can be of any name.
        EventId shown = new EventId(Printable.text(event.connection()), event.epoch(), event.sequence());
        service.report(at -> new Diagnostic.EventFailed(at, service.name(), shown, Printable.error(error)));
    }

    long count() {
        return count.get();
    }
}
