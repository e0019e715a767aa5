package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What docs/reference/settings.md says of this module is the code's. */
@Timeout(60)
final class SettingsPageTest {

    private static final WebSocketOptions DEFAULTS = WebSocketOptions.defaults();

    private String page = "";

    @BeforeEach
    void readThePage() throws IOException {
        page = Files.readString(Path.of(System.getProperty("basedir", ".")).resolve("../docs/reference/settings.md"));
    }

    @Test
    void listsEveryOptionWithItsDefaultAndBound() {
        assertThat(rows("## WebSocketOptions", "| setting | type | default | bound | effect | where it bites |", 4))
                .containsExactly(
                        List.of("loops", "LoopOptions", "[below](#loopoptions)", "[below](#loopoptions)"),
                        List.of("writeHighBytes", "int", "64 KiB", "1 KiB to 64 MiB"),
                        List.of("maxNameTtl", "Duration", "30 s", "0 to 1 d"),
                        List.of("userAgent", "String", "Headgate", "printable ASCII, not blank"),
                        List.of("proxy", "Optional<ProxyOptions>", "none", "[below](#proxyoptions)"));
        assertThat(components(WebSocketOptions.class))
                .containsExactly(
                        "loops LoopOptions",
                        "writeHighBytes int",
                        "maxNameTtl Duration",
                        "userAgent String",
                        "proxy Optional");
    }

    @Test
    void listsEveryOptionOfTheLoopsWithItsDefaultAndBound() {
        assertThat(rows("## LoopOptions", "| setting | type | default | bound | effect | where it bites |", 4))
                .containsExactly(
                        List.of("eventLoops", "int", "the processors", "1 to 1024"),
                        List.of("loopsPerService", "int", "1", "1 to 1024"),
                        List.of("handshakesPerLoop", "int", "64", "1 to 65536"),
                        List.of("handshakesPerService", "int", "16", "1 to 65536"));
        assertThat(components(LoopOptions.class))
                .containsExactly(
                        "eventLoops int", "loopsPerService int", "handshakesPerLoop int", "handshakesPerService int");
    }

    @Test
    void theDefaultsAreAsListed() {
        assertThat(DEFAULTS)
                .isEqualTo(new WebSocketOptions(
                        new LoopOptions(Runtime.getRuntime().availableProcessors(), 1, 64, 16),
                        64 << 10,
                        Duration.ofSeconds(30),
                        "Headgate",
                        Optional.empty()));
    }

    @Test
    void theBoundsAreAsListed() {
        bounds(DEFAULTS::withEventLoops, "eventLoops", List.of(1, 1024), List.of(0, 1025));
        LoopOptions loops = DEFAULTS.loops();
        bounds(loops::withLoopsPerService, "loopsPerService", List.of(1, 1024), List.of(0, 1025));
        bounds(loops::withHandshakesPerLoop, "handshakesPerLoop", List.of(1, 65_536), List.of(0, 65_537));
        bounds(loops::withHandshakesPerService, "handshakesPerService", List.of(1, 65_536), List.of(0, 65_537));
        bounds(
                DEFAULTS::withWriteHighBytes,
                "writeHighBytes",
                List.of(1 << 10, 64 << 20),
                List.of((1 << 10) - 1, (64 << 20) + 1));
        bounds(
                DEFAULTS::withMaxNameTtl,
                "maxNameTtl",
                List.of(Duration.ZERO, Duration.ofDays(1)),
                List.of(Duration.ofNanos(-1), Duration.ofDays(1).plusNanos(1)));
        bounds(DEFAULTS::withUserAgent, "userAgent", List.of("~", " x"), List.of(" ", "é", "a\tb", "\u007f"));
    }

    @Test
    void listsEveryOptionOfAProxyWithItsDefaultAndBound() {
        assertThat(rows("## ProxyOptions", "| setting | type | default | bound | effect | where it bites |", 4))
                .containsExactly(
                        List.of("kind", "ProxyOptions.Kind", "required", "HTTP_CONNECT, SOCKS5"),
                        List.of(
                                "host",
                                "String",
                                "required",
                                "1 to 253 letters, digits, ., -, _; or an IP address without brackets"),
                        List.of("port", "int", "required", "1 to 65535"),
                        List.of("login.user", "String", "none", "1 to 255 characters of printable ASCII, without :"),
                        List.of("login.password", "String", "none", "1 to 255 characters of printable ASCII"));
        assertThat(components(ProxyOptions.class))
                .containsExactly("kind Kind", "host String", "port int", "login Optional");
        assertThat(components(ProxyLogin.class)).containsExactly("user String", "password String");
        assertThat(ProxyOptions.Kind.values())
                .containsExactly(ProxyOptions.Kind.HTTP_CONNECT, ProxyOptions.Kind.SOCKS5);
    }

    @Test
    void theBoundsOfAProxyAreAsListed() {
        bounds(
                host -> ProxyOptions.httpConnect(host, 1),
                "host",
                List.of("p", "proxy_1.corp-2.example", "a".repeat(253), "127.0.0.1", "::1"),
                List.of("", "a".repeat(254), "[::1]", "fe80::1%1", "a b", "a:1", "user@h", "é"));
        bounds(port -> ProxyOptions.socks5("p", port), "port", List.of(1, 65_535), List.of(0, 65_536));
        bounds(
                user -> new ProxyLogin(user, "x"),
                "user",
                List.of("~", " ", "u".repeat(255)),
                List.of("", "é", "a:b", "u".repeat(256)));
        bounds(
                password -> new ProxyLogin("x", password),
                "password",
                List.of(":", "p".repeat(255)),
                List.of("", "a\nb", "p".repeat(256)));
    }

    @Test
    void listsWhatIsFixed() {
        List<List<String>> fixed = Stream.of(
                        FrameHeader.class,
                        CloseBody.class,
                        ProtocolViolation.class,
                        DecodeArrays.class,
                        Names.class,
                        ReactorNettyDriver.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredFields()).filter(SettingsPageTest::isFixed))
                .map(field -> List.of(field.getDeclaringClass().getSimpleName() + "." + field.getName(), value(field)))
                .toList();

        assertThat(rows("In `headgate-host-reactive-ws`:", "| constant | value | what it bounds |", 2))
                .isEqualTo(fixed);
    }

    private static Stream<String> components(Class<?> options) {
        return Arrays.stream(options.getRecordComponents())
                .map(option -> option.getName() + " " + option.getType().getSimpleName());
    }

    private static <T> void bounds(Consumer<T> change, String name, List<T> inside, List<T> outside) {
        inside.forEach(change);
        outside.forEach(value -> assertThatIllegalArgumentException()
                .isThrownBy(() -> change.accept(value))
                .withMessageStartingWith(name + " must be "));
    }

    private static boolean isFixed(Field field) {
        return Modifier.isStatic(field.getModifiers())
                && !field.isSynthetic()
                && (field.getType() == int.class || field.getType() == Duration.class);
    }

    private static String value(Field field) {
        try {
            field.setAccessible(true);
            Object value = field.get(null);
            boolean isTime = value instanceof Duration;
            long millis = isTime ? ((Duration) value).toMillis() : 0;
            return isTime ? (millis < 1000 ? millis + " ms" : millis / 1000 + " s") : String.valueOf(value);
        } catch (IllegalAccessException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private List<List<String>> rows(String from, String header, int columns) {
        return page.lines()
                .dropWhile(line -> !line.equals(from))
                .dropWhile(line -> !line.equals(header))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> Stream.of(line.substring(1).split("\\|", -1))
                        .map(cell -> cell.replace("`", "").strip())
                        .limit(columns)
                        .toList())
                .toList();
    }
}
