package io.headgate.host.ws.broker;

import io.headgate.plugin.IngressEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongFunction;

/** The events that a plugin which speaks STOMP was handed, in order. */
final class SeenEvents {

    private final Queue<IngressEvent> events = new ConcurrentLinkedQueue<>();

    void add(IngressEvent event) {
        events.add(event);
    }

    /** The bodies of the MESSAGE frames. */
    List<String> messages() {
        return events.stream()
                .filter(SeenEvents::isMessage)
                .map(event -> frame(event).body())
                .toList();
    }

    List<IngressEvent.Gap> gaps() {
        return events.stream()
                .filter(IngressEvent.Gap.class::isInstance)
                .map(IngressEvent.Gap.class::cast)
                .toList();
    }

    /** How many texts the Gaps stand for. */
    long missing() {
        return gaps().stream().mapToLong(IngressEvent.Gap::count).sum();
    }

    /** What is neither a text nor a Gap. */
    List<IngressEvent> controls() {
        return events.stream()
                .filter(event -> !(event instanceof IngressEvent.Text || event instanceof IngressEvent.Gap))
                .toList();
    }

    /**
     * The bodies there would be if messages numbered from 0 had come in order, and each Gap stood exactly where what it
     * counts is missing.
     */
    List<String> messagesByCount(LongFunction<String> body) {
        List<String> bodies = new ArrayList<>();
        long next = 0;
        for (IngressEvent event : events) {
            if (event instanceof IngressEvent.Gap gap) {
                next += gap.count();
            } else if (isMessage(event)) {
                bodies.add(body.apply(next++));
            }
        }
        return bodies;
    }

    private static boolean isMessage(IngressEvent event) {
        return event instanceof IngressEvent.Text && frame(event).command().equals("MESSAGE");
    }

    private static StompFrame frame(IngressEvent event) {
        return Stomp.parse(((IngressEvent.Text) event).text()).orElseThrow();
    }
}
