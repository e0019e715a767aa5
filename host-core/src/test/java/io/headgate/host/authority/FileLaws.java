package io.headgate.host.authority;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.ConfigurationException;
import io.headgate.host.ConfigurationException.Problem;
import io.headgate.host.authority.YamlNode.Entry;
import io.headgate.host.authority.YamlNode.Mapping;
import io.headgate.host.authority.YamlNode.Scalar;
import io.headgate.host.authority.YamlNode.Sequence;
import io.headgate.host.diagnostics.Printable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** What holds of every refusal of a file: it is short, on the file's own lines, and shows nothing that may be secret. */
final class FileLaws {

    /** Seeds have it where a secret may be, and whoever bends them carries it elsewhere. */
    static final String SECRET = "s3cret";

    private static final int MOST_CHARACTERS = 2000;

    private FileLaws() {}

    static void holdOf(ConfigurationException refused, String file, byte[] input, Set<String> hidden) {
        assertThat(refused).hasNoCause();
        assertThat(refused.problems()).isNotEmpty().hasSizeLessThanOrEqualTo(Problems.MAX_PROBLEMS + 1);
        List<String> lines = refused.problems().stream().map(Problem::toString).toList();
        assertThat(refused).hasMessage(String.join("\n", lines));
        long most = new String(input, StandardCharsets.UTF_8).lines().count() + 1;
        for (Problem problem : refused.problems()) {
            assertThat(problem.file()).isEqualTo(file);
            assertThat((long) problem.line()).isLessThanOrEqualTo(most);
            assertThat(problem.toString()).hasSizeLessThan(MOST_CHARACTERS);
            assertThat(problem.toString().codePoints().anyMatch(Printable::isHidden))
                    .as(problem.toString())
                    .isFalse();
        }
        if (!isShown(input, hidden)) {
            assertThat(refused.getMessage()).doesNotContain(SECRET);
        }
    }

    /**
     * Whether the secret stands where a message may show it.
     *
     * @param hidden the paths of the values that no message shows, without indexes, such as {@code grants.settings.*}
     */
    static boolean isShown(byte[] input, Set<String> hidden) {
        try {
            SourceText source = SourceText.of("any", input);
            return isShown(YamlTree.parse(source, new Problems("any")), "", hidden);
        } catch (ConfigurationException notYaml) {
            return false;
        }
    }

    private static boolean isShown(YamlNode node, String path, Set<String> hidden) {
        if (hidden.contains(path)) {
            return false;
        }
        if (node instanceof Mapping mapping) {
            return mapping.entries().stream().anyMatch(entry -> isShown(entry, path, hidden));
        }
        if (hidden.contains(path + ".*")) {
            return false;
        }
        if (node instanceof Sequence sequence) {
            return sequence.elements().stream().anyMatch(element -> isShown(element, path, hidden));
        }
        return ((Scalar) node).text().contains(SECRET);
    }

    private static boolean isShown(Entry entry, String path, Set<String> hidden) {
        boolean keyIsShown = YamlKeys.isNameShown(entry.key()) && entry.key().contains(SECRET);
        String any = path + ".*";
        String key = path.isEmpty() ? entry.key() : path + "." + entry.key();
        return keyIsShown || isShown(entry.value(), hidden.contains(any) ? any : key, hidden);
    }

    /** A text in YAML, whatever is in it. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(point -> {
            boolean plain = point >= ' ' && point < 0x7f && point != '"' && point != '\\';
            quoted.append(plain ? Character.toString(point) : "\\U%08x".formatted(point));
        });
        return quoted.append('"').toString();
    }
}
