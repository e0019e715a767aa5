package io.headgate.host.reference;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a file shows the pull primitive as something to copy. What counts depends on the file:
 *
 * <ul>
 *   <li>documents: code blocks, fenced or indented; in README and guides the prose too, since whoever starts there must not meet
 *       it. Reference pages, the explanation of why it is not the interface, decisions and lists of changes may say that it is there;
 *   <li>samples: everything. In their Java a call of {@code exchange()} is another one: ours names its connection;
 *   <li>the libraries' sources: the examples in Javadoc (preformatted, inline code, snippets), but for those of the types of the
 *       primitive itself;
 *   <li>resources, which are templates: everything.
 * </ul>
 */
final class PullSightings {

    private static final Pattern CALL =
            Pattern.compile("\\bPullWebSocket\\b|\\bPulledText\\b|\\bexchange\\s*\\(|\\brecv\\s*\\(");
    private static final Pattern ACCESS = Pattern.compile(
            "access\"?\\s*:\\s*(?:\\[[^\\]]*\\bexchange\\b|(?:\\s*-\\s*\"?\\w+\"?\\s*)*?\\s*-\\s*\"?exchange\\b)");
    private static final Pattern FENCED = Pattern.compile("(?ms)^ *(```|~~~)[^\\n]*\\n(.*?)^ *\\1");
    private static final Pattern INDENTED = Pattern.compile("(?m)^(?: {4}|\\t).*$");
    private static final Pattern JAVADOC = Pattern.compile("(?s)/\\*\\*.*?\\*/");
    private static final Pattern PRE = Pattern.compile("(?s)<pre>.*?(?:</pre>|\\*/)");
    private static final Pattern INLINE = Pattern.compile("\\{@(?:code|snippet)\\b");

    private static final Set<String> ITS_OWN = Set.of("PullWebSocket.java", "PulledText.java");
    private static final List<String> MAY_TELL = List.of(
            "docs/reference/",
            "docs/explanation.md",
            "docs/adr/",
            "docs/requirements.md",
            "docs/plan.md",
            "CHANGELOG.md");

    private PullSightings() {}

    /** The examples in a file that show it, each as its matching words. */
    static List<String> in(Path file, String content) {
        String name = file.toString().replace('\\', '/');
        return shown(name, content)
                .flatMap(text -> Stream.of(CALL, ACCESS)
                        .flatMap(pattern -> pattern.matcher(text).results()))
                .map(MatchResult::group)
                .toList();
    }

    private static Stream<String> shown(String name, String content) {
        if (name.startsWith("samples/") || name.contains("/resources/")) {
            return Stream.of(name.endsWith(".java") ? content.replace(".exchange()", "") : content);
        }
        if (name.endsWith(".md")) {
            boolean mayTell = MAY_TELL.stream().anyMatch(name::startsWith);
            return mayTell ? blocks(content) : Stream.of(content);
        }
        boolean own = ITS_OWN.stream().anyMatch(type -> name.endsWith("/" + type));
        return own ? Stream.empty() : examples(content);
    }

    private static Stream<String> blocks(String document) {
        Stream<String> fenced = FENCED.matcher(document).results().map(block -> block.group(2));
        String indented =
                INDENTED.matcher(document).results().map(MatchResult::group).collect(Collectors.joining("\n"));
        return Stream.concat(fenced, Stream.of(indented));
    }

    private static Stream<String> examples(String source) {
        List<String> found = new ArrayList<>();
        JAVADOC.matcher(source).results().map(MatchResult::group).forEach(comment -> {
            PRE.matcher(comment).results().map(MatchResult::group).forEach(found::add);
            INLINE.matcher(comment).results().forEach(tag -> found.add(balanced(comment, tag.start())));
        });
        return found.stream();
    }

    /** From a brace to the one that closes it. */
    private static String balanced(String text, int from) {
        int open = 0;
        for (int at = from; at < text.length(); at++) {
            open += text.charAt(at) == '{' ? 1 : text.charAt(at) == '}' ? -1 : 0;
            if (open == 0) {
                return text.substring(from, at + 1);
            }
        }
        return text.substring(from);
    }
}
