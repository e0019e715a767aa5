package io.headgate.host.authority;

import io.headgate.host.authority.ConnectionDeclaration.DeclaredTarget;
import io.headgate.host.authority.YamlNode.Kind;
import io.headgate.host.authority.YamlNode.Mapping;
import io.headgate.host.authority.YamlNode.Scalar;
import io.headgate.host.authority.YamlNode.Sequence;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A kind of single value in a file.
 *
 * @param expected what a value must be, for the message to one that is not
 * @param kinds what YAML may take it for
 * @param shown whether a wrong value may be shown
 * @param reading makes a value of the text; an {@link IllegalArgumentException} means it is none, a
 *     {@link TargetException} also says why
 */
record ScalarType<T>(String expected, Set<Kind> kinds, boolean shown, Function<String, T> reading) {

    static final ScalarType<String> NAME = text("a name of " + Require.NAME, value -> Require.name("name", value));
    static final ScalarType<String> RELEASE = text("a release of " + Require.RELEASE, Require::release);
    static final ScalarType<JarDigest> DIGEST = text(JarDigest.EXPECTED, JarDigest::parse);
    static final ScalarType<String> CLASS_NAME = text(Require.CLASS_NAME, Require::className);
    static final ScalarType<String> TOKEN = text(Require.TOKEN, Require::token);
    static final ScalarType<TargetPattern> PATTERN = target("a ws or wss URI or pattern", TargetPattern::parse);
    static final ScalarType<DeclaredTarget> DECLARED_TARGET =
            target("a ws or wss URI or pattern", DeclaredTarget::parse);
    static final ScalarType<Access> ACCESS = constant(Access.class);
    /** Whoever takes the key for the query itself may have written a ticket there. */
    static final ScalarType<QueryPolicy> QUERY = constant(QueryPolicy.class).notShown();

    static final ScalarType<SendBudget> SEND_BUDGET = text(
            "a send budget such as 120/60s, 1 to " + SendBudget.MAX_TEXTS + " texts in "
                    + DurationText.format(SendBudget.SHORTEST) + " to " + DurationText.format(SendBudget.LONGEST),
            SendBudget::parse);
    static final ScalarType<OpenLimits> OPEN_BUDGET = text(
            "a budget such as 120/60s, 1 to " + OpenLimits.MAX_OPENS + " URIs in "
                    + DurationText.format(OpenLimits.SHORTEST) + " to " + DurationText.format(OpenLimits.LONGEST),
            OpenLimits.defaults()::withBudget);
    static final ScalarType<String> SETTING = new ScalarType<>(
            "text of at most " + Grant.MAX_SETTING_LENGTH + " characters", Set.of(Kind.TEXT), false, value -> {
                Require.inRange("setting", value.length(), 0, Grant.MAX_SETTING_LENGTH, "characters");
                return value;
            });

    /** As it is written: what it refers to is not put in yet. */
    static final ScalarType<String> HEADER = new ScalarType<>(
            "text of 1 to " + HeaderValue.MAX_LENGTH + " characters", Set.of(Kind.TEXT), false, value -> {
                Require.inRange("header", value.length(), 1, HeaderValue.MAX_LENGTH, "characters");
                return value;
            });

    static final ScalarType<Boolean> TRUTH =
            new ScalarType<>("true or false", Set.of(Kind.OTHER), true, ScalarType::truth);
    static final ScalarType<Integer> PERCENT =
            text("a whole percent from 1% to 100%, such as 25%", ScalarType::percent);

    /** Not read here: an absolute path. */
    static final ScalarType<String> FILE = text(
            "the absolute path of a file, of at most " + Require.MAX_PATH + " printable characters", Require::path);

    /** As it is, YAML takes it for a number. */
    static final ScalarType<TlsVersion> TLS_VERSION = new ScalarType<>(
            "1.2 or 1.3",
            Set.of(Kind.TEXT, Kind.OTHER),
            true,
            value -> TlsVersion.find(value).orElseThrow(IllegalArgumentException::new));

    private static final Pattern PERCENTAGE = Pattern.compile("([1-9]\\d?|100)%");

    static ScalarType<Integer> exactly(int only) {
        return new ScalarType<>(
                Integer.toString(only), Set.of(Kind.INTEGER), true, value -> wholeNumber(value, only, only));
    }

    static ScalarType<Integer> wholeNumber(int least, int most) {
        return new ScalarType<>(
                "a whole number from " + least + " to " + most,
                Set.of(Kind.INTEGER),
                true,
                value -> wholeNumber(value, least, most));
    }

    static ScalarType<Long> size(long least, long most) {
        return new ScalarType<>(
                "a size from " + DataSize.format(least) + " to " + DataSize.format(most) + ", such as 64KiB or 8MiB",
                Set.of(Kind.TEXT, Kind.INTEGER),
                true,
                value -> Require.inRange("size", DataSize.parse(value), least, most, "bytes"));
    }

    static ScalarType<Duration> duration(Duration least, Duration most) {
        return new ScalarType<>(
                "a duration from " + DurationText.format(least) + " to " + DurationText.format(most)
                        + ", such as 250ms, 10s or 5m",
                // A number without a unit is no duration, and would be none in quotes.
                Set.of(Kind.TEXT, Kind.INTEGER),
                true,
                value -> Require.inRange("duration", DurationText.parse(value), least, most));
    }

    static ScalarType<Optional<Duration>> durationOrNever(Duration least, Duration most) {
        ScalarType<Duration> duration = duration(least, most);
        return new ScalarType<>(
                "never or " + duration.expected,
                duration.kinds,
                true,
                value -> value.equals("never") ? Optional.empty() : Optional.of(duration.reading.apply(value)));
    }

    static <E extends Enum<E>> ScalarType<E> constant(Class<E> type) {
        String names = WireNames.all(type);
        String expected =
                type.getEnumConstants().length > 1 ? "one of " + names : names + " (this version has no other)";
        return text(expected, value -> WireNames.find(type, value).orElseThrow(IllegalArgumentException::new));
    }

    private ScalarType<T> notShown() {
        return new ScalarType<>(expected, kinds, false, reading);
    }

    Optional<T> read(YamlNode node, String path, Problems problems) {
        if (!(node instanceof Scalar scalar) || !kinds.contains(scalar.kind())) {
            problems.add(node.position(), path, "expected " + expected + found(node, shown) + hint(node));
            return Optional.empty();
        }
        try {
            return Optional.of(reading.apply(scalar.text()));
        } catch (TargetException e) {
            problems.add(scalar.position(), path, String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            problems.add(scalar.position(), path, "expected " + expected + found(scalar, shown));
        }
        return Optional.empty();
    }

    static String found(YamlNode node, boolean shown) {
        if (node instanceof Mapping) {
            return ", found a mapping";
        }
        if (node instanceof Sequence) {
            return ", found a list";
        }
        Scalar scalar = (Scalar) node;
        if (scalar.kind() == Kind.ABSENT) {
            return ", found nothing";
        }
        if (!shown) {
            return ", found something else (not shown)";
        }
        return ", found " + (scalar.kind() == Kind.TEXT ? Shown.quoted(scalar.text()) : Shown.escaped(scalar.text()));
    }

    private String hint(YamlNode node) {
        boolean looksLikeMore = node instanceof Scalar scalar && scalar.kind() != Kind.ABSENT;
        return looksLikeMore && kinds.contains(Kind.TEXT) ? ": put a number, true or false in quotes" : "";
    }

    private static boolean truth(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("it must be true or false");
        }
        return text.equals("true");
    }

    private static int percent(String text) {
        Matcher percentage = PERCENTAGE.matcher(text);
        if (!percentage.matches()) {
            throw new IllegalArgumentException("a percentage must be a whole number from 1 to 100, with % behind it");
        }
        return Integer.parseInt(percentage.group(1));
    }

    private static int wholeNumber(String text, int least, int most) {
        return (int) Require.inRange("number", Long.parseLong(text), least, most, "");
    }

    /** Any text; one that is not shown may be a secret. */
    static ScalarType<String> ofText(int most, boolean shown) {
        return new ScalarType<>("text of at most " + most + " characters", Set.of(Kind.TEXT), shown, value -> {
            Require.inRange("text", value.length(), 0, most, "characters");
            return value;
        });
    }

    private static <T> ScalarType<T> text(String expected, Function<String, T> reading) {
        return new ScalarType<>(expected, Set.of(Kind.TEXT), true, reading);
    }

    private static <T> ScalarType<T> target(String expected, Function<String, T> reading) {
        return new ScalarType<>(expected, Set.of(Kind.TEXT), false, reading);
    }
}
