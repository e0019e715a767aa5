package io.headgate.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.samples.quickstart.ChatGateway.Listening;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.WebsocketClientSpec;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;
import reactor.test.StepVerifier;

/** The gateway's rules and counts, seen by a client that is not Headgate. */
final class ChatGatewayTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration NEVER = Duration.ofDays(1);
    private static final Duration SHORT = Duration.ofMillis(200);
    /** Long for two texts to come in, on a loaded machine too. */
    private static final Duration LATE = Duration.ofSeconds(3);

    private static final String IDENTIFY = Chat.of("identify").toString();

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private Listening gateway = listen(new Story(SHORT, SHORT, NEVER, NEVER, 0, NEVER, NEVER));

    private static Listening listen(Story story) {
        return ChatGateway.listen(story).block(PATIENCE);
    }

    private void listenAgain(Story story) {
        gateway.stop().block(PATIENCE);
        gateway = listen(story);
    }

    @AfterEach
    void stopsWithNobodyLeft() {
        StepVerifier.create(gateway.everybodyGone().then(gateway.stop()))
                .expectComplete()
                .verify(PATIENCE);
    }

    /** Says all that is to be said, then listens until the gateway ends it; the close code, if it gave one. */
    private Mono<Integer> closeCode(String path, String... says) {
        return client(path).handle((in, out) -> talk(in, out, says)).next();
    }

    private HttpClient.WebsocketSender client(String path) {
        WebsocketClientSpec.Builder spec = WebsocketClientSpec.builder();
        WebsocketClientSpec offered =
                path.equals("/v1/gateway") ? spec.protocols(Chat.SUBPROTOCOL).build() : spec.build();
        return HttpClient.newConnection().websocket(offered).uri(gateway.base() + path);
    }

    private Mono<Integer> talk(WebsocketInbound in, WebsocketOutbound out, String... says) {
        return out.sendString(Flux.fromArray(says))
                .then()
                .and(in.receive().asString().doOnNext(heard::add))
                .then(in.receiveCloseStatus())
                .map(WebSocketCloseStatus::code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4001 | {'op':'heartbeat'}                    | {'op':'heartbeat'}",
                "4002 | {'op':'identify'}                     | {'op':'heartbeat'}",
                "4003 | {'op':'identify'}                     | {'op':'reply','to':1}",
                "4004 | {'op':'identify'}                     | {'op':'shout'}",
                "4004 | {'op':'identify'}                     | no JSON"
            })
    void aBrokenRuleClosesWithItsCode(int code, String first, String second) {
        Duration heartbeat = code == 4002 ? LATE.dividedBy(2) : NEVER;
        listenAgain(new Story(heartbeat, code == 4001 ? LATE : NEVER, NEVER, NEVER, 0, NEVER, NEVER));
        Mono<Integer> closed = closeCode("/v1/gateway", first.replace('\'', '"'), second.replace('\'', '"'));

        StepVerifier.create(closed).expectNext(code).expectComplete().verify(PATIENCE);
        assertThat(gateway.counts().violations()).isEqualTo(1);
        assertThat(gateway.counts().chat().received()).isEqualTo(2);
        assertThat(gateway.counts().chat().sent()).isEqualTo(heard.size());
        assertThat(heard.get(0)).isEqualTo("{\"op\":\"hello\",\"heartbeat_ms\":" + heartbeat.toMillis() + "}");
    }

    @Test
    void theFeedAnnouncesAndIsNotToBeWrittenTo() {
        StepVerifier.create(closeCode("/v1/feed", "hello?"))
                .expectNext(4005)
                .expectComplete()
                .verify(PATIENCE);
        assertThat(gateway.counts().feed().received()).isEqualTo(1);
        assertThat(heard).containsExactly("line 0 of the feed").hasSize((int)
                gateway.counts().feed().sent());
    }

    @Test
    void aMessageIsAnsweredOnceOnly() {
        listenAgain(new Story(NEVER, NEVER, NEVER, Duration.ZERO, 1, NEVER, NEVER));
        String reply = Chat.of("reply").put("to", 1).toString();
        Mono<Integer> closed = client("/v1/gateway")
                .handle((in, out) -> {
                    Flux<String> texts = in.receive().asString().doOnNext(heard::add);
                    Flux<TextWebSocketFrame> says = texts.map(text -> Chat.op(Chat.read(text)))
                            .concatMapIterable(op -> op.equals("hello")
                                    ? List.of(IDENTIFY)
                                    : op.equals("message") ? List.of(reply, reply) : List.of())
                            .map(TextWebSocketFrame::new);
                    Mono<Void> said = out.sendObject(says, text -> true).then();
                    return said.then(in.receiveCloseStatus()).map(WebSocketCloseStatus::code);
                })
                .next();

        StepVerifier.create(closed).expectNext(4003).expectComplete().verify(PATIENCE);
        assertThat(gateway.counts().replies()).isEqualTo(1);
        assertThat(gateway.counts().chat().received()).isEqualTo(3);
    }

    @Test
    void aCutConnectionDeliversAllThatWasSentBefore() {
        listenAgain(new Story(NEVER, NEVER, Duration.ofMillis(5), SHORT.dividedBy(2), 500, SHORT, NEVER));

        StepVerifier.create(closeCode("/v1/gateway", IDENTIFY))
                .thenConsumeWhile(any -> true)
                .expectComplete()
                .verify(PATIENCE);
        StepVerifier.create(gateway.everybodyGone()).expectComplete().verify(PATIENCE);
        assertThat(heard).hasSizeGreaterThan(500).hasSize((int)
                gateway.counts().chat().sent());
        assertThat(gateway.counts().unanswered()).isEqualTo(heard.size() - 2L);
        assertThat(gateway.counts().violations()).isZero();
    }
}
