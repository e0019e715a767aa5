package io.headgate.host.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.headgate.host.ConfigurationException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R8, R10: what YAML has for those who want to blow a reader up, or to write a number that is taken for another. */
final class YamlBoundsTest {

    private static final String TOP = "version: 1\ngrants:\n  - plugin: chat\n";
    private static final String NOT_YAML = "not valid YAML here or shortly after";
    private static final String TOO_DEEP = "mappings and lists must be nested at most 16 deep";
    private static final int AS_DEEP_AS_FITS = 120_000;

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- ", "? ", "[{a: ", "{? "})
    void howeverItIsNestedTheStackHolds(String opening) {
        for (int deep : new int[] {17, 200, AS_DEEP_AS_FITS / opening.length()}) {
            String yaml = opening.repeat(deep);
            assertThat(problem(yaml)).as("%s, %d times", opening, deep).containsAnyOf(TOO_DEEP, NOT_YAML);
        }
    }

    @Test
    void indentationNestsToo() {
        StringBuilder yaml = new StringBuilder("version: 1\ngrants: []\n");
        for (int deep = 0; deep < 600; deep++) {
            yaml.append(" ".repeat(deep)).append("a:\n");
        }
        assertThat(problem(yaml.toString())).contains(TOO_DEEP);
    }

    @Test
    void sixteenIsNotTooDeep() {
        assertThat(problem("[".repeat(16) + "]".repeat(16))).doesNotContain(TOO_DEEP);
        assertThat(problem("[".repeat(17) + "]".repeat(17))).contains(TOO_DEEP);
    }

    @Test
    void aFileOfTheMostBytesIsReadAndOneByteMoreIsNot() {
        String manifest = "version: 1\nid: chat\nrelease: '1.0'\nservices: [{name: s, class: a.B}]\n#";
        String most = manifest + "x".repeat(SourceText.MAX_BYTES - manifest.length());

        assertThat(Manifest.parse("p.yaml", most).id()).isEqualTo("chat");
        assertThat(catchThrowableOfType(ConfigurationException.class, () -> Manifest.parse("p.yaml", most + "x")))
                .hasMessage("p.yaml: must have at most 262144 bytes, has more");
    }

    /** Each fills a file: all are to be refused, or read, in the time that the build has. */
    @ParameterizedTest
    @MethodSource
    void aFullFileOfOneThingIsReadInItsTime(String what, String yaml) {
        assertThat(yaml).as(what).hasSizeLessThanOrEqualTo(SourceText.MAX_BYTES);
        assertThat(problem(yaml)).as(what).hasSizeLessThan(50_000);
    }

    static List<Object[]> aFullFileOfOneThingIsReadInItsTime() {
        int most = SourceText.MAX_BYTES - 100;
        return List.of(
                new Object[] {"keys", keys()},
                new Object[] {"one key many times", TOP + "    settings: {" + "a: x, ".repeat(40_000) + "}\n"},
                new Object[] {"elements", "version: 1\ngrants: [" + "x,".repeat(most / 2) + "]\n"},
                new Object[] {"mappings", "version: 1\ngrants: [" + "{},".repeat(most / 3) + "]\n"},
                new Object[] {"a long key", "version: 1\ngrants: []\n" + "k".repeat(most) + ": 1\n"},
                new Object[] {"a long quoted key", "version: 1\n\"" + "k".repeat(most) + "\": 1\n"},
                new Object[] {"a long text", "version: 1\ngrants: " + "x".repeat(most) + "\n"},
                new Object[] {"a folded text", TOP + "    settings: {a: >\n" + "      x\n".repeat(30_000) + "}\n"},
                new Object[] {"a block text", TOP + "    settings:\n      a: |\n" + "        x\n".repeat(25_000)},
                new Object[] {"escapes", TOP + "    settings: {a: \"" + "\\u0041".repeat(40_000) + "\"}\n"},
                new Object[] {"comments", "version: 1\n" + "#\n".repeat(most / 2)},
                new Object[] {"documents", "---\n".repeat(60_000)},
                new Object[] {"anchors", "version: 1\ngrants: [" + "&a x,".repeat(50_000) + "]\n"},
                new Object[] {"aliases", "version: &a 1\ngrants: [" + "*a,".repeat(80_000) + "]\n"},
                new Object[] {"tags", "version: 1\ngrants: [" + "!!str x,".repeat(30_000) + "]\n"},
                new Object[] {"directives", "%TAG ! !\n".repeat(25_000)},
                new Object[] {"spaces", "version: 1\ngrants:" + " ".repeat(most)},
                new Object[] {"empty lines", "version: 1\n" + "\n".repeat(most)},
                new Object[] {"keys without an end", "version: 1\n" + "a\n".repeat(most / 2)});
    }

    private static String keys() {
        StringBuilder yaml = new StringBuilder("version: 1\ngrants: []\n");
        for (int key = 0; yaml.length() < SourceText.MAX_BYTES - 100; key++) {
            yaml.append('k').append(key).append(": x\n");
        }
        return yaml.toString();
    }

    /** A decimal whole number, and nothing that another reader may take for another number. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x40",
                "0o100",
                "0100",
                "0b1000000",
                "6_4",
                "64.0",
                "6.4e1",
                "1:04",
                "-64",
                ".inf",
                "-.inf",
                ".nan",
                "64,0",
                "'64'",
                "true",
                "~",
                "6 4",
                "٦٤",
                "９"
            })
    void aNumberIsWrittenInOneWay(String written) {
        assertThat(problem(TOP + "    limits:\n      queue-events: " + written + "\n"))
                .contains("grants[0].limits.queue-events: expected a whole number from 1 to 1048576, found ");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "64, 64", "1048576, 1048576"})
    void aNumberWithinItsBoundsIsRead(String written, int number) {
        GrantFile file = GrantFile.parse("g.yaml", TOP + "    limits: {queue-events: " + written + "}\n");

        assertThat(file.grants().get(0).limits().queueEvents()).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 19, 20, 100, 999, 1000, 1001, 100_000})
    void aNumberOfAnyLengthIsOutOfItsBounds(int digits) {
        for (String key : List.of("queue-events", "queue-bytes", "message-bytes", "connection-share")) {
            String huge = "9".repeat(digits + 3);
            assertThat(problem(TOP + "    limits: {" + key + ": " + huge + "}\n"))
                    .contains("grants[0].limits." + key + ": expected ")
                    .hasSizeLessThan(400);
            assertThat(problem(TOP + "    limits: {" + key + ": " + huge + "KiB}\n"))
                    .contains("grants[0].limits." + key + ": expected ")
                    .hasSizeLessThan(400);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "version: 1\nbase: &b {plugin: chat}\ngrants: [*b]\n",
                "version: 1\ngrants: [{<<: {plugin: chat}}]\n",
                "version: 1\n*a : x\n",
                "version: 1\ngrants: [&a [*a]]\n",
                "version: 1\ngrants: !!set {a, b}\n",
                "version: 1\ngrants: !!python/object:x []\n",
                "%YAML 1.1\n---\nversion: 1\ngrants: !<tag:yaml.org,2002:seq> []\n"
            })
    void nothingIsWrittenSomewhereElse(String yaml) {
        assertThat(problem(yaml)).isNotEmpty();
    }

    private static String problem(String yaml) {
        ConfigurationException refused =
                catchThrowableOfType(ConfigurationException.class, () -> GrantFile.parse("g.yaml", yaml));
        assertThat(refused).isNotNull();
        return String.valueOf(refused.getMessage());
    }
}
