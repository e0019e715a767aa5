package io.headgate.samples.benchmarks.contender;

import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import java.net.URI;
import java.util.concurrent.CompletionStage;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.WebsocketClientSpec;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;

/** Reactor Netty's {@code HttpClient}, used as its guide shows. */
final class ReactorNetty implements Contender {

    private static final int MAX_TEXT = 1 << 20;

    private final Work work;
    private final Scheduler worker = Schedulers.newSingle("worker", true);
    private final HttpClient http = HttpClient.newConnection();
    private Lives lives = new Lives();

    ReactorNetty(Work work) {
        this.work = work;
    }

    @Override
    public CompletionStage<Void> open(URI target, Shape shape, Task task) {
        Lives opening = new Lives();
        lives = opening;
        WebsocketClientSpec spec =
                WebsocketClientSpec.builder().maxFramePayloadLength(MAX_TEXT).build();
        for (int connection = 0; connection < shape.connections(); connection++) {
            int number = connection;
            opening.begin(opened -> http.websocket(spec)
                    .uri(target)
                    .handle((in, out) -> {
                        opened.run();
                        return life(in, out, task, number);
                    })
                    .then());
        }
        return opening.allOpen();
    }

    private Publisher<Void> life(WebsocketInbound in, WebsocketOutbound out, Task task, int connection) {
        Mono<Void> end = lives.closing();
        if (task instanceof Task.Receive receive) {
            Recipient recipient = receive.recipients().apply(connection);
            return texts(in).doOnNext(recipient::text).takeUntilOther(end).then();
        }
        if (task instanceof Task.Send send) {
            Flux<TextWebSocketFrame> frames = Flux.generate(sink -> sink.next(new TextWebSocketFrame(send.text())));
            return out.sendObject(frames.takeUntilOther(end));
        }
        if (task instanceof Task.Echo) {
            return out.sendObject(texts(in).map(TextWebSocketFrame::new).takeUntilOther(end));
        }
        return in.receiveFrames().takeUntilOther(end).then();
    }

    private Flux<String> texts(WebsocketInbound in) {
        if (work == Work.BARE) {
            return in.receiveFrames().cast(TextWebSocketFrame.class).map(TextWebSocketFrame::text);
        }
        in.withConnection(connection -> connection.addHandlerLast(new Utf8FrameValidator()));
        Traffic traffic = new Traffic();
        return in.receiveFrames()
                .cast(TextWebSocketFrame.class)
                .map(frame -> {
                    traffic.add(frame.content().readableBytes());
                    return frame.text();
                })
                .publishOn(worker, Work.QUEUE);
    }

    @Override
    public CompletionStage<Void> close() {
        return lives.close();
    }
}
