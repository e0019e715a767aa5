package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.ws.test.Octets;
import io.headgate.host.ws.test.WireFrame;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each limit of a frame, and where it may be cut. */
final class FrameDecoderTest {

    private static final int BOUND = 100_000;

    private final Decoded decoded = new Decoded(BOUND);
    private final CountingPool pool = new CountingPool();

    @AfterEach
    void end() {
        decoded.channel().finishAndReleaseAll();
        assertThat(pool.unreleased()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536, BOUND})
    @DisplayName("A header may be cut at each of its bytes, and the payload behind it")
    void cutInTheHeader(int size) {
        String text = "x".repeat(size);
        byte[] frame = WireFrame.text(text).bytes().toArray();
        int cuts = frame.length - size + Math.min(1, size);
        for (int cut = 1; cut < cuts; cut++) {
            decoded.read(frame, 0, cut).read(frame, cut, frame.length);
        }
        decoded.read(frame);

        assertThat(decoded.seen()).hasSize(cuts).allMatch(("Text " + size + " " + text)::equals);
    }

    @Test
    void byteByByteWithAPingAfterEachFragment() {
        byte[] stream = WireFrame.text("a€")
                .unfinished()
                .bytes()
                .plus(WireFrame.ping(Octets.hex("0102")).bytes())
                .plus(WireFrame.continuation(Octets.utf8("😀")).unfinished().bytes())
                .plus(WireFrame.ping(Octets.hex("")).bytes())
                .plus(WireFrame.continuation(Octets.utf8("z")).bytes())
                .toArray();
        for (int at = 0; at < stream.length; at++) {
            decoded.read(stream, at, at + 1);
        }

        assertThat(decoded.seen()).containsExactly("Ping 0102", "Ping ", "Text 9 a€😀z");
        assertThat(decoded.decoder().reads()).isEqualTo(stream.length);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "a masked frame,               1002, 8181",
        "a reserved bit,               1002, c101",
        "another reserved bit,         1002, a101",
        "the third reserved bit,       1002, 9101",
        "a reserved opcode,            1002, 837e",
        "the last of those,            1002, 877e",
        "a reserved control opcode,    1002, 8b00",
        "the last of those too,        1002, 8f00",
        "a fragmented ping,            1002, 0900",
        "a fragmented Close,           1002, 0800",
        "a ping of 126 bytes,          1002, 897e",
        "a Close of one byte,          1002, 8801",
        "a continuation of nothing,    1002, 8001",
        "a text in a text,             1002, 010178 8101",
        "a binary in a text,           1002, 010178 0201",
        "125 in two bytes,             1002, 817e007d",
        "65535 in eight bytes,         1002, 817f000000000000ffff",
        "a length with its first bit,  1002, 817f8000000000000001",
        "the largest length,           1009, 827f7fffffffffffffff",
        "one byte more than the bound, 1009, 827f00000000000186a1",
        "2 GiB and a byte,             1009, 817f0000000080000001",
        "4 GiB and a byte,             1009, 817f0000000100000001"
    })
    @DisplayName("What a header forbids is known before anything more has come")
    void atOnce(String what, int code, String hex) {
        decoded.read(HexFormat.of().parseHex(hex.replace(" ", "")));
        decoded.read(WireFrame.text("too late").bytes().toArray());

        assertThat(decoded.seen())
                .as(what)
                .containsExactly(code + " the peer broke the WebSocket protocol: closed with " + code);
        assertThat(decoded.decoder().reads()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @DisplayName("Pitfall 5: a fragment that its message has no room for is not waited for")
    void aFragmentTooMany(int kind) {
        decoded.read(WireFrame.of(kind, Octets.repeated('x', BOUND - 200))
                .unfinished()
                .bytes()
                .toArray());
        decoded.read(HexFormat.of().parseHex("007e00c8"));
        assertThat(decoded.seen()).isEmpty();
        decoded.read(new byte[200]).read(HexFormat.of().parseHex("0001"));

        assertThat(decoded.seen()).containsExactly("1009 a message of the peer exceeded 100000 bytes");
    }

    @Test
    void eachMessageHasTheWholeBound() {
        Octets half = Octets.repeated('x', BOUND / 2);
        byte[] message = WireFrame.binary(half)
                .unfinished()
                .bytes()
                .plus(WireFrame.continuation(half).bytes())
                .toArray();
        decoded.read(message).read(message);

        assertThat(decoded.seen()).containsExactly("Binary[bytes=100000]", "Binary[bytes=100000]");
    }

    @ParameterizedTest
    @CsvSource({
        "''              , Close 1005 ",
        "03e8            , Close 1000 ",
        "1387            , Close 4999 ",
        "03e8e282ac      , Close 1000 €",
        "03e8efbfbd      , Close 1000 \uFFFD",
        "03e7            , 1002 the peer broke the WebSocket protocol: closed with 1002",
        "03ed            , 1002 the peer broke the WebSocket protocol: closed with 1002",
        "1388            , 1002 the peer broke the WebSocket protocol: closed with 1002",
        "8000            , 1002 the peer broke the WebSocket protocol: closed with 1002",
        "ffff            , 1002 the peer broke the WebSocket protocol: closed with 1002",
        "03e8c328        , 1007 the peer broke the WebSocket protocol: closed with 1007",
        "03e8e282        , 1007 the peer broke the WebSocket protocol: closed with 1007"
    })
    void whatACloseSays(String body, String expected) {
        decoded.read(WireFrame.of(8, Octets.hex(body))
                .bytes()
                .plus(WireFrame.text("too late").bytes())
                .toArray());

        assertThat(decoded.seen()).hasSize(1).first().asString().isEqualToIgnoringWhitespace(expected);
    }

    @Test
    @DisplayName("What is announced takes no memory until it has come")
    void whatHasComeIsWhatIsHeld() {
        decoded.channel().config().setAllocator(pool);
        decoded.channel()
                .pipeline()
                .fireChannelRead(
                        Unpooled.wrappedBuffer(HexFormat.of().parseHex("817f00000000000186a0" + "78".repeat(500))));
        assertThat(pool.largest()).isBetween(500, 1000);
        decoded.channel()
                .pipeline()
                .fireChannelRead(Unpooled.wrappedBuffer("x".repeat(9_500).getBytes(StandardCharsets.UTF_8)));
        assertThat(pool.largest()).isBetween(10_000, 20_000);
    }

    @Test
    void ofABinaryNothingIsHeld() {
        decoded.channel().config().setAllocator(pool);
        byte[] binary = WireFrame.binary(Octets.repeated(0, BOUND)).bytes().toArray();
        decoded.read(binary, 0, BOUND / 2);
        assertThat(pool.largest()).isZero();
        decoded.read(binary, BOUND / 2, binary.length);

        assertThat(decoded.seen()).containsExactly("Binary[bytes=100000]");
    }

    @Test
    @DisplayName("A read without the end of a frame is followed by another, one with it by none")
    void readsOn() {
        AtomicInteger asked = new AtomicInteger();
        decoded.channel().config().setAutoRead(false);
        decoded.channel().pipeline().addFirst(new ChannelDuplexHandler() {
            @Override
            public void read(ChannelHandlerContext ctx) {
                asked.incrementAndGet();
            }
        });
        byte[] frame = WireFrame.text("hello").bytes().toArray();
        decoded.read(Arrays.copyOf(frame, 4));
        assertThat(asked).hasValue(1);
        decoded.read(Arrays.copyOfRange(frame, 4, frame.length));
        decoded.channel().pipeline().fireChannelReadComplete();

        assertThat(asked).hasValue(1);
        assertThat(decoded.seen()).isEqualTo(List.of("Text 5 hello"));
    }
}
