package io.headgate.host.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left out of a text is not in what is left, whatever the text looks like. */
final class JsonMembersTest {

    private final JsonMembers members = new JsonMembers(Set.of("token", "Session_Id"), "[redacted]");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"token":"s3cret"}                  | {"token":"[redacted]"}
            {"op":2,"d":{"TOKEN":{"a":[1]}}}    | {"op":2,"d":{"TOKEN":"[redacted]"}}
            [1,[{"session_id": "s3cret"}],1.50] | [1,[{"session_id":"[redacted]"}],1.50]
            {"to\\u006ben":"s3cret"}            | {"token":"[redacted]"}
            {"token":null,"n":1e400}            | {"token":"[redacted]","n":1E+400}
            """)
    void leavesOutValuesAtWhateverDepth(String text, String left) {
        assertThat(members.apply(text)).isEqualTo(left);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{ \"op\" : 1.0 }", "[]", "{\"d\":\"{\\\"token\\\":1}\"}", ""})
    void leavesAsItWasWhatHasNone(String text) {
        assertThat(members.apply(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token=s3cret",
                "\"s3cret\"",
                "12",
                "{\"\u017fession_id\":\"s3cret\"}x",
                "{\"token\":\"s3cret\"",
                "{\"token\":\"s3cret\"} {\"token\":\"s3cret\"}",
                "{\"d\":{\"token\":\"s3cret\"},\"d\":1}",
                "{'token':'s3cret'}",
                "{\"a\":1e99999999999}",
                "\ufeff{\"token\":\"s3cret\"}"
            })
    void leavesNothingOfWhatCannotBeLookedThrough(String text) {
        assertThat(members.apply(text)).isEqualTo("[redacted]");
    }

    @Test
    void leavesNothingOfWhatIsTooDeep() {
        assertThat(members.apply("[".repeat(65) + "]".repeat(65))).isEqualTo("[redacted]");
        assertThat(members.apply("[".repeat(64) + "]".repeat(64))).isEqualTo("[".repeat(64) + "]".repeat(64));
    }

    @Test
    void aLetterWithTwoSmallFormsIsNoWayRound() {
        assertThat(members.apply("{\"\u017fession_id\":\"s3cret\"}")).doesNotContain("s3cret");
    }

    @Property(tries = 500)
    void noValueOfAMemberIsLeft(@ForAll("documents") String document) {
        assertThat(document).contains("s3cret");
        String left = members.apply(document);
        assertThat(left).doesNotContain("s3cret").contains("[redacted]");
    }

    /** JSON with a secret somewhere in it, under a name that is spelled one way or the other. */
    @Provide
    Arbitrary<String> documents() {
        Arbitrary<String> names = Arbitraries.of("token", "TOKEN", "t\\u006fken", "session_id", "Session_ID");
        Arbitrary<String> values = Arbitraries.of("\"s3cret\"", "[\"s3cret\",1]", "{\"a\":{\"b\":\"s3cret\"}}");
        Arbitrary<String> around = Arbitraries.of("[%s]", "[1,%s,null]", "{\"d\":%s}", "{\"x\":[],\"d\": %s}", " %s ");
        return Combinators.combine(names, values, around.list().ofMaxSize(12))
                .as((name, value, layers) -> layers.stream()
                        .reduce("{\"op\":1,\"" + name + "\":" + value + "}", (json, layer) -> layer.formatted(json)));
    }
}
