package io.headgate.host.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** What holds of every text that is taken for a target or a pattern, or for several of them, one a line. */
final class TargetLaws {

    private static final String SECRET = "s3cret";
    private static final int MOST_LINES = 4;

    private TargetLaws() {}

    /** Whether anything was accepted. */
    static boolean hold(byte[] input) {
        String text = text(input);
        List<Target> targets = new ArrayList<>();
        List<TargetPattern> patterns = new ArrayList<>();
        String[] lines = text.split("\n", MOST_LINES);
        for (String line : lines) {
            accepted(Target::parse, line).ifPresent(targets::add);
            accepted(TargetPattern::parse, line).ifPresent(patterns::add);
            tellsNoSecret(line);
        }
        if (lines.length > 1) {
            assertThat(accepted(Target::parse, text)).isEmpty();
            assertThat(accepted(TargetPattern::parse, text)).isEmpty();
        }
        targets.forEach(TargetLaws::holdOf);
        patterns.forEach(TargetLaws::holdOf);
        for (TargetPattern one : patterns) {
            patterns.forEach(other -> holdOfBoth(one, other, targets));
        }
        return !targets.isEmpty() || !patterns.isEmpty();
    }

    /** UTF-8; or UTF-16 behind its mark, which may have halves of characters. */
    private static String text(byte[] input) {
        boolean wide = input.length >= 2 && input[0] == (byte) 0xfe && input[1] == (byte) 0xff;
        return wide
                ? ByteBuffer.wrap(input, 2, input.length - 2).asCharBuffer().toString()
                : new String(input, StandardCharsets.UTF_8);
    }

    private static <T> Optional<T> accepted(Function<String, T> parser, String text) {
        try {
            return Optional.of(parser.apply(text));
        } catch (TargetException refused) {
            assertThat(refused)
                    .hasNoCause()
                    .message()
                    .startsWith("no usable target: ")
                    .hasSizeLessThan(200);
            return Optional.empty();
        }
    }

    /** Wherever a secret strays to, a refusal does not show it; nor does what is accepted, from its query. */
    private static void tellsNoSecret(String line) {
        int at = Math.floorMod(line.hashCode(), line.length() + 1);
        String told = line.substring(0, at) + SECRET + line.substring(at);
        int question = told.indexOf('?');
        for (Function<String, Object> parser : List.<Function<String, Object>>of(Target::parse, TargetPattern::parse)) {
            try {
                String shown = parser.apply(told).toString();
                if (question >= 0 && told.indexOf(SECRET) > question) {
                    assertThat(shown).doesNotContain(SECRET);
                }
            } catch (TargetException refused) {
                assertThat(refused.getMessage().toLowerCase(Locale.ROOT)).doesNotContain(SECRET);
            }
        }
    }

    private static void holdOf(Target target) {
        String spelled = target.toUri().toString();
        assertThat(spelled).hasSizeLessThanOrEqualTo(TargetSyntax.MAX_LENGTH);
        assertThat(Target.parse(spelled)).isEqualTo(target);
        assertThat(new Target(target.scheme(), target.host(), target.port(), target.path(), target.query()))
                .isEqualTo(target);
        assertThat(target.toString()).doesNotContain("?").isEqualTo(spelled.split("\\?", 2)[0]);
        assertThat(HostName.normalise(target.host())).isEqualTo(target.host());
        assertDialledAs(target, target.toUri());
        assertStaysBelow(target.path());

        TargetPattern exactly = TargetPattern.exactly(target);
        assertThat(exactly.matches(target)).isTrue();
        assertThat(exactly).hasToString(target.toString());
    }

    /** What Reactor Netty takes from the URI. */
    private static void assertDialledAs(Target target, URI uri) {
        assertThat(uri.getScheme()).isEqualTo(target.scheme());
        assertThat(uri.getHost()).isEqualTo(target.host());
        assertThat(uri.getPort()).isEqualTo(target.port());
        assertThat(uri.getRawPath()).isEqualTo(target.path());
        assertThat(Optional.ofNullable(uri.getRawQuery()).orElse("")).isEqualTo(target.query());
        assertThat(uri.getRawUserInfo()).isNull();
        assertThat(uri.getRawFragment()).isNull();
    }

    /** As a server may read it that decodes twice, folds characters, knows backslashes and cuts parameters off. */
    private static void assertStaysBelow(String path) {
        String read = folded(folded(path)).replace('\\', '/').replaceAll(";[^/]*", "");
        assertThat(Arrays.asList(read.split("/", -1))).doesNotContain(".", "..");
    }

    private static String folded(String text) {
        try {
            String plus = text.replace("+", "%2B");
            return Normalizer.normalize(URLDecoder.decode(plus, StandardCharsets.UTF_8), Normalizer.Form.NFKC);
        } catch (IllegalArgumentException nothingToDecode) {
            return text;
        }
    }

    private static void holdOf(TargetPattern pattern) {
        assertThat(TargetPattern.parse(pattern.toString())).isEqualTo(pattern);
        assertThat(new TargetPattern(pattern.scheme(), pattern.host(), pattern.port(), pattern.path()))
                .isEqualTo(pattern);
        assertThat(pattern.toString())
                .hasSizeLessThanOrEqualTo(TargetSyntax.MAX_LENGTH)
                .doesNotContain("?");
        assertThat(accepted(Target::parse, pattern.toString()).isPresent()).isEqualTo(pattern.isExact());
        assertStaysBelow(pattern.path());
    }

    private static void holdOfBoth(TargetPattern one, TargetPattern other, List<Target> targets) {
        Optional<TargetPattern> both = one.intersection(other);
        assertThat(both).isEqualTo(other.intersection(one));
        if (one.equals(other)) {
            assertThat(both).contains(one);
        }
        both.ifPresent(narrow -> {
            assertThat(one.covers(narrow)).isTrue();
            assertThat(other.covers(narrow)).isTrue();
            assertThat(one.overlaps(other)).isTrue();
        });
        for (Target target : targets) {
            boolean inBoth = one.matches(target) && other.matches(target);
            // Only an intersection that is too long to write is left out.
            assertThat(both.map(narrow -> narrow.matches(target)).orElse(inBoth && one.overlaps(other)))
                    .isEqualTo(inBoth);
            if (one.covers(other) && other.matches(target)) {
                assertThat(one.matches(target)).isTrue();
            }
        }
    }
}
