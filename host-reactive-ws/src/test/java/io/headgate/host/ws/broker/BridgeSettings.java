package io.headgate.host.ws.broker;

import io.headgate.plugin.ServiceContext;
import java.time.Duration;
import java.util.Map;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * What the plugins that copy queues are told by the operator: {@code from} and {@code to}, the destinations; {@code login};
 * {@code passcode}; {@code heart-beat}, as in CONNECT, with one period for both ways; {@code prefetch}, how many messages may
 * be unacknowledged; {@code work}, how long they take over a message, as an ISO-8601 duration. All but the first four may be
 * missing.
 */
record BridgeSettings(Map<String, String> given, Scheduler scheduler) {

    /** The receipt that a bridge asks for with its subscription, and what it reports of itself with it. */
    static final String SUBSCRIBED = "subscribed";

    static BridgeSettings of(ServiceContext context) {
        return new BridgeSettings(context.settings(), context.scheduler());
    }

    String connect() {
        return Stomp.format(StompFrame.of("CONNECT")
                .with("accept-version", "1.2")
                .with("host", "/")
                .with("heart-beat", heartBeat())
                .with("login", required("login"))
                .with("passcode", required("passcode")));
    }

    String subscribe(String ack) {
        return Stomp.format(StompFrame.of("SUBSCRIBE")
                .with("id", "0")
                .with("destination", required("from"))
                .with("ack", ack)
                .with("prefetch-count", given.getOrDefault("prefetch", "0"))
                .with("receipt", SUBSCRIBED));
    }

    /** A copy of a message, without further headers. */
    StompFrame copy(StompFrame message) {
        return StompFrame.of("SEND").with("destination", required("to")).withBody(message.body());
    }

    /** Takes its time over a message. */
    Mono<Long> work() {
        Duration work = Duration.parse(given.getOrDefault("work", "PT0S"));
        return work.isZero() ? Mono.empty() : Mono.delay(work, scheduler);
    }

    /** The period of the heart-beats; zero for none. */
    Duration period() {
        String heartBeat = heartBeat();
        return Duration.ofMillis(Long.parseLong(heartBeat.substring(0, heartBeat.indexOf(','))));
    }

    private String heartBeat() {
        return given.getOrDefault("heart-beat", "0,0");
    }

    private String required(String name) {
        String value = given.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the setting " + name + " is missing");
        }
        return value;
    }
}
