package io.headgate.host.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Targets and patterns right at a bound: what mutation testing found that nothing else looks at. */
final class TargetEdgesTest {

    @ParameterizedTest
    @ValueSource(strings = {"h.9x", "h.0x9x", "h.1", "h.9-x"})
    void ofSeveralLabelsTheLastBeginsWithALetter(String host) {
        assertThatThrownBy(() -> Target.parse("wss://" + host + "/")).isInstanceOf(TargetException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9x", "0a", "9x.h", "9.h"})
    void oneLabelAloneOrAnyButTheLastMayBeginWithADigit(String host) {
        assertThat(Target.parse("wss://" + host + "/").host()).isEqualTo(host);
    }

    @Test
    void anIntersectionMayBeAsLongAsAnyPatternAndNoLonger() {
        String domain = "narrow.example.com";
        int room = TargetSyntax.MAX_LENGTH - "wss://*.".length() - domain.length() - ":443/".length();
        TargetPattern narrowHost = TargetPattern.parse("wss://*." + domain + "/**");

        TargetPattern fits = TargetPattern.parse("wss://*.example.com/" + "x".repeat(room));
        assertThat(narrowHost.intersection(fits))
                .hasValueSatisfying(both -> assertThat(both.toString()).hasSize(TargetSyntax.MAX_LENGTH));
        TargetPattern oneTooLong = TargetPattern.parse("wss://*.example.com/" + "x".repeat(room + 1));
        assertThat(narrowHost.overlaps(oneTooLong)).isTrue();
        assertThat(narrowHost.intersection(oneTooLong)).isEmpty();
    }

    @Test
    void everyMarkThatNeedsNoEncodingIsDecoded() {
        assertThat(Target.parse("wss://h/%2D%2E%5F%7E-._~%2d%2ea").path()).isEqualTo("/-._~-._~-.a");
        assertThat(Target.parse("wss://h/%41%5A%61%7A%30%39%40%5B%60%7B%3A").path())
                .isEqualTo("/AZaz09%40%5B%60%7B%3A");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wss://@h/", "wss://u@h/", "wss://h@/", "wss://@/"})
    void anEmptyUserIsUserInfoToo(String text) {
        assertThatThrownBy(() -> Target.parse(text)).hasMessage("no usable target: user-info is not allowed");
    }
}
