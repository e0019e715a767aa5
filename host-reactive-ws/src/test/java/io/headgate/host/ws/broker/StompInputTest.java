package io.headgate.host.ws.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The stream is cut where the frames end, whatever their bodies hold. */
final class StompInputTest {

    @Test
    void cutsAtTheContentLengthOrElseAtTheFirstNul() throws IOException {
        StompInput in = input("\n\nA\ncontent-length:4\n\né\0\n\0\nB\r\n\r\nbody\0\r\nC\nid:1\n\n\0");
        assertThat(in.next())
                .isEqualTo(StompFrame.of("A").with("content-length", "4").withBody("é\0\n"));
        assertThat(in.next()).isEqualTo(StompFrame.of("B").withBody("body"));
        assertThat(in.next()).isEqualTo(StompFrame.of("C").with("id", "1"));
    }

    @Test
    void failsAtTheEndOfTheStream() {
        assertThatExceptionOfType(EOFException.class)
                .isThrownBy(() -> input("\n").next());
        assertThatExceptionOfType(EOFException.class)
                .isThrownBy(() -> input("A\n").next());
        assertThatExceptionOfType(EOFException.class)
                .isThrownBy(() -> input("A\ncontent-length:9\n\nbody").next());
    }

    private static StompInput input(String text) {
        return new StompInput(new ByteArrayInputStream(text.getBytes(UTF_8)));
    }
}
