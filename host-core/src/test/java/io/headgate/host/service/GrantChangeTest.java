package io.headgate.host.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.AddressPolicy;
import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.TlsVersion;
import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.transport.test.InMemoryPeer;
import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.CommandOutcome.Result;
import io.headgate.plugin.FailureKind;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

/** R2, R8, invariant 1: what is granted changes while everything runs. */
final class GrantChangeTest {

    private static final String NONE = "version: 1\ngrants: []\n";
    private static final String LISTENING = HostFixture.GRANTS.replace(
            "{target: \"wss://chat.example.com/v1\", access: [subscribe, send]",
            "{target: \"wss://chat.example.com/v1\", access: [subscribe]");
    private static final String SENDING = HostFixture.GRANTS.replace(
            "{target: \"wss://chat.example.com/v1\", access: [subscribe, send]",
            "{target: \"wss://chat.example.com/v1\", access: [send]");

    private final HostFixture fixture = new HostFixture();
    private final AtomicBoolean acknowledged = new AtomicBoolean();

    @AfterEach
    void stop() {
        fixture.close();
    }

    private Disposable grant(String grants) {
        acknowledged.set(false);
        Disposable waiting = fixture.host
                .grants(GrantFile.parse("grants.yaml", grants))
                .subscribe(nothing -> {}, error -> {}, () -> acknowledged.set(true));
        fixture.tick();
        return waiting;
    }

    private List<String> results() {
        return fixture.outcomes.stream().map(GrantChangeTest::result).toList();
    }

    private static String result(CommandOutcome outcome) {
        return outcome.result() == Result.DENIED
                ? outcome.result() + " " + outcome.rule()
                : outcome.result().name();
    }

    private void send(String text) {
        fixture.issue(OutputCommand.sendText("chat", text));
    }

    private ConnectionState chat() {
        return fixture.connection("chat").state();
    }

    @Test
    void a_session_that_may_not_be_open_any_more_is_cut_off() {
        InMemoryPeer peer = fixture.chat();
        grant(NONE);

        assertThat(acknowledged).isTrue();
        assertThat(peer.isGone()).isTrue();
        assertThat(peer.closeSent()).isEmpty();
        assertThat(chat()).isEqualTo(ConnectionState.DENIED);
        List<IngressEvent.Failed> told = fixture.seen(IngressEvent.Failed.class, "chat");
        assertThat(told.get(told.size() - 1)).satisfies(failed -> {
            assertThat(failed.kind()).isEqualTo(FailureKind.DENIED);
            assertThat(failed.message()).startsWith("plugin-not-granted");
        });
        send("late");
        assertThat(results()).containsExactly("DENIED plugin-not-granted");
    }

    /** They were sent once, and nothing takes them back. */
    @Test
    void another_header_is_for_the_next_dial() {
        InMemoryPeer peer = fixture.chat();
        grant(withHeader("s3cret-2"));
        assertThat(acknowledged).isTrue();
        assertThat(peer.isGone()).isFalse();
        assertThat(chat()).isEqualTo(ConnectionState.OPEN);
        assertThat(peer.spec().terms().headers()).isEmpty();

        peer.end();
        fixture.tick();
        fixture.issue(OutputCommand.reconnect("chat"));
        InMemoryPeer next = fixture.driver.peer("chat").accept("chat.v1");
        fixture.tick();
        assertThat(next.spec().terms().headers().get("Authorization").reveal()).isEqualTo("s3cret-2");
        assertThat(next.spec().toString() + fixture.host.history()).doesNotContain("s3cret");

        grant(HostFixture.GRANTS);
        assertThat(next.isGone()).isFalse();
        assertThat(chat()).isEqualTo(ConnectionState.OPEN);
    }

    private static String withHeader(String value) {
        return HostFixture.GRANTS.replace(
                "{target: \"wss://chat.example.com/v1\",",
                "{target: \"wss://chat.example.com/v1\", headers: {Authorization: " + value + "},");
    }

    @Test
    void send_that_is_taken_leaves_the_session_open() {
        InMemoryPeer peer = fixture.chat();
        send("one");
        grant(LISTENING);
        send("two");

        assertThat(acknowledged).isTrue();
        assertThat(chat()).isEqualTo(ConnectionState.OPEN);
        assertThat(peer.sent()).containsExactly("one");
        assertThat(results()).containsExactly("SENT", "DENIED send-not-granted");
        peer.text("still heard");
        fixture.tick();
        assertThat(fixture.seen(IngressEvent.Text.class, "chat")).hasSize(1);
    }

    @Test
    void what_waits_behind_a_peer_that_does_not_read_is_denied_at_once() {
        InMemoryPeer peer = fixture.chat();
        peer.stall();
        send("waits");
        fixture.issue(OutputCommand.close("chat", 1000, ""));
        send("behind a close");
        grant(LISTENING);

        assertThat(acknowledged).isTrue();
        assertThat(results()).containsExactly("DENIED send-not-granted", "DENIED send-not-granted");
        peer.resume();
        fixture.tick();
        assertThat(peer.sent()).isEmpty();
        assertThat(peer.closeSent()).isPresent();
    }

    @Test
    void the_acknowledgement_waits_for_what_was_handed_over() {
        InMemoryPeer peer = fixture.chat();
        peer.lag();
        send("handed over");
        grant(LISTENING);
        assertThat(acknowledged).isFalse();
        assertThat(results()).isEmpty();

        peer.resume();
        fixture.tick();
        assertThat(acknowledged).isTrue();
        assertThat(results()).containsExactly("SENT");
        assertThat(chat()).isEqualTo(ConnectionState.OPEN);
    }

    @Test
    void a_session_that_does_not_get_rid_of_it_is_cut_off_at_the_close_timeout() {
        InMemoryPeer peer = fixture.chat();
        peer.lag();
        send("handed over");
        grant(LISTENING);
        fixture.after(HostSettings.defaults().closeTimeout().minusMillis(1));
        assertThat(acknowledged).isFalse();
        fixture.after(Duration.ofMillis(1));

        assertThat(acknowledged).isTrue();
        assertThat(peer.isGone()).isTrue();
        assertThat(results()).containsExactly("FAILED");
        assertThat(chat()).isEqualTo(ConnectionState.DOWN);
        assertThat(fixture.connection("chat").lastError())
                .isEqualTo(
                        "TIMEOUT: send is no longer granted, and what was handed over before did not leave within PT5S");
    }

    @Test
    void a_cut_off_session_takes_what_was_handed_over_with_it() {
        InMemoryPeer peer = fixture.chat();
        peer.lag();
        send("handed over");
        grant(NONE);

        assertThat(acknowledged).isTrue();
        assertThat(results()).containsExactly("FAILED");
        peer.resume();
        assertThat(peer.sent()).isEmpty();
    }

    @Test
    void a_dial_under_way_is_given_up() {
        fixture.start();
        InMemoryPeer peer = fixture.driver.peer("chat");
        grant(SENDING);

        assertThat(acknowledged).isTrue();
        assertThat(peer.isGone()).isTrue();
        assertThat(chat()).isEqualTo(ConnectionState.DENIED);
    }

    @Test
    void a_dial_that_may_not_have_sent_its_headers_yet_is_given_up_when_they_change() {
        fixture.start();
        InMemoryPeer peer = fixture.driver.peer("chat");
        grant(HostFixture.GRANTS.replace(
                "subprotocols: [chat.v1]", "subprotocols: [chat.v1], headers: {Authorization: new}"));

        assertThat(acknowledged).isTrue();
        assertThat(peer.isGone()).isTrue();
        fixture.issue(OutputCommand.reconnect("chat"));
        assertThat(fixture.driver.peer("chat").spec().terms().headers()).containsOnlyKeys("Authorization");
    }

    @Test
    void what_was_denied_and_is_allowed_now_is_dialled() {
        fixture.start();
        grant(NONE);
        assertThat(chat()).isEqualTo(ConnectionState.DENIED);
        grant(HostFixture.GRANTS);
        assertThat(chat()).isEqualTo(ConnectionState.CONNECTING);
        fixture.driver.peer("chat").accept();
        fixture.tick();
        send("one");

        assertThat(results()).containsExactly("SENT");
        assertThat(fixture.connection("vault").state()).isEqualTo(ConnectionState.DENIED);
    }

    @Test
    void what_is_down_stays_the_plugins_to_dial() {
        fixture.chat().end();
        fixture.tick();
        grant(HostFixture.GRANTS);
        assertThat(chat()).isEqualTo(ConnectionState.DOWN);

        grant(NONE);
        fixture.issue(OutputCommand.reconnect("chat"));
        assertThat(results()).containsExactly("DENIED plugin-not-granted");
    }

    @Test
    void on_other_addresses_a_session_begins_anew() {
        InMemoryPeer peer = fixture.chat();
        grant(HostFixture.GRANTS.replace("subprotocols: [chat.v1]", "subprotocols: [chat.v1], addresses: private"));

        assertThat(acknowledged).isTrue();
        assertThat(peer.isGone()).isTrue();
        assertThat(chat()).isEqualTo(ConnectionState.DOWN);
        assertThat(fixture.connection("chat").lastError())
                .isEqualTo("CONNECT: which addresses the target may lead to was changed in the grant");
        fixture.issue(OutputCommand.reconnect("chat"));
        assertThat(fixture.driver.peer("chat").spec().addresses()).isEqualTo(AddressPolicy.PRIVATE);
    }

    @Test
    void to_the_proxy_and_back_a_session_begins_anew() {
        String proxied = HostFixture.GRANTS.replace(
                "subprotocols: [chat.v1]", "subprotocols: [chat.v1], addresses: trusted-proxy");
        fixture.driver.withProxy();
        InMemoryPeer direct = fixture.chat();
        grant(proxied);
        assertThat(acknowledged).isTrue();
        assertThat(direct.isGone()).isTrue();
        assertThat(chat()).isEqualTo(ConnectionState.DOWN);

        fixture.issue(OutputCommand.reconnect("chat"));
        InMemoryPeer behind = fixture.driver.peer("chat");
        behind.accept();
        fixture.tick();
        assertThat(behind.spec().addresses()).isEqualTo(AddressPolicy.TRUSTED_PROXY);
        assertThat(chat()).isEqualTo(ConnectionState.OPEN);
        grant(HostFixture.GRANTS);
        assertThat(acknowledged).isTrue();
        assertThat(behind.isGone()).isTrue();
        assertThat(chat()).isEqualTo(ConnectionState.DOWN);
    }

    @Test
    void on_other_tls_a_session_begins_anew() {
        InMemoryPeer peer = fixture.chat();
        grant(HostFixture.GRANTS.replace(
                "subprotocols: [chat.v1]", "subprotocols: [chat.v1], tls: {min-version: 1.3}"));

        assertThat(acknowledged).isTrue();
        assertThat(peer.isGone()).isTrue();
        assertThat(chat()).isEqualTo(ConnectionState.DOWN);
        assertThat(fixture.connection("chat").lastError())
                .isEqualTo("CONNECT: what the target's TLS has to be was changed in the grant");
        fixture.issue(OutputCommand.reconnect("chat"));
        InMemoryPeer again = fixture.driver.peer("chat");
        assertThat(again.spec().terms().tls().minVersion()).isEqualTo(TlsVersion.TLS_1_3);

        grant(HostFixture.GRANTS);
        assertThat(again.isGone())
                .as("less is asked for: it could have been dialled so")
                .isFalse();
    }

    @Test
    void a_replacement_with_the_same_grants_disturbs_nothing() {
        InMemoryPeer peer = fixture.chat();
        grant(HostFixture.GRANTS);
        send("one");

        assertThat(acknowledged).isTrue();
        assertThat(peer.sent()).containsExactly("one");
        assertThat(fixture.driver.dials()).hasSize(2);
    }

    @Test
    void the_subscriber_may_go_away() {
        InMemoryPeer peer = fixture.chat();
        peer.lag();
        send("handed over");
        grant(LISTENING).dispose();
        send("late");
        fixture.after(HostSettings.defaults().closeTimeout());

        assertThat(peer.isGone()).isTrue();
        assertThat(results()).containsExactly("DENIED send-not-granted", "FAILED");
    }

    @Test
    @DisplayName("Each replacement is told, with what it leaves as it was")
    void it_is_told() {
        fixture.start();
        grant(NONE);
        grant(HostFixture.GRANTS);
        grant(HostFixture.GRANTS.replace("room: lobby", "room: attic"));
        grant(HostFixture.GRANTS + "    liveness: {pong-timeout: 5s}\n");

        String kept =
                " holds from now on: its grant was read again; limits, reconnect, liveness, restart and settings stay as"
                        + " they were until the host is built anew";
        assertThat(fixture.told(Diagnostic.AuthorityReplaced.class))
                .extracting(Diagnostic::message)
                .containsExactly(
                        "authority version 2 holds from now on: no grant names test.plugin",
                        "authority version 3 holds from now on: its grant was read again",
                        "authority version 4" + kept,
                        "authority version 5" + kept);
    }

    @Test
    void a_host_that_is_not_started_or_has_stopped_takes_it_too() {
        grant(NONE);
        assertThat(acknowledged).isTrue();
        fixture.start();
        assertThat(fixture.driver.dials()).isEmpty();
        fixture.close();
        grant(HostFixture.GRANTS);

        assertThat(acknowledged).isTrue();
        assertThat(fixture.driver.dials()).isEmpty();
    }
}
