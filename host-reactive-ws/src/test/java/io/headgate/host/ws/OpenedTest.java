package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.transport.Session;
import io.headgate.host.transport.test.ConnectionDriverContract.Answer;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.Scannable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** What an open session keeps of its dial. */
final class OpenedTest {

    private final NettyServer server = new NettyServer(null);
    private final ReactorNettyDriver driver = ReactorNettyDriver.create();
    private final Sinks.One<Session> opened = Sinks.one();
    private final Sinks.One<Subscription> subscribed = Sinks.one();

    @AfterEach
    void close() {
        driver.disposeLater().block(Recording.LIMIT);
        server.close();
    }

    @Test
    @DisplayName("A session may last for days: line, deadlines and client of its dial are let go of once it is open")
    void keepsNothingOfItsDial() {
        driver.connect(Recording.spec(server.target(Answer.ACCEPT), "s"), this::live)
                .doOnSubscribe(
                        subscription -> subscribed.tryEmitValue(subscription).orThrow())
                .subscribe();

        assertThat(stepsOf(Objects.requireNonNull(subscribed.asMono().block(Recording.LIMIT))))
                .as("from the session's life up to its dial")
                .containsExactly("flatMap", "peekTerminal", "peek", "detach");
    }

    private Mono<Void> live(Session session) {
        return Mono.<Void>never()
                .doOnSubscribe(begun -> opened.tryEmitValue(session).orThrow());
    }

    /** Looked at on the session's thread, behind the call that opened it. */
    private List<String> stepsOf(Subscription life) {
        Session session = Objects.requireNonNull(opened.asMono().block(Recording.LIMIT));
        Sinks.One<List<String>> steps = Sinks.one();
        session.wire()
                .execute(() -> steps.tryEmitValue(Scannable.from(life)
                                .parents()
                                .map(Scannable::stepName)
                                .toList())
                        .orThrow());
        return Objects.requireNonNull(steps.asMono().block(Recording.LIMIT));
    }
}
