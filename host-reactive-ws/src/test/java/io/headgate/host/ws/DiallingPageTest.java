package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.transport.DialTimeouts;
import io.headgate.host.transport.TransportException;
import io.headgate.plugin.FailureKind;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tables of docs/reference/dialling.md are the code's. */
final class DiallingPageTest {

    private String page = "";

    @BeforeEach
    void readThePage() throws IOException {
        page = Files.readString(Path.of(System.getProperty("basedir", ".")).resolve("../docs/reference/dialling.md"));
    }

    @Test
    void listsEveryStageInOrderWithItsSettingAndItsMessage() {
        List<List<String>> stages = Arrays.stream(DialStage.values())
                .map(stage -> List.of(stage.name(), stage.name().toLowerCase(Locale.ROOT), message(stage)))
                .toList();

        assertThat(stages.stream().map(stage -> stage.get(1)))
                .containsExactlyElementsOf(Arrays.stream(DialTimeouts.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .toList());
        assertThat(rows("| stage | setting | what it is | the message when it takes too long |").stream()
                        .map(row -> List.of(row.get(0), row.get(1), row.get(3))))
                .isEqualTo(stages);
    }

    private static String message(DialStage stage) {
        DialTimeouts timeouts = DialTimeouts.defaults();
        TransportException late = stage.late(false, timeouts);
        assertThat(late.kind()).isEqualTo(FailureKind.TIMEOUT);
        return String.valueOf(late.getMessage()).replace(stage.bound(timeouts).toString(), "{bound}");
    }

    @Test
    void listsEveryRuleOfTheAnswerInTheOrderInWhichTheyAreJudged() {
        assertThat(rows("| rule | the message where it is broken |").stream().map(row -> row.get(1)))
                .containsExactlyElementsOf(UpgradeAnswerTest.broken()
                        .map(broken -> (String) broken.get()[0])
                        .distinct()
                        .toList());
    }

    @Test
    void listsTheKindsInWhichADialFails() {
        assertThat(rows("| kind | when |").stream().map(row -> row.get(0)))
                .containsExactly(FailureKind.CONNECT.name(), FailureKind.TIMEOUT.name(), FailureKind.HANDSHAKE.name());
    }

    @Test
    void listsEveryCount() {
        assertThat(rows("| field | type | unit | holds |").stream().map(row -> row.get(0) + " " + row.get(1)))
                .containsExactlyElementsOf(Arrays.stream(DialCounts.class.getRecordComponents())
                        .map(count -> count.getName() + " " + count.getType())
                        .toList());
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
