package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.transport.DialTimeouts;
import io.headgate.host.transport.TransportException;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.socksx.v5.DefaultSocks5CommandResponse;
import io.netty.handler.codec.socksx.v5.DefaultSocks5InitialResponse;
import io.netty.handler.codec.socksx.v5.DefaultSocks5PasswordAuthResponse;
import io.netty.handler.codec.socksx.v5.Socks5AddressType;
import io.netty.handler.codec.socksx.v5.Socks5AuthMethod;
import io.netty.handler.codec.socksx.v5.Socks5CommandStatus;
import io.netty.handler.codec.socksx.v5.Socks5PasswordAuthStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What docs/reference/dialling.md says of a proxy's failures is the code's. */
final class ProxyPageTest {

    private String page = "";

    @BeforeEach
    void readThePage() throws IOException {
        page = Files.readString(Path.of(System.getProperty("basedir", ".")).resolve("../docs/reference/dialling.md"));
    }

    @Test
    void listsWhyForEachStatusAndCodeThatHasOne() {
        Map<String, String> listed = new TreeMap<>();
        rows("| `{why}` | of |").forEach(row -> {
            for (String part : row.get(1).split("; ", -1)) {
                String kind = part.replaceAll(" .*", "");
                Pattern.compile("[0-9]+")
                        .matcher(part)
                        .results()
                        .forEach(number -> listed.put(kind + " " + number.group(), row.get(0)));
            }
        });
        Map<String, String> told = new TreeMap<>();
        IntStream.rangeClosed(100, 999)
                .filter(status -> status != 200)
                .forEach(status -> tell(
                        told,
                        "status " + status,
                        answered(status),
                        "the proxy answered " + status + " instead of 200"));
        IntStream.rangeClosed(1, 255)
                .forEach(code ->
                        tell(told, "code " + code, replied(code), "the proxy replied " + code + " instead of 0"));

        assertThat(listed).isEqualTo(told);
    }

    @Test
    void listsEveryMessage() {
        assertThat(rows("| what the proxy does | the message |").stream().map(row -> row.get(1)))
                .containsExactly(
                        DialStage.NAME.unmet(true) + " ({cause})",
                        DialStage.TCP.unmet(true) + " ({cause})",
                        "the proxy answered {status} instead of 200{why}",
                        "the proxy replied {code} instead of 0{why}",
                        said(new DefaultSocks5InitialResponse(Socks5AuthMethod.UNACCEPTED)),
                        said(new DefaultSocks5PasswordAuthResponse(Socks5PasswordAuthStatus.FAILURE)),
                        said("garbage"),
                        "the proxy hung up before it had opened the tunnel",
                        DialStage.PROXY.unmet(true) + " ({cause})",
                        String.valueOf(TransportException.noProxy().getMessage())
                                .replace("`", ""));
        assertThat(page.replace('\n', ' ')).contains(late(DialStage.NAME)).contains(late(DialStage.TCP));
    }

    private static String late(DialStage stage) {
        DialTimeouts timeouts = DialTimeouts.defaults();
        return String.valueOf(stage.late(true, timeouts).getMessage())
                .replace(stage.bound(timeouts).toString(), "{bound}");
    }

    private static void tell(Map<String, String> told, String number, String message, String without) {
        assertThat(message).startsWith(without);
        String why = message.substring(without.length());
        if (!why.isEmpty()) {
            told.put(number, why);
        }
    }

    private static String answered(int status) {
        return said(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status)));
    }

    private static String replied(int code) {
        return said(new DefaultSocks5CommandResponse(Socks5CommandStatus.valueOf((byte) code), Socks5AddressType.IPv4));
    }

    private static String said(Object message) {
        return ProxyRefusals.of(message).orElseThrow();
    }

    private List<List<String>> rows(String header) {
        return page.lines()
                .dropWhile(line -> !line.equals(header))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> Stream.of(line.substring(1).split("\\|", -1))
                        .map(cell -> cell.replace("`", "").strip())
                        .toList())
                .toList();
    }
}
