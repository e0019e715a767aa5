package io.headgate.host.authority;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The bounds that declarations and grants check when they are made. The readers of files ask the same questions. */
final class Require {

    static final int MAX_PATH = 4096;
    static final int MAX_SUBPROTOCOLS = 16;
    static final String NAME = "1 to 64 of the characters a-z A-Z 0-9 . _ -";
    static final String RELEASE = "1 to 64 of the characters a-z A-Z 0-9 . _ + -";
    static final String TOKEN = "an HTTP token of 1 to 64 characters";
    static final String CLASS_NAME = "a Java class name of at most 256 characters";

    private static final Pattern NAME_PATTERN = Pattern.compile("[a-zA-Z0-9._-]{1,64}");
    private static final Pattern RELEASE_PATTERN = Pattern.compile("[a-zA-Z0-9._+-]{1,64}");
    private static final Pattern TOKEN_PATTERN = Pattern.compile("[a-zA-Z0-9!#$%&'*+.^_`|~-]{1,64}");
    private static final Pattern CLASS_PATTERN =
            Pattern.compile("(?=.{1,256}$)\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*"
                    + "(\\.\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*)*");

    private Require() {}

    static String path(String value) {
        boolean printable = value.codePoints().allMatch(Shown::isPlain);
        if (value.length() > MAX_PATH || !printable || !Path.of(value).isAbsolute()) {
            throw new IllegalArgumentException("a file must be an absolute path");
        }
        return value;
    }

    static boolean isName(String value) {
        return NAME_PATTERN.matcher(value).matches();
    }

    static String name(String what, String value) {
        return matching(NAME_PATTERN, what, value, NAME);
    }

    static String release(String value) {
        return matching(RELEASE_PATTERN, "release", value, RELEASE);
    }

    static String token(String value) {
        return matching(TOKEN_PATTERN, "subprotocol", value, TOKEN);
    }

    static boolean isToken(String value) {
        return TOKEN_PATTERN.matcher(value).matches();
    }

    static String className(String value) {
        return matching(CLASS_PATTERN, "className", value, CLASS_NAME);
    }

    static long inRange(String what, long value, long least, long most, String unit) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    what + " must be from " + least + " to " + most + " " + unit + ", is " + value);
        }
        return value;
    }

    static Duration inRange(String what, Duration value, Duration least, Duration most) {
        Objects.requireNonNull(value, what);
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(what + " must be from " + DurationText.format(least) + " to "
                    + DurationText.format(most) + ", is " + value);
        }
        return value;
    }

    static <T> List<T> atMost(String what, List<T> values, int most) {
        size(what, values, most);
        return List.copyOf(values);
    }

    static <T> List<T> unique(String what, List<T> values, int most, Function<T, String> name) {
        Set<String> seen = new HashSet<>();
        for (T value : atMost(what, values, most)) {
            if (!seen.add(name.apply(value))) {
                throw new IllegalArgumentException(
                        what + " must differ in name, \"" + name.apply(value) + "\" is there twice");
            }
        }
        return List.copyOf(values);
    }

    static List<String> subprotocols(List<String> values) {
        values.forEach(Require::token);
        return unique("subprotocols", values, MAX_SUBPROTOCOLS, Function.identity());
    }

    static Set<Access> access(Set<Access> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("access must name at least one of " + WireNames.all(Access.class));
        }
        return Collections.unmodifiableSet(EnumSet.copyOf(values));
    }

    static void size(String what, Collection<?> values, int most) {
        if (values.size() > most) {
            throw new IllegalArgumentException(what + " must have at most " + most + " elements, has " + values.size());
        }
    }

    private static String matching(Pattern pattern, String what, String value, String expected) {
        Objects.requireNonNull(value, what);
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException(what + " must be " + expected + ", is " + Shown.quoted(value));
        }
        return value;
    }
}
