package io.headgate.plugin.test;

import io.headgate.plugin.EventId;
import io.headgate.plugin.IngressEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** Numbers the scripted events and holds them until the plugin asks. Only accessed by the test's thread. */
final class Script {

    static final int MAX_WAITING = 1024;

    private final Queue<IngressEvent> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Sinks.Many<IngressEvent> sink = Sinks.many().unicast().onBackpressureBuffer(waiting);
    private final Map<String, Line> lines = new HashMap<>();

    /** One connection's numbers. */
    private static final class Line {
        private long epoch;
        private long sequence;
        private boolean open;
    }

    Flux<IngressEvent> events() {
        return sink.asFlux();
    }

    int waiting() {
        return waiting.size();
    }

    EventId open(String connection) {
        Line line = line(connection);
        if (line.open) {
            throw new IllegalStateException(
                    "\"" + connection + "\" is open already: script closed(…) or failed(…) first");
        }
        line.open = true;
        line.epoch++;
        line.sequence = 0;
        return next(connection);
    }

    EventId whileOpen(String connection) {
        if (!line(connection).open) {
            throw new IllegalStateException(
                    "\"" + connection + "\" is not open: script opened(\"" + connection + "\") first");
        }
        return next(connection);
    }

    EventId endOpen(String connection) {
        EventId id = whileOpen(connection);
        line(connection).open = false;
        return id;
    }

    /** Ends what is open; a dial that failed ends nothing. */
    EventId end(String connection) {
        line(connection).open = false;
        return next(connection);
    }

    EventId next(String connection) {
        return skip(connection, 1);
    }

    EventId skip(String connection, long count) {
        Line line = line(connection);
        line.sequence += count;
        return new EventId(connection, line.epoch, line.sequence);
    }

    private Line line(String connection) {
        return lines.computeIfAbsent(connection, name -> new Line());
    }

    void emit(IngressEvent event) {
        switch (sink.tryEmitNext(event)) {
            case OK -> {}
            case FAIL_OVERFLOW, FAIL_ZERO_SUBSCRIBER ->
                throw new AssertionError(
                        MAX_WAITING + " events wait and the plugin does not ask for them; the next was " + event);
            case FAIL_CANCELLED -> throw new AssertionError("the plugin has cancelled its events before " + event);
            case FAIL_TERMINATED -> throw new IllegalStateException("no event can follow complete(): " + event);
            case FAIL_NON_SERIALIZED ->
                throw new IllegalStateException("a harness is scripted by one thread at a time: " + event);
        }
    }

    void complete() {
        sink.tryEmitComplete();
    }
}
