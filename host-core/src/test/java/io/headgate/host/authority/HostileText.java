package io.headgate.host.authority;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** Texts that look for the seams of a parser of URIs: what it splits at, what it maps, and what others make of that. */
final class HostileText {

    private static final List<String> IN_HOSTS = List.of(
            "a",
            "Z",
            "ex",
            ".7x",
            ".com",
            "0",
            "7",
            "0x",
            "127",
            ".",
            ".",
            "..",
            "-",
            "--",
            "xn--",
            "XN--",
            "bcher-kva",
            "_",
            "%41",
            "[",
            "]",
            ":",
            "::",
            "2001:db8",
            "*",
            "ü",
            "Ü",
            "ß",
            "u\u0308",
            "\u0301",
            "а",
            "ом",
            "אב",
            "ا",
            "１",
            "ａ",
            "ｘ",
            "－",
            "。",
            "．",
            "｡",
            "․",
            "①",
            "⒈",
            "…",
            "℀",
            "＃",
            "＠",
            "／",
            "？",
            "％",
            "\u00ad",
            "\u200b",
            "\u200c",
            "\u200d",
            "\ufe0f",
            "क्",
            "\u202e",
            "\u00a0",
            "\u0085",
            "\ud800",
            "\udc00",
            "𝐠",
            "😀",
            "日本",
            "ſ",
            "K",
            "İ");
    private static final List<String> IN_PATHS = List.of(
            "/",
            "/",
            "//",
            "v1",
            "a",
            "Z",
            "~",
            ".",
            "..",
            "...",
            ";",
            ";x",
            "=",
            ":",
            "@",
            "*",
            "%",
            "%2",
            "%2e",
            "%2E",
            "%2f",
            "%5C",
            "%41",
            "%7e",
            "%7E",
            "%3b",
            "%2a",
            "%25",
            "%252e",
            "%c3%bc",
            "%C3%BC",
            "%c0%ae",
            "%ef%bc%8f",
            "%ef%bc%8e",
            "%e2%80%a5",
            "%cd%be",
            "%00",
            "%0A",
            "%ff",
            "%20",
            "ü",
            "／",
            "\\",
            "#",
            " ");

    private HostileText() {}

    static Arbitrary<String> hosts() {
        return mixed(IN_HOSTS, Arbitraries.strings().ofMaxLength(2));
    }

    static Arbitrary<String> paths() {
        return mixed(IN_PATHS, Arbitraries.strings().ascii().ofMaxLength(2)).map(text -> "/" + text);
    }

    private static Arbitrary<String> mixed(List<String> parts, Arbitrary<String> others) {
        Arbitrary<String> known = Arbitraries.of(parts);
        return Arbitraries.frequencyOf(
                        Tuple.of(6, known),
                        Tuple.of(
                                2,
                                Arbitraries.strings()
                                        .withCharRange('a', 'z')
                                        .ofMinLength(1)
                                        .ofMaxLength(4)),
                        Tuple.of(1, others))
                .list()
                .ofMinSize(1)
                .ofMaxSize(7)
                .map(chosen -> String.join("", chosen));
    }
}
