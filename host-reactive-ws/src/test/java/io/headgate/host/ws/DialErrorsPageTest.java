package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.Target;
import io.headgate.host.transport.TransportException;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

/** docs/errors.md has how dials and sessions fail, in the words in which it is said. */
final class DialErrorsPageTest {

    private static final IOException REFUSED = new IOException("finishConnect(..) failed: Connection refused");

    private String page = "";

    @BeforeEach
    void readThePage() throws IOException {
        page = Files.readString(Path.of(System.getProperty("basedir", ".")).resolve("../docs/errors.md"));
    }

    @Test
    void listsEveryWordOfTheKernelsThatIsPassedOn() {
        List<String> words = rows("| `{why}` | cause | fix |").stream()
                .map(row -> row.get(0))
                .toList();

        assertThat(words).endsWith("a class's name");
        assertThat(words.subList(0, words.size() - 1)).containsExactlyElementsOf(Failures.KERNEL_WORDS);
        assertThat(words.subList(0, words.size() - 1))
                .allSatisfy(word -> assertThat(Failures.broken(new IOException("read: " + word)))
                        .hasMessage("the connection broke (" + word + ")"));
        assertThat(Failures.broken(new IllegalStateException("secret")))
                .hasMessage("the connection broke (IllegalStateException)");
    }

    @Test
    void listsHowADialAndASessionFail() {
        List<TransportException> failures = new ArrayList<>();
        Stream.of(DialStage.NAME, DialStage.TCP, DialStage.UPGRADE)
                .forEach(stage -> failures.add(Failures.dial(at(stage), REFUSED)));
        failures.add(Failures.dial(at(DialStage.TLS), new SSLException("secret")));
        failures.add(Failures.dial(at(DialStage.NAME), new IllegalStateException("secret")));
        failures.add(Refusals.of(answer(404)));
        HttpResponse moved = answer(301);
        moved.headers().set("Location", "https://example.com/elsewhere");
        failures.add(Refusals.of(moved));
        failures.add(Failures.broken(REFUSED));
        List<List<String>> rows = rows("| kind | message | cause | fix |");

        assertThat(failures).allMatch(failure -> rows.stream().anyMatch(row -> tells(row, failure)));
        assertThat(rows).allMatch(row -> failures.stream().anyMatch(failure -> tells(row, failure)));
    }

    private static Dial at(DialStage stage) {
        Target target = new Target("ws", "localhost", 80, "/", "");
        Dial dial = new Dial(
                Recording.spec(target, "plugin/service"),
                VirtualTimeScheduler.create(),
                Schedulers.immediate(),
                Trust.system());
        dial.enter(stage);
        return dial;
    }

    private static boolean tells(List<String> row, TransportException failure) {
        return row.get(0).equals(failure.kind().name())
                && String.valueOf(failure.getMessage()).matches(pattern(row.get(1)));
    }

    private static HttpResponse answer(int status) {
        return new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
    }

    private static String pattern(String form) {
        return Stream.of(form.split("\\{[^}]*}", -1)).map(Pattern::quote).collect(Collectors.joining(".+"));
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
