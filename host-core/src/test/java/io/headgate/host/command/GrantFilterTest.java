package io.headgate.host.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.CommandOutcome.Result;
import io.headgate.plugin.Health;
import io.headgate.plugin.OutputCommand;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** R5, R8, R10; invariants 1, 2 and 8. */
final class GrantFilterTest {

    private final CommandFixture fixture = new CommandFixture();

    private static OutputCommand.SendText send(String id, long epoch, String text) {
        return new OutputCommand.SendText(id, "chat", epoch, text);
    }

    @Test
    void stamps_id_session_and_incarnation() {
        fixture.epoch = 7;
        IssuedCommand issued = fixture.admitted(OutputCommand.sendText("chat", "hi"));

        assertThat(issued.id()).isEqualTo("#1");
        assertThat(issued.epoch()).isEqualTo(7);
        assertThat(issued.incarnation()).isEqualTo(1);
        assertThat(issued.connection()).isEqualTo("chat");
        assertThat(fixture.counts().inFlight()).isEqualTo(1);
    }

    @Test
    void keeps_the_plugins_own_id_and_refuses_it_twice_while_undecided() {
        IssuedCommand first = fixture.admitted(send("mine", 1, "a"));
        fixture.admitted(new OutputCommand[] {send("mine", 1, "b")});
        first.sent();
        IssuedCommand again = fixture.admitted(send("mine", 1, "c"));

        assertThat(first.id()).isEqualTo("mine");
        assertThat(again.id()).isEqualTo("mine");
        assertThat(fixture.rules()).containsExactly("id-in-use", "");
        assertThat(fixture.outcomes.get(0).commandId()).isEqualTo("#1");
    }

    @ParameterizedTest
    @CsvSource({"' '", "'#1'", "'0123456789012345678901234567890123456789012345678901234567890123x'"})
    void refuses_a_malformed_id(String id) {
        assertThat(fixture.admitted(new OutputCommand[] {send(id, 1, "a")})).isEmpty();
        assertThat(fixture.rules()).containsExactly("id-malformed");
    }

    @Test
    void refuses_what_authority_does_not_allow_before_anything_else() {
        fixture.authority = CommandFixture.granting("subscribe");
        fixture.open = false;
        fixture.admitted(new OutputCommand[] {send("", 9, "far too long")});

        assertThat(fixture.rules()).containsExactly("send-not-granted");
        assertThat(fixture.outcomes.get(0).result()).isEqualTo(Result.DENIED);
        assertThat(fixture.outcomes.get(0).message()).contains("send").doesNotContain("far too long");
    }

    @Test
    void refuses_other_sessions_closed_ones_and_bad_texts() {
        fixture.admitted(send("", 2, "a"), send("", -1, "a"), send("", 1, "123456789"), send("", 1, "\ud800"));
        fixture.admitted(new OutputCommand[] {send("", 1, "12345678")});
        fixture.open = false;
        fixture.admitted(new OutputCommand[] {send("", 1, "a")});

        assertThat(fixture.rules())
                .containsExactly("stale-epoch", "stale-epoch", "text-too-large", "text-malformed", "session-not-open");
        assertThat(fixture.outcomes).allMatch(outcome -> outcome.result() == Result.REJECTED);
        assertThat(fixture.outcomes.get(2).message()).contains("9 bytes", "the bound is 8");
    }

    @ParameterizedTest
    @CsvSource({
        "1000, true",
        "1001, true",
        "3000, true",
        "4999, true",
        "999, false",
        "1002, false",
        "1005, false",
        "1006, false",
        "1015, false",
        "2999, false",
        "5000, false",
        "0, false"
    })
    void lets_close_codes_through_that_an_application_may_send(int code, boolean allowed) {
        assertThat(fixture.admitted(new OutputCommand[] {OutputCommand.close("chat", code, "")}))
                .hasSize(allowed ? 1 : 0);
        assertThat(fixture.rules()).isEqualTo(allowed ? List.of() : List.of("close-malformed"));
    }

    @Test
    void bounds_a_close_reason_in_bytes() {
        fixture.admitted(
                OutputCommand.close("chat", 1000, "é".repeat(61) + "e"),
                OutputCommand.close("chat", 1000, "é".repeat(62)),
                OutputCommand.close("chat", 1000, "\udc00"));
        assertThat(fixture.rules()).containsExactly("close-malformed", "close-malformed");
    }

    @Test
    void refuses_an_undeclared_connection_and_cuts_its_name() {
        fixture.admitted(OutputCommand.sendText("x".repeat(500), "a"), OutputCommand.reconnect(" \n"));

        assertThat(fixture.rules()).containsExactly("connection-not-declared", "connection-not-declared");
        assertThat(fixture.outcomes).extracting(CommandOutcome::connection).containsExactly("x".repeat(64), "");
    }

    @Test
    void does_not_cut_a_name_within_a_character() {
        fixture.admitted(
                OutputCommand.sendText("x".repeat(63) + "\ud83d\ude00", "hi"),
                OutputCommand.sendText("x".repeat(62) + "\ud83d\ude00", "hi"));
        assertThat(fixture.outcomes)
                .extracting(CommandOutcome::connection)
                .containsExactly("x".repeat(63), "x".repeat(62) + "\ud83d\ude00");
    }

    @Test
    void lets_a_status_report_through() {
        assertThat(fixture.admitted(OutputCommand.reportStatus(Health.OK, "fine"))
                        .connection())
                .isEmpty();
    }

    @Test
    void refuses_a_stale_reconnect_and_a_uri_that_is_none() {
        fixture.admitted(
                new OutputCommand.Reconnect("", "chat", 5),
                OutputCommand.open("chat", "ws:nonsense"),
                OutputCommand.open("chat", "wss://other.example.com/"));
        assertThat(fixture.rules()).containsExactly("stale-epoch", "uri-malformed", "target-not-declared");
    }

    @Test
    void demand_passes_through_and_a_refusal_is_made_up_for() {
        Flux<OutputCommand> commands = Flux.just(send("", 9, "a"), send("", 1, "b"), send("", 1, "c"));
        StepVerifier.create(
                        commands.transform(fixture.filter())
                                .map(issued -> ((OutputCommand.SendText) issued.command()).text()),
                        1)
                .expectNext("b")
                .thenRequest(1)
                .expectNext("c")
                .verifyComplete();
    }

    @Test
    void the_first_decision_counts() {
        IssuedCommand issued = fixture.admitted(send("", 1, "ab"));
        issued.sent();
        issued.failed("late");
        issued.done();

        StepVerifier.create(issued.whenDecided()).verifyComplete();
        assertThat(fixture.outcomes).hasSize(1);
        assertThat(fixture.counts()).isEqualTo(new CommandCounts(1, 1, 0, 0, 0, 0, 0, 2, Map.of()));
    }
}
