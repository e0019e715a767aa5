package io.headgate.samples.quickstart;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import tools.jackson.databind.JsonNode;

/** One session of {@code chat.v1}, as the gateway plays it. Only accessed by its event loop. */
final class ChatSession {

    private final GatewaySocket socket;
    private final GatewayTally tally;
    private final Story story;
    private final Scheduler loop;
    private final Sinks.Empty<Void> identified = Sinks.empty();
    private final Set<Long> unanswered = new HashSet<>();
    private long ordinal;
    private long lastBeat;

    ChatSession(GatewaySocket socket, GatewayTally tally, Story story) {
        this.socket = socket;
        this.tally = tally;
        this.story = story;
        this.loop = socket.loop();
    }

    /** The session's life: it ends when the client has gone. */
    Mono<Void> run(Flux<String> texts) {
        return Flux.merge(greet(), awaitIdentify(), identified.asMono().thenMany(Flux.defer(this::afterIdentify)))
                .takeUntilOther(texts.doOnNext(this::received).then())
                .doFinally(end -> tally.unanswered.addAndGet(unanswered.size()))
                .then();
    }

    private Mono<Void> greet() {
        return Mono.fromRunnable(() -> socket.send(Chat.of("hello")
                .put("heartbeat_ms", story.heartbeat().toMillis())
                .toString()));
    }

    private Flux<?> awaitIdentify() {
        return Mono.delay(story.identifyWithin(), loop)
                .takeUntilOther(identified.asMono())
                .doOnNext(late -> socket.close(4001, "identify within " + story.identifyWithin()))
                .flux();
    }

    private Flux<?> afterIdentify() {
        Flux<?> always = Flux.merge(
                Flux.interval(story.message(), loop).doOnNext(tick -> say("How is the weather, " + tick + "?")),
                Flux.interval(story.heartbeat().dividedBy(2), loop).doOnNext(tick -> checkHeartbeat()));
        return ordinal > 1 ? always : Flux.merge(always, once());
    }

    /** What happens to the first client only. */
    private Flux<?> once() {
        return Flux.merge(
                Mono.delay(story.burst(), loop).doOnNext(due -> burst()),
                Mono.delay(story.drop(), loop).doOnNext(due -> socket.cut()));
    }

    private void burst() {
        for (int i = 1; i <= story.burstMessages(); i++) {
            write("All at once, " + i);
        }
        socket.flush();
    }

    private void say(String what) {
        write(what);
        socket.flush();
    }

    private void write(String what) {
        long id = tally.messageIds.incrementAndGet();
        String message = Chat.of("message")
                .put("id", id)
                .put("author", "ada")
                .put("text", what)
                .toString();
        if (socket.write(message)) {
            unanswered.add(id);
        }
    }

    private void checkHeartbeat() {
        Duration since = Duration.ofMillis(now() - lastBeat);
        if (!tally.silent && since.compareTo(story.heartbeat().multipliedBy(2)) > 0) {
            socket.close(4002, "no heartbeat for " + since);
        }
    }

    private void received(String text) {
        JsonNode message = Chat.read(text);
        switch (Chat.op(message)) {
            case "identify" -> identify();
            case "heartbeat" -> heartbeat();
            case "reply" -> reply(message.path("to").asLong(0));
            default -> socket.close(4004, "unknown op");
        }
    }

    private void identify() {
        ordinal = tally.identifies.incrementAndGet();
        lastBeat = now();
        socket.send(Chat.of("ready").toString());
        // A second identify finds the sink terminated, and is harmless.
        identified.tryEmitEmpty();
    }

    private void heartbeat() {
        lastBeat = now();
        socket.send(Chat.of("heartbeat_ack").toString());
    }

    private void reply(long to) {
        if (unanswered.remove(to)) {
            tally.replies.incrementAndGet();
        } else {
            socket.close(4003, "unknown or answered message " + to);
        }
    }

    private long now() {
        return loop.now(TimeUnit.MILLISECONDS);
    }
}
