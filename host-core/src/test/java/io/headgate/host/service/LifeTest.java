package io.headgate.host.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.diagnostics.ServiceState;
import io.headgate.host.transport.Frame;
import io.headgate.host.transport.test.InMemoryPeer;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.Initiator;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServicePlugin;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Starting, ending and stopping a service, in virtual time: R1, invariants 2 and 7. */
final class LifeTest {

    private static final String NO_RESTART = "{attempts: 0}";

    @Test
    void nothing_is_dialled_before_the_plugin_takes_events() {
        try (HostFixture fixture = new HostFixture((events, context) -> Flux.never(), settings -> settings)) {
            fixture.start();
            assertThat(fixture.driver.dials()).isEmpty();
            assertThat(fixture.status().state()).isEqualTo(ServiceState.STARTING);
            assertThat(fixture.connection("chat").state()).isEqualTo(ConnectionState.IDLE);
        }
    }

    @Test
    void starting_twice_changes_nothing() {
        try (HostFixture fixture = new HostFixture()) {
            fixture.start().start();
            assertThat(fixture.driver.dials()).hasSize(2);
        }
    }

    @Test
    void stop_completes_the_events_and_closes_with_1001() {
        try (HostFixture fixture = new HostFixture()) {
            InMemoryPeer peer = fixture.chat();
            StepVerifier.create(fixture.host.stop(Duration.ofSeconds(5)))
                    .then(fixture::tick)
                    .expectNext(StopReport.CLEAN)
                    .verifyComplete();

            assertThat(peer.closeSent()).contains(new Frame.Close(1001, "going away", Initiator.HOST));
            assertThat(peer.isGone()).isTrue();
            assertThat(fixture.status().state()).isEqualTo(ServiceState.STOPPED);
            assertThat(fixture.status().connections())
                    .allMatch(connection -> connection.state() == ConnectionState.STOPPED);
            StepVerifier.create(fixture.host.diagnostics()).verifyComplete();
        }
    }

    @Test
    void in_the_grace_what_waits_is_delivered_and_sends_still_go_out() {
        ServicePlugin echo = (events, context) -> events.ofType(IngressEvent.Text.class)
                .concatMap(
                        text -> Mono.delay(Duration.ofSeconds(1), context.scheduler())
                                .<OutputCommand>map(slept -> text.reply("re " + text.text())),
                        0);
        try (HostFixture fixture = new HostFixture(echo, settings -> settings)) {
            InMemoryPeer peer = fixture.chat().text("a").text("b");
            fixture.tick();
            fixture.host.stop(Duration.ofSeconds(5)).subscribe();
            peer.text("c");
            fixture.after(Duration.ofSeconds(3));

            assertThat(peer.sent()).containsExactly("re a", "re b");
            assertThat(fixture.status().state()).isEqualTo(ServiceState.STOPPED);
            assertThat(fixture.connection("chat").events().discarded().events()).isEqualTo(1);
        }
    }

    @Test
    void a_plugin_that_does_not_end_is_cut_off_at_the_end_of_the_grace() {
        ServicePlugin stubborn = (events, context) -> events.thenMany(Flux.never());
        try (HostFixture fixture = new HostFixture(stubborn, settings -> settings)) {
            fixture.chat();
            StepVerifier.create(fixture.host.stop(Duration.ofSeconds(5)))
                    .then(() -> fixture.after(Duration.ofSeconds(4)))
                    .then(() -> assertThat(fixture.status().state()).isEqualTo(ServiceState.STOPPING))
                    .then(() -> fixture.after(Duration.ofSeconds(1)))
                    .expectNext(new StopReport(List.of("test.plugin/bridge"), List.of(), List.of()))
                    .verifyComplete();
            StepVerifier.create(fixture.host.stop(Duration.ZERO))
                    .expectNext(new StopReport(List.of("test.plugin/bridge"), List.of(), List.of()))
                    .verifyComplete();
        }
    }

    @Test
    void a_second_stop_may_shorten_the_grace_and_waits_for_the_same_end() {
        ServicePlugin stubborn = (events, context) -> events.thenMany(Flux.never());
        try (HostFixture fixture = new HostFixture(stubborn, settings -> settings)) {
            InMemoryPeer peer = fixture.chat().ignoreClose();
            fixture.host.stop(Duration.ofHours(1)).subscribe();
            fixture.tick();
            StepVerifier.create(fixture.host.stop(Duration.ZERO))
                    .then(fixture::tick)
                    .then(() -> assertThat(fixture.status().state()).isEqualTo(ServiceState.STOPPING))
                    .then(() -> fixture.after(HostSettings.defaults().closeTimeout()))
                    .expectNextCount(1)
                    .verifyComplete();
            assertThat(peer.isGone()).isTrue();
            assertThat(fixture.status().state()).isEqualTo(ServiceState.STOPPED);
        }
    }

    @Test
    void a_peer_that_does_not_answer_the_close_holds_up_the_stop_for_the_close_timeout_only() {
        try (HostFixture fixture = new HostFixture()) {
            InMemoryPeer peer = fixture.chat().ignoreClose();
            StepVerifier.create(fixture.host.stop(Duration.ZERO))
                    .then(() -> fixture.after(HostSettings.defaults().closeTimeout()))
                    .expectNextCount(1)
                    .verifyComplete();
            assertThat(peer.isGone()).isTrue();
        }
    }

    @Test
    void stop_while_dialling_cuts_the_dial() {
        try (HostFixture fixture = new HostFixture()) {
            fixture.start();
            InMemoryPeer peer = fixture.driver.peer("chat");
            StepVerifier.create(fixture.host.stop(Duration.ZERO))
                    .then(fixture::tick)
                    .expectNextCount(1)
                    .verifyComplete();
            assertThat(peer.isGone()).isTrue();
        }
    }

    @Test
    void a_host_that_never_started_stops() {
        try (HostFixture fixture = new HostFixture()) {
            StepVerifier.create(fixture.host.stop(Duration.ZERO))
                    .expectNextCount(1)
                    .verifyComplete();
            fixture.start();
            assertThat(fixture.driver.dials()).isEmpty();
            assertThat(fixture.status().state()).isEqualTo(ServiceState.STOPPED);
        }
    }

    @Test
    void nothing_is_dialled_while_stopping() {
        ServicePlugin reconnecting = (events, context) -> Flux.merge(
                events.thenMany(Flux.empty()),
                Mono.delay(Duration.ofSeconds(2), context.scheduler()).map(late -> OutputCommand.reconnect("chat")));
        try (HostFixture fixture = new HostFixture(reconnecting, settings -> settings)) {
            fixture.chat().end();
            fixture.tick();
            fixture.host.stop(Duration.ofSeconds(5)).subscribe();
            fixture.after(Duration.ofSeconds(3));
            assertThat(fixture.driver.dials()).hasSize(2);
        }
    }

    @Test
    void output_that_completes_finishes_the_service() {
        ServicePlugin brief = (events, context) -> events.ofType(IngressEvent.Opened.class)
                .filter(opened -> opened.connection().equals("chat"))
                .take(1)
                .map(opened -> OutputCommand.sendText("chat", "one word"));
        try (HostFixture fixture = new HostFixture(brief, settings -> settings)) {
            InMemoryPeer peer = fixture.chat();
            assertThat(peer.sent()).containsExactly("one word");
            assertThat(fixture.status().state()).isEqualTo(ServiceState.FINISHED);
            assertThat(peer.isGone()).isTrue();
        }
    }

    @Test
    void output_that_fails_fails_the_service_and_its_text_is_not_shown() {
        ServicePlugin failing =
                (events, context) -> events.ofType(IngressEvent.Text.class).map(text -> {
                    throw new IllegalStateException("secret " + text.text());
                });
        try (HostFixture fixture = HostFixture.restarting(failing, settings -> settings, NO_RESTART, null)) {
            InMemoryPeer peer = fixture.chat().text("secret");
            fixture.tick();

            assertThat(fixture.status().state()).isEqualTo(ServiceState.FAILED);
            assertThat(peer.isGone()).isTrue();
            assertThat(fixture.told(Diagnostic.ServiceChanged.class))
                    .anySatisfy(diagnostic -> assertThat(diagnostic.message())
                            .contains("FAILED", "IllegalStateException at io.headgate.host.service.LifeTest"));
            assertThat(fixture.host.history().toString()).doesNotContain("secret");
        }
    }

    @Test
    void a_plugin_that_throws_or_returns_null_fails_its_service_only() {
        ServicePlugin throwing = (events, context) -> {
            throw new IllegalStateException("no");
        };
        ServicePlugin nothing = (events, context) -> nullFlux();
        for (ServicePlugin plugin : List.of(throwing, nothing)) {
            try (HostFixture fixture = HostFixture.restarting(plugin, settings -> settings, NO_RESTART, null)) {
                fixture.start();
                assertThat(fixture.status().state()).isEqualTo(ServiceState.FAILED);
                assertThat(fixture.driver.dials()).isEmpty();
            }
        }
    }

    @SuppressWarnings("NullAway")
    private static Flux<OutputCommand> nullFlux() {
        return null;
    }

    @Test
    @DisplayName("pitfall 24: an event that fails is reported, and the next one is handled")
    void one_failing_event_is_reported_and_the_stream_goes_on() {
        ServicePlugin plugin = ServicePlugin.perEvent(event -> {
            if (event instanceof IngressEvent.Text text && text.text().equals("bad")) {
                throw new IllegalStateException("secret");
            }
            return event instanceof IngressEvent.Text text ? Mono.just(text.reply("ok")) : Mono.empty();
        });
        try (HostFixture fixture = new HostFixture(plugin, settings -> settings)) {
            InMemoryPeer peer = fixture.chat().text("bad").text("good");
            fixture.tick();

            assertThat(fixture.status().counts().eventsFailed()).isEqualTo(1);
            assertThat(peer.sent()).containsExactly("ok");
            assertThat(fixture.told(Diagnostic.EventFailed.class).get(0).message())
                    .startsWith("the plugin could not handle event chat/1/2: java.lang.IllegalStateException")
                    .doesNotContain("secret");
        }
    }

    @Test
    void the_builder_checks_what_it_is_given() {
        Manifest manifest = Manifest.parse("plugin.yaml", HostFixture.MANIFEST);
        ServicePlugin plugin = (events, context) -> Flux.never();

        assertThatThrownBy(() -> PluginHost.builder().plugin(manifest, plugin).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("driver");
        assertThatThrownBy(() -> PluginHost.builder().plugin(manifest, Map.of("other", plugin)))
                .hasMessage("the manifest of test.plugin declares the services [bridge],"
                        + " implementations were given for [other]");
        assertThatThrownBy(() -> PluginHost.builder().plugin(manifest, plugin).plugin(manifest, plugin))
                .hasMessage("plugin test.plugin was added before");
        try (HostFixture fixture = new HostFixture()) {
            assertThatThrownBy(() -> fixture.host.stop(Duration.ofSeconds(-1)))
                    .hasMessage("grace must be from 0 to 1 day, is PT-1S");
            assertThatThrownBy(() -> fixture.host.stop(Duration.ofSeconds(Long.MAX_VALUE)))
                    .hasMessageStartingWith("grace must be from 0 to 1 day, is PT");
        }
    }

    @Test
    void a_mailbox_must_hold_the_largest_message() {
        assertThat(CommandSettings.defaults().withMailbox(1, 64).mailboxBytes()).isEqualTo(64);
        try (HostFixture fits =
                new HostFixture(null, settings -> settings.withCommands(commands -> commands.withMailbox(1, 64)))) {
            assertThat(fits.status().state()).isEqualTo(ServiceState.NEW);
        }
        assertThatThrownBy(() -> new HostFixture(
                        null, settings -> settings.withCommands(commands -> commands.withMailbox(1, 63))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "limits.message-bytes in the grant of test.plugin is 64, the host's mailboxes hold 63 bytes:"
                                + " lower it, or raise CommandSettings.withMailbox");
    }

    @Test
    void without_a_grant_everything_is_denied() {
        assertThat(PluginHost.builder()
                        .driver((spec, handler) -> Mono.error(new AssertionError("dialled")))
                        .grants(GrantFile.parse("grants.yaml", "version: 1\ngrants: []\n"))
                        .plugin(Manifest.parse("plugin.yaml", HostFixture.MANIFEST), (events, context) -> Flux.never())
                        .build()
                        .status()
                        .services())
                .hasSize(1);
    }
}
