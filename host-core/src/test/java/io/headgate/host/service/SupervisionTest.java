package io.headgate.host.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.diagnostics.ServiceState;
import io.headgate.host.ingress.DiscardReason;
import io.headgate.host.ingress.Tally;
import io.headgate.host.transport.test.InMemoryPeer;
import io.headgate.plugin.EventId;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServiceContext;
import io.headgate.plugin.ServicePlugin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The table "A service's life", a test or more a row, in virtual time. What stop does is in {@link LifeTest}. */
@Timeout(60)
final class SupervisionTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final List<Long> incarnations = new ArrayList<>();
    private final List<Long> startedAtMillis = new ArrayList<>();
    private final List<IngressEvent> seen = new ArrayList<>();

    /** Fails at each text that says so, and answers each other one. */
    private Flux<OutputCommand> fragile(Flux<IngressEvent> events, ServiceContext context) {
        incarnations.add(context.incarnation());
        startedAtMillis.add(context.scheduler().now(TimeUnit.MILLISECONDS));
        return events.doOnNext(seen::add)
                .ofType(IngressEvent.Text.class)
                .doOnNext(text -> {
                    if (text.text().startsWith("fail")) {
                        throw new IllegalStateException("secret");
                    }
                })
                .map(text -> text.reply("re " + text.text()));
    }

    private static HostFixture supervised(ServicePlugin plugin, String restart) {
        return HostFixture.restarting(plugin, UnaryOperator.identity(), restart, null);
    }

    private HostFixture fragile(String restart) {
        return supervised(this::fragile, restart);
    }

    @Test
    @DisplayName("handle throws or returns null: the start failed, and is tried again by policy")
    void a_start_that_fails_is_tried_again() {
        ServicePlugin recovering = (events, context) -> {
            incarnations.add(context.incarnation());
            if (context.incarnation() == 1) {
                throw new IllegalStateException("not yet");
            }
            return context.incarnation() == 2 ? nullFlux() : events.thenMany(Flux.empty());
        };
        try (HostFixture fixture = supervised(recovering, "{first: 1s, max: 1s}")) {
            fixture.start();
            assertThat(fixture.status().state()).isEqualTo(ServiceState.RESTARTING);
            assertThat(fixture.driver.dials()).isEmpty();

            fixture.after(SECOND).after(SECOND);
            assertThat(incarnations).containsExactly(1L, 2L, 3L);
            assertThat(fixture.status().state()).isEqualTo(ServiceState.RUNNING);
            assertThat(fixture.driver.dials()).hasSize(2);
        }
    }

    @SuppressWarnings("NullAway")
    private static Flux<OutputCommand> nullFlux() {
        return null;
    }

    @Test
    @DisplayName("never subscribes: STALLED after a bound, and nothing is dialled; late is better than never")
    void a_plugin_that_does_not_subscribe_stalls_until_it_does() {
        ServicePlugin late = (events, context) ->
                Mono.delay(Duration.ofMinutes(1), context.scheduler()).thenMany(events.thenMany(Flux.empty()));
        try (HostFixture fixture = supervised(late, "{}")) {
            fixture.start().after(Duration.ofSeconds(29));
            assertThat(fixture.status().state()).isEqualTo(ServiceState.STARTING);
            fixture.after(Duration.ofSeconds(1));
            assertThat(fixture.status().state()).isEqualTo(ServiceState.STALLED);
            assertThat(fixture.driver.dials()).isEmpty();
            assertThat(fixture.told(Diagnostic.ServiceChanged.class))
                    .last()
                    .satisfies(told -> assertThat(told.detail())
                            .startsWith("the plugin has not subscribed to its events for 30000 ms"));

            fixture.after(Duration.ofSeconds(30));
            assertThat(fixture.status().state()).isEqualTo(ServiceState.RUNNING);
            assertThat(fixture.driver.dials()).hasSize(2);
        }
    }

    @Test
    @DisplayName("subscribes twice: the second gets an error, reported; the first goes on")
    void a_second_subscription_is_refused_and_reported() {
        List<Throwable> errors = new ArrayList<>();
        ServicePlugin twice = (events, context) -> Flux.merge(
                events.doOnNext(seen::add).thenMany(Flux.<OutputCommand>empty()),
                events.onErrorComplete(error -> errors.add(error)).thenMany(Flux.<OutputCommand>empty()));
        try (HostFixture fixture = supervised(twice, "{}")) {
            fixture.chat().text("a");
            fixture.tick();
            assertThat(errors).singleElement().isInstanceOf(IllegalStateException.class);
            assertThat(fixture.told(Diagnostic.PluginFault.class))
                    .singleElement()
                    .satisfies(fault -> assertThat(fault.message())
                            .startsWith("the plugin subscribed to its events a second time")
                            .contains("share them"));
            assertThat(seen).last().isInstanceOf(IngressEvent.Text.class);
            assertThat(fixture.status().state()).isEqualTo(ServiceState.RUNNING);
        }
    }

    @Test
    @DisplayName("output completes: FINISHED, no restart")
    void output_that_completes_is_not_restarted() {
        ServicePlugin brief = (events, context) -> {
            incarnations.add(context.incarnation());
            return events.take(1).thenMany(Flux.empty());
        };
        try (HostFixture fixture = supervised(brief, "{}")) {
            fixture.chat();
            fixture.after(Duration.ofHours(1));
            assertThat(fixture.status().state()).isEqualTo(ServiceState.FINISHED);
            assertThat(fixture.status().life().inHand()).isEmpty();
            assertThat(incarnations).containsExactly(1L);
        }
    }

    @Test
    @DisplayName("output fails: the event in hand is named, what waits is handed over, connections stay open")
    void a_failed_incarnation_hands_over_to_the_next() {
        try (HostFixture fixture = fragile("{}")) {
            InMemoryPeer peer = fixture.chat().text("fail").text("a").text("b");
            fixture.tick();

            LifeStatus between = fixture.status().life();
            assertThat(between.state()).isEqualTo(ServiceState.RESTARTING);
            assertThat(between.incarnation()).isZero();
            assertThat(between.nextStartAtMillis()).isEqualTo(1_000);
            assertThat(between.lastFailure())
                    .startsWith("the plugin's output failed: java.lang.IllegalStateException at ")
                    .endsWith(", with event chat/1/2 in hand")
                    .doesNotContain("secret");
            assertThat(fixture.connection("chat").state()).isEqualTo(ConnectionState.OPEN);
            peer.text("c");
            fixture.after(SECOND);

            assertThat(peer.sent()).containsExactly("re a", "re b", "re c");
            assertThat(incarnations).containsExactly(1L, 2L);
            LifeStatus after = fixture.status().life();
            assertThat(after.state()).isEqualTo(ServiceState.RUNNING);
            assertThat(after.incarnation()).isEqualTo(2);
            assertThat(after.restarts()).isEqualTo(1);
            assertThat(after.nextStartAtMillis()).isZero();
            assertThat(fixture.connection("chat").events().delivered().events()).isEqualTo(4);
        }
    }

    @Test
    @DisplayName("discard: what waited for the failed incarnation is counted, not handed over; control events are")
    void a_failed_incarnation_leaves_its_texts_behind_where_the_grant_says_so() {
        try (HostFixture fixture = fragile("{waiting: discard}")) {
            InMemoryPeer peer = fixture.chat().text("fail").text("a").text("b");
            fixture.tick();
            peer.text("c").close(1000, "bye");
            fixture.after(SECOND);

            assertThat(seen).filteredOn(IngressEvent.Text.class::isInstance).hasSize(1);
            assertThat(seen).filteredOn(IngressEvent.Closed.class::isInstance).hasSize(1);
            assertThat(fixture.connection("chat").events().discards())
                    .containsOnlyKeys(DiscardReason.INCARNATION_ENDED)
                    .containsValue(new Tally(3, 3));
        }
    }

    @Test
    @DisplayName("the wait doubles up to its bound, and the restarts have one too")
    void restarts_back_off_and_are_bounded() {
        ServicePlugin hopeless = (events, context) -> {
            startedAtMillis.add(context.scheduler().now(TimeUnit.MILLISECONDS));
            return Flux.error(new IllegalStateException());
        };
        try (HostFixture fixture = supervised(hopeless, "{attempts: 5, first: 1s, max: 5s}")) {
            fixture.start().after(Duration.ofHours(1));
            assertThat(startedAtMillis).containsExactly(0L, 1_000L, 3_000L, 7_000L, 12_000L, 17_000L);
            assertThat(fixture.status().state()).isEqualTo(ServiceState.FAILED);
            assertThat(fixture.status().life().restarts()).isEqualTo(5);
            assertThat(fixture.told(Diagnostic.ServiceChanged.class))
                    .last()
                    .satisfies(told -> assertThat(told.detail()).endsWith("; no restart is left"));
            assertThat(fixture.connection("chat").state()).isEqualTo(ConnectionState.STOPPED);
        }
    }

    @Test
    @DisplayName("a stable incarnation starts the count and the backoff over")
    void a_stable_incarnation_resets_the_backoff() {
        ServicePlugin mortal = (events, context) -> {
            startedAtMillis.add(context.scheduler().now(TimeUnit.MILLISECONDS));
            Duration lasts = Duration.ofSeconds(context.incarnation() == 3 ? 10 : 0);
            return Mono.delay(lasts, context.scheduler()).thenMany(Flux.error(new IllegalStateException()));
        };
        try (HostFixture fixture = supervised(mortal, "{attempts: 2, first: 1s, max: 60s, stable-after: 10s}")) {
            fixture.start().after(Duration.ofHours(1));
            assertThat(startedAtMillis)
                    .containsExactlyElementsOf(LongStream.of(0, 1_000, 3_000, 14_000, 16_000)
                            .boxed()
                            .toList());
            assertThat(fixture.status().state()).isEqualTo(ServiceState.FAILED);
        }
    }

    @Test
    @DisplayName("what only the failed incarnation was told is told again: which connections are down")
    void a_connection_that_is_down_is_told_to_the_next_incarnation() {
        ServicePlugin failsWhenDown =
                (events, context) -> events.filter(event -> event.connection().equals("chat"))
                        .ofType(IngressEvent.ReconnectNeeded.class)
                        .map(down -> {
                            if (context.incarnation() == 1) {
                                throw new IllegalStateException();
                            }
                            return down.reconnect();
                        });
        try (HostFixture fixture = supervised(failsWhenDown, "{}")) {
            fixture.chat().close(1000, "bye");
            fixture.tick();
            assertThat(fixture.status().state()).isEqualTo(ServiceState.RESTARTING);
            fixture.after(SECOND);
            assertThat(fixture.driver.dials()).hasSize(3);
            assertThat(fixture.connection("chat").state()).isEqualTo(ConnectionState.CONNECTING);
        }
    }

    @Test
    @DisplayName("what a failed incarnation left in a mailbox is not sent by the next one's authority")
    void commands_of_an_ended_incarnation_are_refused_at_the_gate() {
        try (HostFixture fixture = fragile("{}")) {
            InMemoryPeer peer = fixture.chat().stall().text("a").text("fail").text("b");
            fixture.after(SECOND);
            assertThat(fixture.status().incarnation()).isEqualTo(2);
            peer.resume();
            fixture.tick();

            assertThat(peer.sent()).containsExactly("re b");
            assertThat(fixture.told(Diagnostic.CommandRefused.class))
                    .singleElement()
                    .satisfies(refused -> assertThat(refused.rule()).isEqualTo("incarnation-ended"));
        }
    }

    @Test
    @DisplayName("an error that Reactor throws on as fatal ends the incarnation, and does not hang it")
    void a_linkage_error_in_the_plugin_is_a_failure_like_any_other() {
        ServicePlugin mislinked = (events, context) -> {
            if (context.incarnation() == 1) {
                throw new NoClassDefFoundError("in handle");
            }
            return events.doOnNext(seen::add).ofType(IngressEvent.Text.class).map(text -> {
                if (context.incarnation() == 2) {
                    throw new NoClassDefFoundError("in onNext");
                }
                return text.reply("ok");
            });
        };
        try (HostFixture fixture = supervised(mislinked, "{}")) {
            fixture.start().after(SECOND);
            InMemoryPeer peer =
                    fixture.driver.peer("chat").accept("chat.v1").text("a").text("b");
            fixture.tick();
            assertThat(fixture.status().state()).isEqualTo(ServiceState.RESTARTING);
            assertThat(fixture.status().life().lastFailure())
                    .startsWith("the plugin's output failed: java.lang.NoClassDefFoundError")
                    .endsWith("with event chat/1/2 in hand");
            assertThat(fixture.status().life().inHand()).isEmpty();
            fixture.after(SECOND).after(SECOND);
            assertThat(peer.sent()).containsExactly("ok");
        }
    }

    static Stream<Arguments> throwingPlaces() {
        return Stream.of(
                Arguments.of("subscribe", (Function<Scheduler, Flux<OutputCommand>>) scheduler -> Flux.defer(() -> {
                    throw new NoClassDefFoundError("x");
                })),
                Arguments.of("request", (Function<Scheduler, Flux<OutputCommand>>)
                        scheduler -> Flux.range(1, 3).map(n -> {
                            throw new NoClassDefFoundError("x");
                        })),
                Arguments.of("timer", (Function<Scheduler, Flux<OutputCommand>>)
                        scheduler -> Mono.delay(Duration.ofMillis(1), scheduler).flatMapMany(n -> {
                            throw new NoClassDefFoundError("x");
                        })),
                Arguments.of("task", (Function<Scheduler, Flux<OutputCommand>>) scheduler -> {
                    scheduler.schedule(
                            () -> {
                                throw new NoClassDefFoundError("x");
                            },
                            1,
                            TimeUnit.MILLISECONDS);
                    return Flux.never();
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("throwingPlaces")
    @DisplayName("wherever plugin code throws what is no signal, its incarnation fails")
    void what_plugin_code_throws_fails_its_incarnation(String place, Function<Scheduler, Flux<OutputCommand>> output) {
        ServicePlugin throwing = (events, context) -> context.incarnation() == 1
                ? Flux.merge(events.thenMany(Flux.empty()), output.apply(context.scheduler()))
                : events.thenMany(Flux.empty());
        try (HostFixture fixture = supervised(throwing, "{}")) {
            fixture.start().after(Duration.ofMillis(10));
            assertThat(fixture.status().life().lastFailure())
                    .as(place)
                    .startsWith("the plugin's output failed: java.lang.NoClassDefFoundError");
            fixture.after(SECOND);
            assertThat(fixture.status().incarnation()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("an incarnation that has ended takes no events, even if it did not let go of them")
    void a_subscriber_that_an_incarnation_left_behind_gets_nothing_more() {
        List<String> leftBehind = new ArrayList<>();
        ServicePlugin untidy = (events, context) -> {
            if (context.incarnation() > 1) {
                return fragile(events, context);
            }
            events.subscribe(event -> leftBehind.add(event.getClass().getSimpleName()));
            return Mono.delay(SECOND, context.scheduler()).thenMany(Flux.error(new IllegalStateException()));
        };
        try (HostFixture fixture = supervised(untidy, "{}")) {
            InMemoryPeer peer = fixture.chat();
            fixture.after(SECOND);
            assertThat(fixture.status().state()).isEqualTo(ServiceState.RESTARTING);
            leftBehind.clear();
            peer.text("a");
            fixture.after(SECOND);
            assertThat(leftBehind).isEmpty();
            assertThat(peer.sent()).containsExactly("re a");
        }
    }

    @Test
    @DisplayName("where no incarnation can follow, since its scheduler is gone, the service fails, and says so")
    void a_worker_that_is_gone_fails_the_service() {
        Scheduler worker = Schedulers.newSingle("gone", true);
        ServicePlugin failing = (events, context) -> Flux.error(new IllegalStateException());
        try (HostFixture fixture = HostFixture.restarting(failing, UnaryOperator.identity(), "{}", worker)) {
            fixture.start();
            Mono.fromRunnable(() -> {}).subscribeOn(worker).block(Duration.ofSeconds(30));
            assertThat(fixture.status().state()).isEqualTo(ServiceState.RESTARTING);
            worker.dispose();
            fixture.after(SECOND);
            assertThat(fixture.status().state()).isEqualTo(ServiceState.FAILED);
            assertThat(fixture.status().life().lastFailure()).contains("RejectedExecutionException");
        }
    }

    @Test
    @DisplayName("a restart says why, which one it is, and when")
    void a_restart_is_told() {
        try (HostFixture fixture = fragile("{attempts: 7, first: 250ms}")) {
            fixture.chat().text("fail");
            fixture.tick();
            assertThat(fixture.told(Diagnostic.ServiceChanged.class))
                    .last()
                    .satisfies(told -> assertThat(told.message())
                            .startsWith("service is RESTARTING: the plugin's output failed: ")
                            .endsWith(", with event chat/1/2 in hand; restart 1 of 7 in 250 ms"));
        }
    }

    @Test
    @DisplayName("a stall with undecided commands says so: it may be a peer that takes nothing")
    void a_stall_points_at_undecided_commands() {
        ServicePlugin waiting = ServicePlugin.perEvent(event -> event instanceof IngressEvent.Text text
                ? Flux.concat(Mono.just(text.reply("a")), Mono.never())
                : Mono.empty());
        try (HostFixture fixture = supervised(waiting, "{}")) {
            InMemoryPeer peer = fixture.chat().stall();
            peer.text("a");
            fixture.after(Duration.ofSeconds(33));
            assertThat(fixture.told(Diagnostic.ServiceChanged.class))
                    .last()
                    .satisfies(told -> assertThat(told.detail())
                            .contains("; 1 of its commands are undecided: look at its connections"));
        }
    }

    @Test
    @DisplayName("an answer that fails later: the event it was for is named")
    void an_answer_that_fails_later_names_its_event() {
        ServicePlugin failsLater = (events, context) -> events.ofType(IngressEvent.Text.class)
                .concatMap(
                        text -> Mono.delay(SECOND, context.scheduler())
                                .then(Mono.<OutputCommand>error(new IllegalStateException())),
                        0);
        try (HostFixture fixture = supervised(failsLater, "{first: 5s}")) {
            fixture.chat().text("a").text("b");
            fixture.after(SECOND);
            assertThat(fixture.status().state()).isEqualTo(ServiceState.RESTARTING);
            assertThat(fixture.status().life().lastFailure()).endsWith(", with event chat/1/2 in hand");
            assertThat(fixture.status().life().inHand()).isEmpty();
        }
    }

    @Test
    @DisplayName("an error that does not even let itself be described is a failure like any other")
    void an_odd_error_is_described_and_supervised() {
        ServicePlugin odd = (events, context) -> events.map(event -> {
            throw new IllegalStateException() {
                private static final long serialVersionUID = 1;

                @Override
                public StackTraceElement[] getStackTrace() {
                    throw new IllegalArgumentException("odd");
                }
            };
        });
        try (HostFixture fixture = supervised(odd, "{}")) {
            fixture.chat();
            assertThat(fixture.status().state()).isEqualTo(ServiceState.RESTARTING);
            assertThat(fixture.status().life().lastFailure()).contains("does not tell where it was thrown");
        }
    }

    @Test
    @DisplayName("an answer that does not end: the age of the event in hand is in the status, STALLED past a bound")
    void an_answer_that_does_not_end_stalls_the_service() {
        Sinks.Empty<OutputCommand> answer = Sinks.empty();
        ServicePlugin waiting =
                ServicePlugin.perEvent(event -> event instanceof IngressEvent.Text ? answer.asMono() : Mono.empty());
        try (HostFixture fixture = supervised(waiting, "{}")) {
            fixture.chat();
            fixture.after(SECOND);
            assertThat(fixture.status().life().inHand()).isEmpty();
            fixture.driver.peer("chat").text("a").text("b");
            fixture.after(Duration.ofSeconds(20));
            assertThat(fixture.status().life().inHand())
                    .isEqualTo(Optional.of(new HeldEvent(new EventId("chat", 1, 2), 1_000, 20_000)));
            assertThat(fixture.status().state()).isEqualTo(ServiceState.RUNNING);

            fixture.after(Duration.ofSeconds(13));
            assertThat(fixture.status().state()).isEqualTo(ServiceState.STALLED);
            assertThat(fixture.told(Diagnostic.ServiceChanged.class))
                    .last()
                    .satisfies(
                            told -> assertThat(told.detail()).startsWith("the plugin has event chat/1/2 in hand for"));
            answer.tryEmitEmpty();
            fixture.after(Duration.ofSeconds(3));
            assertThat(fixture.status().state()).isEqualTo(ServiceState.RUNNING);
            assertThat(fixture.status().life().inHand()).isEmpty();
        }
    }

    @Test
    @DisplayName("asks for nothing while events wait: STALLED")
    void a_plugin_that_asks_for_nothing_stalls_once_events_wait() {
        ServicePlugin silent = (events, context) -> {
            events.subscribe(new BaseSubscriber<>() {
                @Override
                protected void hookOnSubscribe(Subscription subscription) {
                    // Asks for nothing.
                }
            });
            return Flux.never();
        };
        try (HostFixture fixture = supervised(silent, "{}")) {
            fixture.start().after(Duration.ofMinutes(2));
            // The refusal of vault waits.
            assertThat(fixture.status().state()).isEqualTo(ServiceState.STALLED);
            assertThat(fixture.told(Diagnostic.ServiceChanged.class))
                    .last()
                    .satisfies(told ->
                            assertThat(told.detail()).startsWith("events wait and the plugin has asked for none for"));
        }
    }

    @Test
    @DisplayName("stop during a backoff does not wait for it")
    void stop_between_two_incarnations_is_at_once() {
        try (HostFixture fixture = fragile("{first: 1h, max: 1h}")) {
            fixture.chat().text("fail").text("a");
            fixture.tick();
            List<StopReport> reports = new ArrayList<>();
            fixture.host.stop(Duration.ofMinutes(1)).subscribe(reports::add);
            fixture.tick();
            assertThat(reports).containsExactly(StopReport.CLEAN);
            assertThat(fixture.status().state()).isEqualTo(ServiceState.STOPPED);
            assertThat(fixture.connection("chat").events().discarded().events()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("an output that fails while the service stops is reported, and not restarted")
    void a_failure_while_stopping_ends_the_service() {
        ServicePlugin failsAtTheEnd = (events, context) -> {
            incarnations.add(context.incarnation());
            return events.thenMany(Flux.error(new IllegalStateException()));
        };
        try (HostFixture fixture = supervised(failsAtTheEnd, "{}")) {
            fixture.chat();
            fixture.host.stop(SECOND).subscribe();
            fixture.after(Duration.ofHours(1));
            assertThat(incarnations).containsExactly(1L);
            assertThat(fixture.status().state()).isEqualTo(ServiceState.STOPPED);
            assertThat(fixture.told(Diagnostic.PluginFault.class))
                    .singleElement()
                    .satisfies(fault -> assertThat(fault.message()).endsWith(", while the service stops"));
        }
    }

    @Test
    @DisplayName("an ended incarnation sees no outcomes and runs no timers of its own")
    void what_an_incarnation_started_ends_with_it() {
        List<String> ran = new ArrayList<>();
        ServicePlugin untidy = (events, context) -> {
            long number = context.incarnation();
            context.outcomes().subscribe(outcome -> ran.add(number + " outcome"));
            Flux.interval(SECOND, context.scheduler()).subscribe(tick -> ran.add(number + " tick"));
            context.scheduler().schedule(() -> ran.add(number + " task"), 90, TimeUnit.SECONDS);
            return fragile(events, context);
        };
        try (HostFixture fixture = supervised(untidy, "{first: 1m, max: 1m}")) {
            InMemoryPeer peer = fixture.chat().text("a").text("fail");
            fixture.after(Duration.ofMillis(500));
            assertThat(ran).containsExactly("1 outcome");
            ran.clear();
            fixture.after(Duration.ofSeconds(60));
            peer.text("b");
            fixture.after(SECOND);
            assertThat(ran).containsExactly("2 outcome", "2 tick");
            fixture.after(Duration.ofSeconds(40));
            assertThat(ran).noneMatch(what -> what.startsWith("1"));
        }
    }
}
