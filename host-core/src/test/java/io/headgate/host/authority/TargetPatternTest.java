package io.headgate.host.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TargetPatternTest {

    @ParameterizedTest
    @CsvSource({
        "wss://h/v1,                     wss://h:443/v1,                    true",
        "wss://h/v1,                     wss://h/v1?any=query,              true",
        "wss://h/v1,                     wss://h/v1/,                       false",
        "wss://h/v1,                     wss://h/V1,                        false",
        "wss://h/v1,                     ws://h:443/v1,                     false",
        "wss://h/v1,                     wss://h:8443/v1,                   false",
        "wss://h/v1,                     wss://h2/v1,                       false",
        "wss://h,                        wss://h/,                          true",
        "wss://h,                        wss://h/x,                         false",
        "wss://h/v1/**,                  wss://h/v1,                        true",
        "wss://h/v1/**,                  wss://h/v1/,                       true",
        "wss://h/v1/**,                  wss://h/v1/x,                      true",
        "wss://h/v1/**,                  wss://h/v1/x/y,                    true",
        "wss://h/v1/**,                  wss://h/v10,                       false",
        "wss://h/v1/**,                  wss://h/v,                         false",
        "wss://h/v1/**,                  wss://h/x/v1,                      false",
        "wss://h/v1/**,                  wss://h//v1/x,                     false",
        "wss://h/**,                     wss://h/,                          true",
        "wss://h/**,                     wss://h/x/y,                       true",
        "wss://*.example.com/,           wss://a.example.com/,              true",
        "wss://*.example.com/,           wss://a.b.example.com/,            true",
        "wss://*.EXAMPLE.com/,           wss://A.example.COM/,              true",
        "wss://*.example.com/,           wss://example.com/,                false",
        "wss://*.example.com/,           wss://aexample.com/,               false",
        "wss://*.example.com/,           wss://a.example.com.evil.org/,     false",
        "wss://*.example.com:8443/v1/**, wss://a.example.com:8443/v1/x,     true",
        "wss://*.example.com:8443/v1/**, wss://a.example.com/v1/x,          false",
        "wss://*.example.com./,          wss://a.example.com./,             true",
        "wss://*.Bücher.example/,        wss://a.xn--bcher-kva.example/,    true",
        "wss://xn--bcher-kva.example/,   wss://BÜCHER.example/,             true",
        "wss://h/%76%31/**,              wss://h/v%31/x,                    true",
        "wss://h/%C3%BC,                 wss://h/%c3%bc,                    true",
        "wss://h/v1%2A,                  wss://h/v1x,                       false",
        "wss://*/v1/**,                  wss://anything.at.all/v1/x,        true",
        "wss://*/v1/**,                  wss://127.0.0.1/v1,                true",
        "wss://*/v1/**,                  wss://[::1]/v1,                    true",
        "wss://*/v1/**,                  wss://h/v2,                        false",
        "wss://*/v1/**,                  ws://h:443/v1,                     false",
        "wss://*/v1/**,                  wss://h:8443/v1,                   false",
    })
    void coversWhatItSaysAndNoMore(String pattern, String target, boolean covered) {
        assertThat(TargetPattern.parse(pattern).matches(Target.parse(target))).isEqualTo(covered);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wss://**/",
                "wss://*./",
                "wss://*:*/",
                "wss://.*/",
                "wss://*.com/",
                "wss://*.co.uk/",
                "wss://*.CO.UK./",
                "wss://*.github.io/",
                "wss://*.kawasaki.jp/",
                "wss://*.公司.cn/",
                "wss://*.xn--55qx5d.cn/",
                "wss://*example.com/",
                "wss://a.*.com/",
                "wss://*.*.example.com/",
                "wss://*.0.0.1/",
                "wss://*.127.0.0.1/",
                "wss://*.[::1]/",
                "*://h/",
                "wss://h:*/",
                "wss://h/*",
                "wss://h/v*",
                "wss://h/**/x",
                "wss://h/v1/***",
                "wss://h/v1**",
                "wss://h/**/**",
                "wss://h/../**",
                "wss://h/a%2f/**",
                "wss://h/v1?s3cret",
                "wss://h/v1/**?",
                "wss://u:s3cret@h/**",
                "wss://h/#s3cret",
            })
    void refusesWhatIsNoPattern(String text) {
        assertThatThrownBy(() -> TargetPattern.parse(text))
                .isInstanceOf(TargetException.class)
                .hasMessageStartingWith("no usable target: ")
                .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wss://h:443/v1",
                "ws://*.example.com:80/",
                "wss://[::1]:1/v1/**",
                "wss://h:443/**",
                "wss://*:443/"
            })
    void readsBackWhatItWrites(String text) {
        TargetPattern pattern = TargetPattern.parse(text);

        assertThat(pattern).hasToString(text);
        assertThat(TargetPattern.parse(pattern.toString())).isEqualTo(pattern);
        assertThat(pattern.isExact()).isEqualTo(!text.contains("*"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "uk.com",
                "co.uk",
                "github.io",
                "s3.amazonaws.com",
                "city.kawasaki.jp",
                "x.kawasaki.jp",
                "xn--55qx5d.cn"
            })
    void theNamesOfOneOwnerAreOpenWhereThoseOfAnybodyAreNot(String domain) {
        String owned = domain.equals("city.kawasaki.jp") ? domain : "owner." + domain;

        assertThat(TargetPattern.parse("wss://*." + owned + "/").host()).isEqualTo("*." + owned);
        assertThat(TargetPattern.parse("wss://owner.co.uk/").isExact()).isTrue();
    }

    /** It is asked about every command of a connection that is declared by a pattern. */
    @Test
    void isAComparisonThatAllocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        List<TargetPattern> patterns = Stream.of(
                        "wss://*.example.com/v1/**", "wss://*/v1/**", "wss://a.example.com/v1/x")
                .map(TargetPattern::parse)
                .toList();
        Target target = Target.parse("wss://a.example.com/v1/x");
        boolean all = true;
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 30_000; i++) {
            all &= patterns.get(i % patterns.size()).matches(target);
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(all).isTrue();
        // The smallest object has 16 bytes; what the JVM does beside is far below one for each question.
        assertThat(bytes).isLessThan(30_000L * 8);
    }

    @Test
    void itsConstructorIsAsStrictAsTheParser() {
        assertThatThrownBy(() -> new TargetPattern("wss", "*.Example.com", 443, "/"))
                .isInstanceOf(TargetException.class);
        assertThatThrownBy(() -> new TargetPattern("wss", "*.co.uk", 443, "/")).isInstanceOf(TargetException.class);
        assertThatThrownBy(() -> new TargetPattern("wss", "h", 443, "/%41/**")).isInstanceOf(TargetException.class);
        assertThatThrownBy(() -> new TargetPattern("wss", "h", 443, "/%c3%bc")).isInstanceOf(TargetException.class);
        assertThatThrownBy(() -> new TargetPattern("wss", "h", 70_000, "/")).isInstanceOf(TargetException.class);
        assertThatThrownBy(() -> new TargetPattern("wss", "h", 443, "/" + "a".repeat(2048)))
                .isInstanceOf(TargetException.class);
    }
}
