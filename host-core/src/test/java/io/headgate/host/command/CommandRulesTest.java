package io.headgate.host.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.CommandOutcome.Result;
import io.headgate.plugin.Health;
import io.headgate.plugin.OutputCommand;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every bound of a command, at its edge: R8, R10. The connection {@code chat} takes 8 bytes, its epoch is 3. */
@Timeout(30)
final class CommandRulesTest {

    private static final String LONE = "\ud800";
    /** Two units, four bytes. */
    private static final String PAIR = "\ud83d\ude00";

    private final CommandFixture fixture = new CommandFixture();

    CommandRulesTest() {
        fixture.epoch = 3;
    }

    private void admitted(OutputCommand command) {
        assertThat(fixture.admitted(new OutputCommand[] {command})).hasSize(1);
        assertThat(fixture.outcomes).isEmpty();
        assertThat(fixture.counts().inFlight()).isEqualTo(1);
    }

    private void refused(OutputCommand command, String rule) {
        assertThat(fixture.admitted(new OutputCommand[] {command})).isEmpty();
        assertThat(fixture.rules()).containsExactly(rule);
        assertThat(fixture.counts().inFlight()).isZero();
        assertThat(fixture.counts().conserved()).isTrue();
    }

    private static OutputCommand send(String text) {
        return OutputCommand.sendText("chat", text);
    }

    private static OutputCommand close(int code, String reason) {
        return OutputCommand.close("chat", code, reason);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 3000, 3999, 4000, 4999})
    void a_close_code_that_an_application_may_send_passes(int code) {
        admitted(close(code, ""));
    }

    static IntStream forbiddenCodes() {
        return IntStream.concat(
                IntStream.rangeClosed(1002, 1015),
                IntStream.of(Integer.MIN_VALUE, -1, 0, 999, 1016, 2999, 5000, Integer.MAX_VALUE));
    }

    @ParameterizedTest
    @MethodSource("forbiddenCodes")
    void any_other_close_code_is_refused(int code) {
        refused(close(code, ""), "close-malformed");
    }

    static List<String> reasonsOf123Bytes() {
        return List.of("e".repeat(123), "é".repeat(61) + "e", "€".repeat(41), PAIR.repeat(30) + "eé");
    }

    @ParameterizedTest
    @MethodSource("reasonsOf123Bytes")
    void a_reason_is_measured_in_bytes(String reason) {
        admitted(close(1000, reason));
    }

    @ParameterizedTest
    @MethodSource("reasonsOf123Bytes")
    void a_reason_of_one_byte_more_is_refused(String reason) {
        refused(close(1000, reason + "x"), "close-malformed");
    }

    @ParameterizedTest
    @ValueSource(strings = {LONE, "\udc00", "a\ud800b", "\ude00\ud83d", "a\ud83d"})
    void a_lone_surrogate_is_refused_in_a_reason(String malformed) {
        refused(close(1000, malformed), "close-malformed");
    }

    @ParameterizedTest
    @ValueSource(strings = {LONE, "\udc00", "a\ud800b", "\ude00\ud83d", "a\ud83d"})
    void a_lone_surrogate_is_refused_in_a_text(String malformed) {
        refused(send(malformed), "text-malformed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12345678", "éééé", "€€12", PAIR + PAIR})
    void a_text_is_measured_in_bytes(String text) {
        admitted(send(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"123456789", "éééé1", "€€€", PAIR + PAIR + "1"})
    void a_text_of_more_bytes_than_the_bound_is_refused(String text) {
        refused(send(text), "text-too-large");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wss://chat.example.com/\ud800",
                "wss://\udc00/",
                "",
                " ",
                "wss://",
                "http://chat.example.com/",
                "wss://chat.example.com/\u0000",
                "wss://user@chat.example.com/",
                "wss://chat.example.com/#f"
            })
    void a_uri_that_is_none_is_refused(String uri) {
        refused(OutputCommand.open("chat", uri), "uri-malformed");
    }

    static List<String> goodIds() {
        return List.of("1", "x".repeat(64), "a b", "é€", PAIR.repeat(32), "a#1", "\\u0000");
    }

    @ParameterizedTest
    @MethodSource("goodIds")
    void a_printable_id_passes(String id) {
        assertThat(fixture.admitted(send("a").withId(id)).id()).isEqualTo(id);
    }

    static List<String> badIds() {
        return List.of(
                " ",
                "\t",
                "x".repeat(65),
                PAIR.repeat(32) + "x",
                "#",
                "#1",
                "a\nb",
                "a\u0000",
                "a\u001b[31m",
                "a\u202eb",
                "a\u200bb",
                "a\u2028b",
                LONE,
                "a\udc00",
                "\u0378");
    }

    @ParameterizedTest
    @MethodSource("badIds")
    void an_id_that_cannot_be_printed_as_it_is_is_refused_under_one_of_the_hosts(String id) {
        refused(send("a").withId(id), "id-malformed");
        CommandOutcome outcome = fixture.outcomes.get(0);
        assertThat(outcome.commandId()).isEqualTo("#1");
        assertThat(outcome.result()).isEqualTo(Result.REJECTED);
        assertThat(outcome.message()).contains(id.length() + " characters");
    }

    @Test
    void every_kind_of_command_is_held_to_the_rule_for_ids() {
        List<OutputCommand> each = List.of(
                send("a"),
                close(1000, ""),
                OutputCommand.reconnect("chat"),
                OutputCommand.open("chat", "wss://chat.example.com/"),
                OutputCommand.reportStatus(Health.OK, "fine"),
                OutputCommand.sendText("nowhere", "a"));
        fixture.admitted(each.stream().map(command -> command.withId("a\nb")).toArray(OutputCommand[]::new));

        assertThat(fixture.rules()).hasSize(each.size()).containsOnly("id-malformed");
    }

    @Test
    void an_id_is_free_again_once_decided_and_not_before() {
        IssuedCommand first = fixture.admitted(send("a").withId("mine"));
        fixture.admitted(new OutputCommand[] {close(1000, "").withId("mine")});
        fixture.admitted(
                new OutputCommand[] {OutputCommand.reportStatus(Health.OK, "").withId("mine")});
        assertThat(fixture.rules()).containsExactly("id-in-use", "id-in-use");

        first.failed("lost");
        fixture.admitted(send("b").withId("mine")).sent();
        fixture.admitted(send("c").withId("mine"));
        assertThat(fixture.rules()).containsExactly("id-in-use", "id-in-use", "", "");
    }

    @Test
    void a_refused_commands_id_is_free_at_once() {
        fixture.admitted(new OutputCommand[] {send("far too long").withId("mine")});
        assertThat(fixture.admitted(send("a").withId("mine")).id()).isEqualTo("mine");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 3})
    void the_current_session_is_named_by_its_epoch_or_by_none(long epoch) {
        assertThat(fixture.admitted(new OutputCommand.SendText("", "chat", epoch, "a"))
                        .epoch())
                .isEqualTo(3);
        assertThat(fixture.admitted(new OutputCommand.Close("", "chat", epoch, 1000, ""))
                        .epoch())
                .isEqualTo(3);
        assertThat(fixture.admitted(new OutputCommand.Reconnect("", "chat", epoch))
                        .epoch())
                .isEqualTo(3);
        assertThat(fixture.admitted(new OutputCommand.Open("", "chat", epoch, "wss://chat.example.com/"))
                        .epoch())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 4, Long.MAX_VALUE, -1, Long.MIN_VALUE})
    void any_other_session_is_stale_for_every_kind_of_command(long epoch) {
        fixture.admitted(
                new OutputCommand.SendText("", "chat", epoch, "a"),
                new OutputCommand.Close("", "chat", epoch, 1000, ""),
                new OutputCommand.Reconnect("", "chat", epoch),
                new OutputCommand.Open("", "chat", epoch, "wss://chat.example.com/"));

        assertThat(fixture.rules()).hasSize(4).containsOnly("stale-epoch");
        assertThat(fixture.outcomes).allMatch(outcome -> outcome.epoch() == Math.max(0, epoch));
    }

    @Test
    void before_any_session_only_a_dial_passes() {
        fixture.epoch = 0;
        fixture.open = false;
        fixture.admitted(send("a"), close(1000, ""));
        assertThat(fixture.rules()).containsExactly("session-not-open", "session-not-open");
        assertThat(fixture.admitted(OutputCommand.reconnect("chat")).epoch()).isZero();
    }

    @Test
    void without_the_grant_to_subscribe_nothing_is_dialled() {
        fixture.authority = CommandFixture.granting("send");
        fixture.admitted(OutputCommand.reconnect("chat"), OutputCommand.open("chat", "wss://chat.example.com/"));
        assertThat(fixture.rules()).containsOnly("subscribe-not-granted").hasSize(2);
        assertThat(fixture.outcomes).allMatch(outcome -> outcome.result() == Result.DENIED);
    }
}
