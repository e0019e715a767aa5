package io.headgate.samples.scaling;

import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.ServiceContext;
import reactor.core.publisher.SynchronousSink;

/**
 * Makes tasks of texts, and counts the Gaps before each. A Gap says that texts are missing, not whose: so it is told to no key, and each key
 * finds out by its own next number. Only accessed by the service's worker.
 */
final class Intake {

    private final ServiceContext context;
    private long gaps;

    Intake(ServiceContext context) {
        this.context = context;
    }

    /** Passes on a task, or nothing: then the next event is asked for. */
    void take(IngressEvent event, SynchronousSink<Task> sink) {
        if (event instanceof IngressEvent.Gap) {
            gaps++;
        } else if (event instanceof IngressEvent.Text text) {
            Task.read(text, gaps).ifPresentOrElse(sink::next, () -> reportUnreadable(text));
        }
    }

    private void reportUnreadable(IngressEvent.Text text) {
        context.reportFailure(
                text,
                new IllegalArgumentException("expected <key> <number> <what to do> in " + text.bytes() + " bytes"));
    }
}
