package io.headgate.host.ws.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each row of docs/reference/broker.md is a test, and each test of the host with a broker has its row. */
final class BrokerPageTest {

    private static final Pattern TEST = Pattern.compile("\\| `(\\w+\\.\\w+)` \\|$", Pattern.MULTILINE);

    private static final List<Class<?>> SCENARIOS = List.of(
            HostWithBrokerTest.class,
            HeartBeatsWithBrokerTest.class,
            BrokerPausedTest.class,
            BrokerKilledTest.class,
            BrokerRestartedTest.class,
            BrokerDisconnectedTest.class,
            BrokerPacketsDroppedTest.class,
            BrokerRestartedOftenTest.class,
            BrokerBehindNginxTest.class);

    @Test
    void eachRowIsATestAndEachTestARow() throws IOException {
        String page =
                Files.readString(Path.of(System.getProperty("basedir", ".")).resolve("../docs/reference/broker.md"));
        Stream<String> rows =
                TEST.matcher(page).results().map(MatchResult::group).map(row -> row.replaceAll("[| `]", ""));

        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(SCENARIOS.stream()
                        .flatMap(scenario -> Arrays.stream(scenario.getDeclaredMethods()))
                        .filter(method -> method.isAnnotationPresent(Test.class))
                        .map(BrokerPageTest::named)
                        .toList());
    }

    private static String named(Method test) {
        return test.getDeclaringClass().getSimpleName() + "." + test.getName();
    }
}
