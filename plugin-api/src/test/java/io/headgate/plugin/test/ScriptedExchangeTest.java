package io.headgate.plugin.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.PullException;
import io.headgate.plugin.PullException.Reason;
import io.headgate.plugin.PullWebSocket;
import io.headgate.plugin.PulledText;
import io.headgate.plugin.ServiceContext;
import io.headgate.plugin.ServicePlugin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** R9: a plugin's bounded exchange is tested in virtual time, without a host. */
final class ScriptedExchangeTest {

    private static final Duration WAIT = Duration.ofSeconds(5);
    private static final Duration FOREVER = Duration.ofMillis(Long.MAX_VALUE);

    /** Asks for a ticket whenever a session opens, and answers with it. */
    private static final ServicePlugin ASKING = (events, context) -> events.concatMap(
            event -> context.exchange("login")
                    .flatMap(exchange -> exchange.sendText("ticket, please")
                            .then(exchange.recv(WAIT))
                            .map(PulledText::text)
                            .defaultIfEmpty("no answer")
                            .onErrorResume(error -> Mono.just(String.valueOf(error.getMessage())))
                            .flatMap(text -> exchange.close().thenReturn(text)))
                    .onErrorResume(error -> Mono.just(error.getMessage()))
                    .map(text -> OutputCommand.sendText("chat", text)),
            0);

    private @Nullable ServiceContext context;

    private PluginHarness harness() {
        return PluginHarness.of((events, given) -> {
            context = given;
            return events.thenMany(Flux.empty());
        });
    }

    private PullWebSocket open(ScriptedExchange scripted) {
        PullWebSocket opened = context().exchange("login").block();
        assertThat(scripted.isOpen()).isTrue();
        return Objects.requireNonNull(opened);
    }

    private ServiceContext context() {
        return Objects.requireNonNull(context);
    }

    private static PullException failure(Mono<?> asked) {
        List<Throwable> errors = new ArrayList<>();
        asked.subscribe(value -> {}, errors::add);
        return (PullException) errors.get(0);
    }

    @Test
    void itsAnswersAreScriptedAndItsSendsExpected() {
        try (PluginHarness harness = PluginHarness.of(ASKING)) {
            ScriptedExchange login = harness.exchange("login");
            harness.opened("chat");
            login.expectSend("ticket, please").expectNothing();
            assertThat(login.isOpen()).isTrue();
            harness.expectNothing();
            login.text("grün").expectClosed();
            harness.expectSend("chat", "grün");
        }
    }

    @Test
    void noAnswerInTimeIsEmptyOnTheHarnessesClock() {
        try (PluginHarness harness = PluginHarness.of(ASKING)) {
            harness.exchange("login");
            harness.opened("chat").advance(WAIT.minusMillis(1)).expectNothing();
            harness.advance(Duration.ofMillis(1)).expectSend("chat", "no answer");
        }
    }

    @Test
    void whatIsScriptedBeforeIsThereAtOnceForAPluginThatBlocks() {
        try (PluginHarness harness = harness()) {
            ScriptedExchange login =
                    harness.exchange("login").text("one").text("two").closed(4000, "bye");
            PullWebSocket exchange =
                    Objects.requireNonNull(context().exchange("login").block());

            assertThat(exchange.recv(WAIT).block()).isEqualTo(new PulledText("one", 3, 0));
            assertThat(exchange.recv(Duration.ZERO).block()).isEqualTo(new PulledText("two", 3, 0));
            assertThat(failure(exchange.recv(WAIT)).closeCode()).isEqualTo(4000);
            assertThat(failure(exchange.sendText("x")).reason()).isEqualTo(Reason.CLOSED);
            login.expectClosed();
        }
    }

    @Test
    void refusalsAndFailuresAreScripted() {
        try (PluginHarness harness = PluginHarness.of(ASKING)) {
            harness.exchange("login").refused("exchange-not-granted");
            harness.opened("chat").expectSend("chat", "exchange-not-granted: as scripted");
            harness.exchange("login").failed("the peer answered 403");
            harness.closed("chat", 1000, "").expectSend("chat", "the peer answered 403");
            ScriptedExchange breaks = harness.exchange("login");
            harness.opened("chat");
            breaks.failed("reset");
            harness.expectSend("chat", "reset");
        }
    }

    @Test
    void anExchangeThatNobodyScriptedIsRefused() {
        try (PluginHarness harness = harness()) {
            assertThat(failure(context().exchange("login")).rule()).isEqualTo("connection-not-declared");
            harness.exchange("login");
            harness.complete();
            assertThat(failure(context().exchange("login")).rule()).isEqualTo("service-stopping");
        }
    }

    @Test
    void itKeepsTheHostsBounds() {
        try (PluginHarness harness = harness()) {
            ScriptedExchange login = harness.exchange("login");
            PullWebSocket exchange = open(login);
            Mono<PulledText> waiting = exchange.recv(WAIT);
            List<PulledText> got = new ArrayList<>();
            waiting.subscribe(got::add);
            assertThat(failure(exchange.recv(WAIT)).reason()).isEqualTo(Reason.BUSY);
            login.text("x");
            assertThat(got).hasSize(1);
            for (int n = 0; n < 64; n++) {
                exchange.sendText("t").block();
            }
            assertThat(failure(exchange.sendText("t")).rule()).isEqualTo("exchange-used-up");
            harness.advance(Duration.ofSeconds(60));
            login.expectClosed();
            assertThat(failure(exchange.recv(WAIT)).reason()).isEqualTo(Reason.EXPIRED);
            assertThatThrownBy(() -> exchange.recv(Duration.ofMillis(-1))).hasMessageContaining("at least 0");
        }
    }

    @Test
    void aPeerThatSendsTooMuchEndsItAndFourAtOnceAreTheMost() {
        try (PluginHarness harness = harness()) {
            ScriptedExchange flood = harness.exchange("login");
            PullWebSocket exchange = open(flood);
            for (int n = 0; n < 65; n++) {
                flood.text("t");
            }
            for (int n = 0; n < 64; n++) {
                assertThat(exchange.recv(WAIT).block()).isNotNull();
            }
            assertThat(failure(exchange.recv(WAIT)).closeCode()).isEqualTo(1008);
            for (int n = 0; n < 4; n++) {
                open(harness.exchange("login"));
            }
            harness.exchange("login");
            assertThat(failure(context().exchange("login")).rule()).isEqualTo("too-many-exchanges");
        }
    }

    @Test
    void aCancelledRecvLosesNothing() {
        try (PluginHarness harness = harness()) {
            ScriptedExchange login = harness.exchange("login");
            PullWebSocket exchange = open(login);
            exchange.recv(WAIT).subscribe().dispose();
            login.text("kept");

            assertThat(Objects.requireNonNull(exchange.recv(WAIT).block()).text())
                    .isEqualTo("kept");
        }
    }

    @Test
    void aRecvMayWaitForAsLongAsItLikes() {
        try (PluginHarness harness = harness()) {
            ScriptedExchange login = harness.exchange("login");
            PullWebSocket exchange = open(login);
            List<PulledText> got = new ArrayList<>();
            List<Throwable> errors = new ArrayList<>();
            exchange.recv(FOREVER).subscribe(got::add, errors::add);
            login.text("answer");
            assertThat(got).hasSize(1);

            exchange.recv(FOREVER).subscribe(got::add, errors::add);
            harness.advance(Duration.ofSeconds(60));
            assertThat(got).hasSize(1);
            assertThat(errors)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            PullException.class,
                            error -> assertThat(error.reason()).isEqualTo(Reason.EXPIRED));
        }
    }

    @Test
    void whatIsNotAsExpectedIsSaid() {
        try (PluginHarness harness = harness()) {
            ScriptedExchange login = harness.exchange("login");
            assertThatThrownBy(login::expectClosed).hasMessageContaining("was not opened");
            PullWebSocket exchange = open(login);
            assertThatThrownBy(login::expectClosed).hasMessageContaining("that it is open");
            assertThatThrownBy(() -> login.refused("x")).isInstanceOf(IllegalStateException.class);
            exchange.sendText("a").block();
            assertThatThrownBy(() -> login.expectSend("b"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("expected \"b\" to be sent in the exchange on \"login\"\n but was \"a\"");
            assertThatThrownBy(login::expectNothing).hasMessageContaining("no further text");
        }
    }

    @Test
    void itEndsWithTheHarness() {
        ScriptedExchange login;
        PullWebSocket exchange;
        try (PluginHarness harness = harness()) {
            login = harness.exchange("login");
            exchange = open(login);
        }
        login.expectClosed();
        assertThatThrownBy(() -> login.text("late"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ended with its incarnation");
        assertThat(failure(exchange.sendText("late")).closeCode()).isEqualTo(1001);
    }

    @Test
    void aPulledTextNeverShowsItsText() {
        assertThat(new PulledText("secret", 6, 7)).hasToString("PulledText[6 bytes, received at 7]");
    }
}
