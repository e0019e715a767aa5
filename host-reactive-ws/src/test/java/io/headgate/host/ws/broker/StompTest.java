package io.headgate.host.ws.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The codec keeps to the STOMP 1.2 specification, sections "STOMP Frames" and "Value Encoding". */
final class StompTest {

    @Test
    void writesCommandHeadersEmptyLineBodyAndNul() {
        StompFrame frame = StompFrame.of("SEND").with("destination", "/queue/a").withBody("hé");
        assertThat(Stomp.format(frame)).isEqualTo("SEND\ndestination:/queue/a\ncontent-length:3\n\nhé\0");
    }

    @Test
    void readsWhatItWrote() {
        StompFrame frame = StompFrame.of("MESSAGE").with("a:b", "1\r\n2\\c:").withBody("x\0\n\ny");
        StompFrame read = Stomp.parse(Stomp.format(frame)).orElseThrow();
        assertThat(read).isEqualTo(frame.with("content-length", "5"));
    }

    @Test
    void escapesColonLineEndsAndBackslash() {
        assertThat(Stomp.format(StompFrame.of("SEND").with("a:b", "1\r\n2\\c")))
                .isEqualTo("SEND\na\\cb:1\\r\\n2\\\\c\n\n\0");
    }

    @Test
    void escapesNothingInConnectAndConnected() {
        assertThat(Stomp.format(StompFrame.of("CONNECT").with("passcode", "a:b\\n")))
                .isEqualTo("CONNECT\npasscode:a:b\\n\n\n\0");
        assertThat(Stomp.parse("CONNECTED\nserver:a:b\\n\n\n\0").orElseThrow().header("server"))
                .isEqualTo("a:b\\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n", "\n\n\n"})
    void findsNoFrameInHeartBeats(String text) {
        assertThat(Stomp.parse(text)).isEmpty();
    }

    @Test
    void skipsHeartBeatsAroundAFrame() {
        assertThat(Stomp.parse("\n\nRECEIPT\nreceipt-id:1\n\n\0\n"))
                .contains(StompFrame.of("RECEIPT").with("receipt-id", "1"));
    }

    @Test
    void takesTheFirstOfARepeatedHeaderAndEitherLineEnd() {
        assertThat(Stomp.parse("MESSAGE\r\nfoo:World\r\nfoo:Hello\r\n\r\nbody\0"))
                .contains(new StompFrame("MESSAGE", Map.of("foo", "World"), "body"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SEND\ndestination:/queue/a\n",
                "SEND\nno colon\n\n\0",
                "SEND\na:\\t\n\n\0",
                "SEND\na:\\\n\n\0",
                "SEND\n\nno end",
                "SEND\ncontent-length:2\n\nabc\0",
                "SEND\ncontent-length:9\n\nabc\0",
                "SEND\ncontent-length:-1\n\nabc\0",
                "SEND\n\n\0SEND\n\n\0"
            })
    void refusesWhatIsNotOneWholeFrame(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Stomp.parse(text));
    }

    @Test
    void namesAHeaderThatIsMissing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StompFrame.of("MESSAGE").header("ack"))
                .withMessageContaining("no header ack");
    }
}
