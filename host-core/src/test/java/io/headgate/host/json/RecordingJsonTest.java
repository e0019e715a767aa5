package io.headgate.host.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.recording.RecordingEntry;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Every line of a recording comes back as it went, with the strictness of the message within it. */
final class RecordingJsonTest {

    @Provide
    Arbitrary<RecordingLine> lines() {
        Arbitrary<Long> longs = Arbitraries.longs();
        Arbitrary<Long> counts = Arbitraries.longs().greaterOrEqual(1);
        Arbitrary<RecordingEntry> entries = Arbitraries.oneOf(
                Combinators.combine(longs, Messages.events()).as(RecordingEntry.Event::new),
                Combinators.combine(longs, Messages.commands()).as(RecordingEntry.Command::new),
                Combinators.combine(longs, Messages.outcomes()).as(RecordingEntry.Outcome::new),
                longs.map(RecordingEntry.Completed::new),
                Combinators.combine(longs, counts).as(RecordingEntry.Missing::new),
                Combinators.combine(longs, Messages.texts()).as(RecordingEntry.Ended::new));
        return Arbitraries.oneOf(
                entries.map(RecordingLine.Entry::new),
                Combinators.combine(
                                Messages.texts(),
                                counts,
                                longs,
                                Arbitraries.strings()
                                        .alpha()
                                        .ofMinLength(1)
                                        .ofMaxLength(64)
                                        .set()
                                        .ofMaxSize(3),
                                Arbitraries.of(true, false))
                        .as(RecordingLine.Start::new));
    }

    @Property(tries = 1000)
    void aLineComesBackAsItWent(@ForAll("lines") RecordingLine line) {
        String json = RecordingJson.write(line);

        assertThat(json).doesNotContain("\n", "\r", "\u2028", "\u2029");
        assertThat(RecordingJson.read(json)).isEqualTo(line);
    }

    @Example
    void whatIsWithinIsReadAsStrictly() {
        String json = RecordingJson.write(
                new RecordingLine.Entry(new RecordingEntry.Command(7, OutputCommand.sendText("chat", "hello"))));

        assertThat(json)
                .isEqualTo(
                        "{\"version\":1,\"kind\":\"recorded-command\",\"atMillis\":7,\"command\":{\"version\":1,"
                                + "\"kind\":\"send-text\",\"id\":\"\",\"connection\":\"chat\",\"epoch\":0,\"text\":\"hello\",\"confirm\":false}}");
        for (String wrong : new String[] {
            json.replace("\"epoch\":0,", ""),
            json.replace("\"epoch\":0,", "\"epoch\":0,\"era\":1,"),
            json.replace("\"epoch\":0,", "\"epoch\":0,\"epoch\":0,"),
            json.replace("send-text", "opened"),
            json.replace("recorded-command", "send-text"),
            json.replaceAll("\\{\"version\":1,\"kind\":\"send-text.*", "\"hello\"}")
        }) {
            assertThat(wrong).isNotEqualTo(json);
            assertThatThrownBy(() -> RecordingJson.read(wrong)).isInstanceOf(MessageFormatException.class);
        }
    }
}
