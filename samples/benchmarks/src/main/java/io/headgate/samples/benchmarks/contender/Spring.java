package io.headgate.samples.benchmarks.contender;

import java.net.URI;
import java.util.concurrent.CompletionStage;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.reactive.socket.client.ReactorNettyWebSocketClient;
import org.springframework.web.reactive.socket.client.WebSocketClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.WebsocketClientSpec;

/**
 * Spring's {@code WebSocketClient} over Reactor Netty. {@code getPayloadAsText} puts a replacement character for what is no
 * UTF-8, and Netty's validator is out of reach: {@link Work#SAME} looks for one, and ends the connection.
 */
final class Spring implements Contender {

    private static final int MAX_TEXT = 1 << 20;

    private final Work work;
    private final Scheduler worker = Schedulers.newSingle("worker", true);
    private final WebSocketClient client = new ReactorNettyWebSocketClient(
            HttpClient.newConnection(), () -> WebsocketClientSpec.builder().maxFramePayloadLength(MAX_TEXT));
    private Lives lives = new Lives();

    Spring(Work work) {
        this.work = work;
    }

    @Override
    public CompletionStage<Void> open(URI target, Shape shape, Task task) {
        Lives opening = new Lives();
        lives = opening;
        for (int connection = 0; connection < shape.connections(); connection++) {
            int number = connection;
            opening.begin(opened -> client.execute(target, session -> {
                opened.run();
                return life(session, task, number);
            }));
        }
        return opening.allOpen();
    }

    private Mono<Void> life(WebSocketSession session, Task task, int connection) {
        Mono<Void> end = lives.closing();
        if (task instanceof Task.Receive receive) {
            Recipient recipient = receive.recipients().apply(connection);
            return texts(session).doOnNext(recipient::text).takeUntilOther(end).then();
        }
        if (task instanceof Task.Send send) {
            Flux<WebSocketMessage> messages = Flux.generate(sink -> sink.next(session.textMessage(send.text())));
            return session.send(messages.takeUntilOther(end));
        }
        if (task instanceof Task.Echo) {
            return session.send(texts(session).map(session::textMessage).takeUntilOther(end));
        }
        return session.receive().takeUntilOther(end).then();
    }

    private Flux<String> texts(WebSocketSession session) {
        if (work == Work.BARE) {
            return session.receive().map(WebSocketMessage::getPayloadAsText);
        }
        Traffic traffic = new Traffic();
        return session.receive()
                .map(message -> {
                    traffic.add(message.getPayload().readableByteCount());
                    return Utf8.checked(message.getPayloadAsText());
                })
                .publishOn(worker, Work.QUEUE);
    }

    @Override
    public CompletionStage<Void> close() {
        return lives.close();
    }
}
