package io.headgate.host.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.headgate.host.HeadgateException;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.IngressEvent.CommandSent;
import io.headgate.plugin.IngressEvent.Text;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.OutputCommand.SendText;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class MessageJsonTest {

    private static final String TEXT =
            "{'version':1,'kind':'text','connection':'chat','epoch':2,'sequence':3,'receivedAtMillis':4,'text':'hi','bytes':2}";
    private static final String SEND =
            "{'version':1,'kind':'send-text','id':'','connection':'chat','epoch':0,'text':'hi','confirm':false}";
    private static final String OUTCOME = "{'version':1,'kind':'outcome','commandId':'i','connection':'','epoch':0,"
            + "'decidedAtMillis':3,'result':'sent','rule':'','message':''}";
    private static final String LATER = "{'version':1,'kind':'renamed','connection':'chat','epoch':2,'sequence':3,"
            + "'receivedAtMillis':4,'to':'S3CRET!','tags':[1.50,{'a':null}],'big':1e400}";

    @Test
    void anUnknownKindOfEventIsKeptAndWritesBackEqual() {
        IngressEvent event = MessageJson.readEvent(json(LATER));

        assertThat(event)
                .isEqualTo(new UnknownEvent(
                        "chat", 2, 3, 4, "renamed", json("{'to':'S3CRET!','tags':[1.50,{'a':null}],'big':1E+400}")));
        assertThat(MessageJson.write(event)).isEqualTo(json(LATER).replace("1e400", "1E+400"));
        assertThat(event).isInstanceOf(IngressEvent.Other.class);
        assertThat(event.toString()).contains("chat/2/3", "renamed").doesNotContain("S3CRET");
    }

    @Test
    void anUnknownKindOfEventNeedsWhatEveryEventHas() {
        assertRefused(() -> MessageJson.readEvent(json(LATER.replace("'sequence':3,", ""))), "sequence");
        assertRefused(() -> MessageJson.readEvent(json(LATER.replace("'renamed'", "'Renamed'"))), "kind");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "close", "outcome", "", "Later", "a b"})
    void anUnknownEventHasNoKnownKindAndNoOddOne(String kind) {
        assertRefused(() -> new UnknownEvent("chat", 0, 1, 0, kind, "{}"), "kind");
    }

    @Test
    void anUnknownEventChecksItsComponents() {
        assertRefused(() -> new UnknownEvent(" ", 0, 1, 0, "later", "{}"), "connection");
        assertRefused(() -> new UnknownEvent("chat", -1, 1, 0, "later", "{}"), "epoch");
        assertRefused(() -> new UnknownEvent("chat", 0, 0, 0, "later", "{}"), "sequence");
        assertRefused(() -> new UnknownEvent("chat", 0, 1, 0, "later", "[]"), "");
        assertRefused(() -> new UnknownEvent("chat", 0, 1, 0, "later", "{\"epoch\":7}"), "epoch");
    }

    @Test
    void aStrangeImplementationOfOtherHasNoForm() {
        IngressEvent strange = new IngressEvent.Other() {
            @Override
            public String connection() {
                return "chat";
            }

            @Override
            public long epoch() {
                return 0;
            }

            @Override
            public long sequence() {
                return 1;
            }

            @Override
            public long receivedAtMillis() {
                return 0;
            }
        };

        assertRefused(() -> MessageJson.write(strange), "kind");
    }

    @Test
    void anUnknownKindOfCommandOrOutcomeIsAnError() {
        assertRefused(() -> MessageJson.readCommand(json(SEND.replace("send-text", "send-later"))), "kind");
        assertRefused(() -> MessageJson.readOutcome(json(OUTCOME.replace("'outcome'", "'verdict'"))), "kind");
    }

    @Test
    void aKindOfAnotherFamilyIsAnError() {
        assertRefused(() -> MessageJson.readEvent(json(SEND)), "kind");
        assertRefused(() -> MessageJson.readEvent(json(OUTCOME)), "kind");
        assertRefused(() -> MessageJson.readEvent(json(LATER.replace("renamed", "reconnect"))), "kind");
        assertRefused(() -> MessageJson.readCommand(json(TEXT)), "kind");
        assertRefused(() -> MessageJson.readOutcome(json(TEXT)), "kind");
    }

    @Test
    void anUnknownFieldOfAnEventOrOutcomeIsIgnored() {
        assertThat(MessageJson.readEvent(json(TEXT.replace("'text':", "'later':{'x':[]},'text':"))))
                .isEqualTo(new Text("chat", 2, 3, 4, "hi", 2));
        assertThat(MessageJson.readOutcome(json(OUTCOME.replace("'rule':", "'later':null,'rule':"))))
                .isEqualTo(MessageJson.readOutcome(json(OUTCOME)));
    }

    @Test
    void anUnknownFieldOfACommandIsAnErrorAsItMayRestrictIt() {
        assertRefused(() -> MessageJson.readCommand(json(SEND.replace("'text':", "'notAfter':7,'text':"))), "notAfter");
        assertRefused(() -> MessageJson.readCommand(json(SEND.replace("'text':", "'S3CRET !':7,'text':"))), "");
    }

    @Test
    void whatIsOptionalHasItsDefault() {
        String sent = "{'version':1,'kind':'command-sent','connection':'c','epoch':0,'sequence':1,'receivedAtMillis':0,"
                + "'commandId':'i'}";

        assertThat(MessageJson.readCommand(json(SEND.replace(",'confirm':false", ""))))
                .isEqualTo(OutputCommand.sendText("chat", "hi"));
        assertThat(MessageJson.readEvent(json(sent))).isEqualTo(new CommandSent("c", 0, 1, 0, "i", 0));
        assertRefused(() -> MessageJson.readCommand(json(SEND.replace("false", "null"))), "confirm");
    }

    @ParameterizedTest
    @ValueSource(strings = {"version", "kind", "connection", "epoch", "sequence", "receivedAtMillis", "text", "bytes"})
    void aRequiredFieldThatIsMissingNullOrTwiceThereIsAnError(String field) {
        String member = "'" + field + "':('[a-z]+'|[0-9]+)";

        assertRefused(
                () -> MessageJson.readEvent(
                        json(TEXT.replaceFirst(member + ",?", "").replace(",}", "}"))),
                field);
        assertRefused(() -> MessageJson.readEvent(json(TEXT.replaceFirst(member, "'" + field + "':null"))), field);
        assertRefused(() -> MessageJson.readEvent(json(TEXT.replaceFirst("(" + member + ")", "$1,$1"))), field);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "'version':1, 'version':2, version",
                "'version':1, 'version':0, version",
                "'version':1, 'version':1.0, version",
                "'version':1, 'version':'1', version",
                "'epoch':2, 'epoch':-1, epoch",
                "'epoch':2, 'epoch':2.0, epoch",
                "'epoch':2, 'epoch':2e0, epoch",
                "'epoch':2, 'epoch':9223372036854775808, epoch",
                "'sequence':3, 'sequence':0, sequence",
                "'sequence':3, 'sequence':'3', sequence",
                "'bytes':2, 'bytes':2147483648, bytes",
                "'bytes':2, 'bytes':4294967298, bytes",
                "'bytes':2, 'bytes':true, bytes",
                "'text':'hi', 'text':7, text",
                "'text':'hi', 'text':['hi'], text",
                "'connection':'chat', 'connection':'', connection",
                "'connection':'chat', 'connection':' ', connection",
            })
    void aWrongTypeOrRangeIsAnErrorThatNamesTheField(String right, String wrong, String field) {
        String json = TEXT.replace(right, wrong);
        assertThat(json).isNotEqualTo(TEXT);

        assertRefused(() -> MessageJson.readEvent(json(json)), field);
    }

    @Test
    void theVersionIsLookedAtBeforeAllElse() {
        String later = TEXT.replace("'version':1", "'version':2").replace("'text'", "'note'");

        assertThatThrownBy(() -> MessageJson.readEvent(json(later)))
                .isInstanceOf(HeadgateException.class)
                .hasMessage("field version: expected 1, found 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "7",
                "[]",
                "'x'",
                "{",
                "{}{}",
                "{} x",
                "// c\n{}",
                "{'version':1,}",
                "{version:1}",
                "\ufeff{}"
            })
    void whatIsNotOneObjectIsAnError(String json) {
        assertThatThrownBy(() -> MessageJson.readEvent(json(json))).isInstanceOf(MessageFormatException.class);
    }

    @Test
    void onlyTrailingWhiteSpaceMayFollow() {
        assertThat(MessageJson.readEvent(json(" " + TEXT) + "\r\n")).isInstanceOf(Text.class);
        assertRefused(() -> MessageJson.readEvent(json(TEXT + TEXT)), "");
        assertRefused(() -> MessageJson.readEvent(json(TEXT) + ","), "");
    }

    @Test
    void aNestedNameThatIsThereTwiceIsAnError() {
        assertRefused(() -> MessageJson.readEvent(json(TEXT.replace("'text':", "'x':[{'a':1,'a':1}],'text':"))), "");
    }

    @Test
    void aGapHasOneTimeOfItsLast() {
        String gap = "{'version':1,'kind':'gap','connection':'c','epoch':0,'sequence':1,'receivedAtMillis':4,'count':1,"
                + "'firstAtMillis':1,'lastAtMillis':5}";

        assertRefused(() -> MessageJson.readEvent(json(gap)), "receivedAtMillis");
    }

    @Test
    void aLoneSurrogateIsWrittenAsAnEscapeAndReadBack() {
        SendText command = OutputCommand.sendText("chat", "a\ud800b\udc00😀");
        String json = MessageJson.write(command);

        assertThat(json).contains("\"a\\ud800b\\udc00\\ud83d\\ude00\"");
        assertThat(MessageJson.readCommand(json)).isEqualTo(command);
        assertThat(MessageJson.readCommand(json(SEND.replace("hi", "😀"))))
                .isEqualTo(OutputCommand.sendText("chat", "😀"));
    }

    @Test
    void anErrorShowsNoTextOfTheMessage() {
        for (String json : new String[] {
            SEND.replace("'text':'hi'", "'text':S3CRET!"),
            SEND.replace("'text':'hi'", "'text':'S3CRET!"),
            SEND.replace("'text':'hi'", "'text':['S3CRET!']"),
            SEND.replace("'text':'hi'", "'S3CRET!':'S3CRET!'"),
            SEND.replace("'text':'hi'", "'text':'\\S3CRET!'"),
            SEND.replace("'text':'hi'", "'text':31337"),
            SEND.replace("'confirm':false", "'confirm':'S3CRET!'"),
            SEND.replace("'send-text'", "'S3CRET!'"),
            SEND.replace("'epoch':0", "'epoch':'S3CRET!'"),
            OUTCOME.replace("'sent'", "'S3CRET!'"),
        }) {
            MessageFormatException error =
                    catchThrowableOfType(MessageFormatException.class, () -> MessageJson.readCommand(json(json)));

            assertThat(error.getMessage()).doesNotContain("S3CRET", "31337");
            assertThat(error).hasNoCause();
        }
    }

    @Test
    void aLoneSurrogateInANameIsAnError() {
        assertRefused(() -> MessageJson.readEvent(json(TEXT.replace("'text':", "'\\ud800':1,'text':"))), "");
        assertRefused(() -> new UnknownEvent("c", 0, 1, 0, "later", json("{'\ud800':1}")), "");
    }

    @Test
    void aNameHas64CharactersAtMost() {
        String most = TEXT.replace("'chat'", "'" + "n".repeat(64) + "'");

        assertThat(MessageJson.readEvent(json(most)).connection()).hasSize(64);
        assertRefused(() -> MessageJson.readEvent(json(most.replace("'nn", "'nnn"))), "connection");
        assertRefused(
                () -> MessageJson.readOutcome(json(OUTCOME.replace("'connection':''", "'connection':' '"))),
                "connection");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`'hi'`, a text of 2 characters",
                "`31337`, a whole number",
                "`1.5`, a number with a fraction or an exponent",
                "`true`, true or false",
                "`{}`, an object",
                "`[]`, a list",
                "`null`, null",
            })
    void anErrorSaysWhatSortOfValueItFound(String value, String found) {
        String field = value.equals("'hi'") ? "confirm" : "text";
        String right = field.equals("text") ? "'text':'hi'" : "'confirm':false";
        String wrong = SEND.replace(right, "'" + field + "':" + value);

        assertThatThrownBy(() -> MessageJson.readCommand(json(wrong)))
                .isInstanceOf(MessageFormatException.class)
                .hasMessageEndingWith("found " + found);
    }

    @Test
    void malformedJsonIsPlaced() {
        assertThatThrownBy(() -> MessageJson.readEvent("{\"a\":x}"))
                .hasMessageMatching(".*malformed JSON at or before character [0-9]+");
    }

    @Test
    void anExponentBeyondAllBoundsIsAnError() {
        assertRefused(() -> MessageJson.readEvent(json(TEXT.replace("'text':", "'later':1e99999999999,'text':"))), "");
        assertRefused(() -> MessageJson.readEvent(json(TEXT.replace("'epoch':2", "'epoch':1e99999999999"))), "");
    }

    static void assertRefused(ThrowingCallable reading, String field) {
        MessageFormatException error = catchThrowableOfType(MessageFormatException.class, reading);

        assertThat(error).isNotNull();
        assertThat(error.field()).isEqualTo(field);
        assertThat(error.getMessage()).contains(error.expected(), error.found());
    }

    private static String json(String singleQuoted) {
        return singleQuoted.replace('\'', '"');
    }
}
