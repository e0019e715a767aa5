package io.headgate.host.ws.broker;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** Numbered messages of another client. */
final class Messages {

    private Messages() {}

    /** The body of one: more bytes than characters. */
    static String body(long number) {
        return "čислo " + number;
    }

    /** The bodies of some, from a number on. */
    static List<String> bodies(int first, int count) {
        return IntStream.range(first, first + count).mapToObj(Messages::body).toList();
    }

    /** Publishes the first ones to a queue, as they come; counts what the broker confirmed. */
    static int publish(RabbitBroker broker, String queue, int count) throws IOException {
        try (StompPublisher other = StompPublisher.connect(broker)) {
            return other.publish("/queue/" + queue, count, Messages::body);
        }
    }

    /** Publishes persistent ones from a number on, each of which the broker has on its disk. */
    static int publishPersistent(RabbitBroker broker, String queue, int first, int count) throws IOException {
        try (StompPublisher other = StompPublisher.connect(broker)) {
            return other.publishPersistent("/queue/" + queue, count, number -> body(first + number));
        }
    }
}
