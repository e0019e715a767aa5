package io.headgate.host.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Every message comes back as it went; every other text is refused in one way. */
final class MessageJsonPropertiesTest {

    private static final List<String> PIECES = List.of(
            "\"",
            "\\",
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "null",
            "true",
            "-1",
            "0",
            "1.5",
            "1e999999999",
            "1e99999999999",
            "99999999999999999999",
            "\"version\":1,",
            "\"kind\":\"close\"",
            "\"kind\":\"opened\",",
            "\ud800",
            "\u0000",
            " ",
            "\\u",
            "\\ud800",
            "\"more\":null",
            "NaN",
            "/*x*/",
            "\ufeff",
            "0x1",
            "01",
            "+1",
            ".5",
            "'");

    @Property(tries = 1000)
    void anEventComesBackAsItWent(@ForAll("events") IngressEvent event) {
        String json = MessageJson.write(event);

        assertThat(MessageJson.readEvent(json)).isEqualTo(event);
        assertThat(MessageJson.write(MessageJson.readEvent(json))).isEqualTo(json);
        assertOneLineThatSurvivesUtf8(json);
    }

    @Property(tries = 1000)
    void aCommandComesBackAsItWent(@ForAll("commands") OutputCommand command) {
        String json = MessageJson.write(command);

        assertThat(MessageJson.readCommand(json)).isEqualTo(command);
        assertOneLineThatSurvivesUtf8(json);
    }

    @Property(tries = 500)
    void anOutcomeComesBackAsItWent(@ForAll("outcomes") CommandOutcome outcome) {
        String json = MessageJson.write(outcome);

        assertThat(MessageJson.readOutcome(json)).isEqualTo(outcome);
        assertOneLineThatSurvivesUtf8(json);
    }

    @Property(tries = 2000)
    void damagedJsonReadsOrFailsInTheOneWay(@ForAll("written") String json, @ForAll Random random) {
        String damaged = json;
        for (int edits = random.nextInt(3); edits >= 0; edits--) {
            damaged = damage(damaged, random);
        }

        assertReadsOrRefuses(damaged);
    }

    @Property(tries = 300)
    void anyTextReadsOrFailsInTheOneWay(@ForAll("texts") String text, @ForAll("objects") String object) {
        assertReadsOrRefuses(text);
        assertReadsOrRefuses(object);
        assertReadsOrRefuses("{\"version\":1,\"kind\":\"text\",\"connection\":" + object + "}");
    }

    @Provide
    Arbitrary<IngressEvent> events() {
        return Messages.events();
    }

    @Provide
    Arbitrary<OutputCommand> commands() {
        return Messages.commands();
    }

    @Provide
    Arbitrary<CommandOutcome> outcomes() {
        return Messages.outcomes();
    }

    @Provide
    Arbitrary<String> texts() {
        return Messages.texts();
    }

    @Provide
    Arbitrary<String> objects() {
        return Messages.objects();
    }

    @Provide
    Arbitrary<String> written() {
        return Arbitraries.oneOf(
                events().map(MessageJson::write),
                commands().map(MessageJson::write),
                outcomes().map(MessageJson::write));
    }

    private static void assertOneLineThatSurvivesUtf8(String json) {
        assertThat(json.chars()).noneMatch(c -> Character.isISOControl(c) || c == '\u2028' || c == '\u2029');
        assertThat(new String(json.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(json);
    }

    private static void assertReadsOrRefuses(String json) {
        assertOneWay(
                text -> {
                    IngressEvent event = MessageJson.readEvent(text);
                    assertThat(MessageJson.readEvent(MessageJson.write(event))).isEqualTo(event);
                },
                json);
        assertOneWay(
                text -> {
                    OutputCommand command = MessageJson.readCommand(text);
                    assertThat(MessageJson.readCommand(MessageJson.write(command)))
                            .isEqualTo(command);
                },
                json);
        assertOneWay(
                text -> {
                    CommandOutcome outcome = MessageJson.readOutcome(text);
                    assertThat(MessageJson.readOutcome(MessageJson.write(outcome)))
                            .isEqualTo(outcome);
                },
                json);
    }

    private static void assertOneWay(Consumer<String> reading, String json) {
        try {
            reading.accept(json);
        } catch (MessageFormatException e) {
            assertThat(e).hasNoCause();
            assertThat(e.getSuppressed()).isEmpty();
        }
    }

    private static String damage(String json, Random random) {
        int from = random.nextInt(json.length() + 1);
        int to = Math.min(json.length(), from + random.nextInt(8));
        String piece = PIECES.get(random.nextInt(PIECES.size()));
        return switch (random.nextInt(5)) {
            case 0 -> json.substring(0, from);
            case 1 -> json.substring(0, from) + json.substring(to);
            case 2 -> json.substring(0, from) + piece + json.substring(to);
            case 3 -> json.substring(0, from) + json.substring(from, to) + json.substring(from);
            default -> replacedValue(json, from, piece);
        };
    }

    /** Puts a piece in the place of a whole value: what is still JSON gets further in. */
    private static String replacedValue(String json, int from, String piece) {
        int colon = json.indexOf("\":", from);
        int comma = colon < 0 ? -1 : json.indexOf(",\"", colon);
        return comma < 0 ? json + piece : json.substring(0, colon + 2) + piece + json.substring(comma);
    }
}
