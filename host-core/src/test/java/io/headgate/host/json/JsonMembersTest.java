package io.headgate.host.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
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
    @ValueSource(strings = {"{ \"op\" : 1.0 }", "[]", "\"token\"", "12", "{\"d\":\"{\\\"token\\\":1}\"}", ""})
    void leavesAsItWasWhatHasNone(String text) {
        assertThat(members.apply(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token=s3cret",
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

    @Property(tries = 300)
    void noValueOfAMemberIsLeft(@ForAll String before, @ForAll String behind) {
        assertThat(members.apply(before + "{\"token\":\"s3cret\"}" + behind)).doesNotContain("s3cret");
    }
}
