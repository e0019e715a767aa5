package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/reference/tls.md has every check, with its message; and no message is longer than what is shown of one. */
final class TlsPageTest {

    @Test
    void listsEveryCheckWithItsMessage() throws IOException {
        String page =
                Files.readString(Path.of(System.getProperty("basedir", ".")).resolve("../docs/reference/tls.md"));
        List<List<String>> rows = page.lines()
                .dropWhile(line -> !line.equals("| check | message | when, and what to do |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> Stream.of(line.substring(1).split("\\|", -1))
                        .limit(2)
                        .map(cell -> cell.replace("`", "").strip())
                        .toList())
                .toList();

        assertThat(rows)
                .isEqualTo(Arrays.stream(TlsCheck.values())
                        .map(check -> List.of(check.name(), check.text()))
                        .toList());
    }

    @Test
    void whatAPeerSaysIsCutAndEscaped() {
        for (TlsCheck check : TlsCheck.values()) {
            String message = check.message("h".repeat(253), "\u202e{what}{host}\n".repeat(100));

            assertThat(message)
                    .hasSizeLessThanOrEqualTo(256)
                    .startsWith("TLS was not established: ")
                    .contains("h".repeat(63) + "…")
                    .doesNotContain("\u202e", "\n", "h".repeat(64));
        }
        assertThat(TlsCheck.REFUSED.message("a", "{what}"))
                .isEqualTo("TLS was not established: a refused the handshake ({what})");
    }
}
