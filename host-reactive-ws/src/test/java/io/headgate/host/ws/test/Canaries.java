package io.headgate.host.ws.test;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What must be seen nowhere. Each repeats a word, so that a part of it is found as well: what was cut, and what a dump of bytes breaks
 * into lines of sixteen. A word of four letters comes up in the random keys of handshakes now and then.
 */
enum Canaries {
    /** In the query of the declared target. */
    QUERY("qzvxkwjy"),
    /** In a header's value. */
    HEADER("hzvxkwjy"),
    /** In a setting. */
    SETTING("szvxkwjy"),
    /** In a text that the plugin sends. */
    PAYLOAD("pzvxkwjy"),
    /** In a text that the peer sends. */
    RECEIVED("rzvxkwjy"),
    /** In a close reason, where it is beyond what is shown of it. */
    REASON("czvxkwjy"),
    /** In the body, headers or reason of the peer's answer, and in the query of where it redirects to. */
    ANSWER("azvxkwjy"),
    /** In what a plugin throws. */
    THROWN("tzvxkwjy");

    private final String word;

    Canaries(String word) {
        this.word = word;
    }

    /** 32 letters. */
    String text() {
        return word.repeat(4);
    }

    /** Which of them a text has, even if in parts. */
    static Set<Canaries> in(String text) {
        String plain = text.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(canary -> plain.contains(canary.word))
                .collect(Collectors.toSet());
    }
}
