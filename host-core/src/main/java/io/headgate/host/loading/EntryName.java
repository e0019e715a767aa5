package io.headgate.host.loading;

import io.headgate.host.diagnostics.Printable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The name of a jar's entry: what it must be, whatever is done with the jar, and when two are the same. */
final class EntryName {

    private static final Pattern VERSIONED = Pattern.compile("META-INF/versions/\\d+/(.*)", Pattern.CASE_INSENSITIVE);

    private EntryName() {}

    /** The name as text; empty where the bytes are none. */
    static Optional<String> decoded(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException malformed) {
            return Optional.empty();
        }
    }

    /** As much as can be shown of bytes that are no text. */
    static String shown(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** What is wrong with a name; empty for nothing. */
    static Optional<String> problem(String name) {
        if (name.isEmpty()) {
            return Optional.of("an entry must have a name");
        }
        if (name.codePoints().anyMatch(Printable::isHidden)) {
            return Optional.of("a name must have no control or format characters, such as NUL or a line break");
        }
        if (name.indexOf('\\') >= 0 || name.indexOf(':') >= 0) {
            return Optional.of(
                    "a name must have neither '\\' nor ':', which lead elsewhere where they are separators, drives"
                            + " or streams");
        }
        if (name.startsWith("/")) {
            return Optional.of("a name must not be absolute");
        }
        String path = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        if (Arrays.stream(path.split("/", -1)).anyMatch(EntryName::leadsElsewhere)) {
            return Optional.of("a name must have no segment that is empty, '.' or '..'");
        }
        return owner(name)
                .map(owner ->
                        "the package " + owner + " is the host's, and this would be passed over: leave it out of the"
                                + " jar, the host brings it");
    }

    private static Optional<String> owner(String name) {
        Matcher versioned = VERSIONED.matcher(name);
        return HostPackages.owning(versioned.matches() ? versioned.group(1) : name);
    }

    private static boolean leadsElsewhere(String segment) {
        return segment.isEmpty() || segment.equals(".") || segment.equals("..");
    }

    /**
     * What two names have in common that some file system takes for the same: one that ignores case, one that composes
     * characters, one that drops dots and spaces at the end of a segment; and a file for a directory.
     */
    static String folded(String name) {
        return Arrays.stream(name.split("/"))
                .map(segment -> Normalizer.normalize(segment, Normalizer.Form.NFD)
                        .toUpperCase(Locale.ROOT)
                        .toLowerCase(Locale.ROOT))
                .map(segment ->
                        Normalizer.normalize(segment, Normalizer.Form.NFD).replaceAll("[. ]+$", ""))
                .collect(Collectors.joining("/"));
    }
}
