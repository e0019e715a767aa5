package io.headgate.samples.benchmarks.contender;

/** The cheapest check there is where a library has already made a {@code String} of the bytes, and replaced what is no UTF-8. */
final class Utf8 {

    private static final char REPLACEMENT = '\uFFFD';

    private Utf8() {}

    static boolean isSound(String text) {
        return text.indexOf(REPLACEMENT) < 0;
    }

    static String checked(String text) {
        if (!isSound(text)) {
            throw new IllegalArgumentException("the text is no UTF-8");
        }
        return text;
    }
}
