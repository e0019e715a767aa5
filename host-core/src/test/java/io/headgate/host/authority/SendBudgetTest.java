package io.headgate.host.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R2, R10: how many texts a connection may send. */
final class SendBudgetTest {

    @ParameterizedTest
    @CsvSource({
        "120/60s, 120, 60000",
        "1/1ms, 1, 1",
        "1000000/1d, 1000000, 86400000",
        "5/1m, 5, 60000",
        "7/1500ms, 7, 1500"
    })
    void is_texts_in_a_period(String text, int texts, long millis) {
        SendBudget budget = SendBudget.parse(text);
        assertThat(budget).isEqualTo(new SendBudget(texts, Duration.ofMillis(millis)));
        assertThat(SendBudget.parse(budget.toString())).isEqualTo(budget);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "120",
                "/60s",
                "120/",
                "120/60",
                "0/1s",
                "01/1s",
                "+1/1s",
                "1/1s ",
                "1//1s",
                "1/1S",
                "1.5/1s",
                "1000001/1s",
                "1/25h",
                "1/0ms",
                "1/1s/1s",
                "\u0661/1s",
                "1/99999999999999999d"
            })
    void anything_else_is_none(String text) {
        assertThatThrownBy(() -> SendBudget.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void its_bounds_are_checked() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new SendBudget(0, second)).hasMessage("texts must be from 1 to 1000000 texts, is 0");
        assertThatThrownBy(() -> new SendBudget(1, Duration.ofNanos(999_999)))
                .hasMessage("per must be from 1ms to 1d, is PT0.000999999S");
        assertThatThrownBy(() -> new SendBudget(1, Duration.ofDays(1).plusMillis(1)))
                .hasMessage("per must be from 1ms to 1d, is PT24H0.001S");
        assertThatThrownBy(() -> new SendBudget(1, Duration.ofNanos(1_500_000)))
                .hasMessage("per must be whole milliseconds, is PT0.0015S");
    }

    @Test
    void an_entry_has_one_only_with_the_access_send() {
        WebSocketGrant listening = WebSocketGrant.of("wss://h/", Access.SUBSCRIBE);
        SendBudget budget = SendBudget.parse("5/1s");
        assertThatThrownBy(() -> listening.withSendBudget(budget))
                .hasMessage("sendBudget must be empty without the access send, is 5/1s");
        WebSocketGrant sending = WebSocketGrant.of("wss://h/", Access.SEND).withSendBudget(budget);
        assertThat(sending.withSubprotocols(List.of("a")).sendBudget()).contains(budget);
    }

    @Test
    void a_file_says_it() {
        GrantFile file = GrantFile.parse(
                "g.yaml",
                "version: 1\ngrants:\n  - plugin: p\n    websocket:\n"
                        + "      - {target: \"wss://h/\", access: [send], send-budget: 120/60s}\n"
                        + "      - {target: \"wss://g/\", access: [send], send-budget: \"5/1s\"}\n"
                        + "      - {target: \"wss://f/\", access: [send]}\n");
        assertThat(file.grants().get(0).websocket())
                .extracting(
                        entry -> entry.sendBudget().map(SendBudget::toString).orElse(""))
                .containsExactly("120/1m", "5/1s", "");
    }
}
