package io.headgate.host.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** docs/compatibility.md names the versions of the root pom, and what the build compares its API with. */
final class CompatibilityPageTest {

    private static final Path PROJECT = Path.of(System.getProperty("basedir", "."), "..");
    private static final Map<String, String> ARTIFACTS = Map.of(
            "Reactor", "reactor-bom",
            "Netty", "netty-bom",
            "Jackson", "jackson-bom",
            "Micrometer", "micrometer-core",
            "SLF4J", "slf4j-api",
            "JSpecify", "jspecify");

    private String pom = "";
    private Map<String, String> versions = Map.of();

    @BeforeEach
    void readBoth() throws IOException {
        pom = Files.readString(PROJECT.resolve("pom.xml"));
        versions =
                ReferencePage.read("../compatibility.md")
                        .rows("What it runs on and with", "| with | version | |")
                        .stream()
                        .collect(Collectors.toMap(row -> row.get(0), row -> row.get(1)));
    }

    @Test
    void namesTheVersionsThatTheBuildHas() {
        assertThat(versions).containsKeys(ARTIFACTS.keySet().toArray(String[]::new));
        ARTIFACTS.forEach((name, artifact) -> assertThat(versions.get(name))
                .as(name)
                .isEqualTo(found("<artifactId>" + artifact + "</artifactId><version>([^<]+)</version>")));
    }

    @Test
    void namesTheSpringBootOfTheSample() throws IOException {
        String sample = Files.readString(PROJECT.resolve("samples/webflux/pom.xml"));

        assertThat(sample)
                .contains("<artifactId>spring-boot-dependencies</artifactId><version>" + versions.get("Spring Boot")
                        + "</version>");
    }

    @Test
    void namesTheJdksThatTheBuildRunsOn() throws IOException {
        Matcher jdks =
                Pattern.compile("step 'tests on JDK (\\d+)'").matcher(Files.readString(PROJECT.resolve(".ci/run")));
        String range = jdks.results().map(jdk -> jdk.group(1)).sorted().collect(Collectors.joining(" to "));

        assertThat(versions.get("JDK")).isEqualTo(range);
        assertThat(range).startsWith(found("<maven.compiler.release>(\\d+)</maven.compiler.release>") + " to ");
    }

    @Test
    void comparesTheApiWhereThereIsARelease() {
        boolean isReleased = !pom.contains("<api.baseline/>");

        assertThat(found("<api.phase>(\\w+)</api.phase>")).isEqualTo(isReleased ? "verify" : "none");
    }

    private String found(String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(pom);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }
}
