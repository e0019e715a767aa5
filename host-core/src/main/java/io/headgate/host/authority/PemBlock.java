package io.headgate.host.authority;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** One block of a PEM file (RFC 7468). What stands between blocks is passed over. */
final class PemBlock {

    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    private final String label;
    private final byte[] content;

    private PemBlock(String label, byte[] content) {
        this.label = label;
        this.content = content;
    }

    /** What it holds, such as {@code CERTIFICATE}: the file's text, not to be shown. */
    String label() {
        return label;
    }

    /** Not copied. */
    byte[] content() {
        return content;
    }

    /**
     * All blocks of a file.
     *
     * @throws IllegalArgumentException whose message says what is wrong, and shows nothing of the file
     */
    static List<PemBlock> all(byte[] file) {
        List<PemBlock> blocks = new ArrayList<>();
        StringBuilder content = new StringBuilder();
        String label = "";
        for (String line : new String(file, StandardCharsets.ISO_8859_1)
                .lines()
                .map(String::strip)
                .toList()) {
            if (label.isEmpty()) {
                label = label(line, BEGIN);
                content.setLength(0);
            } else if (line.startsWith(END)) {
                if (!label.equals(label(line, END))) {
                    throw new IllegalArgumentException(
                            "block " + (blocks.size() + 1) + " ends as another kind than it begins");
                }
                blocks.add(new PemBlock(label, decoded(content, blocks.size() + 1)));
                label = "";
            } else {
                content.append(line);
            }
        }
        if (!label.isEmpty()) {
            throw new IllegalArgumentException("block " + (blocks.size() + 1) + " has no end");
        }
        return List.copyOf(blocks);
    }

    private static String label(String line, String boundary) {
        return line.startsWith(boundary) && line.endsWith(DASHES) && line.length() > boundary.length() + DASHES.length()
                ? line.substring(boundary.length(), line.length() - DASHES.length())
                : "";
    }

    private static byte[] decoded(StringBuilder content, int number) {
        try {
            return Base64.getDecoder().decode(content.toString());
        } catch (IllegalArgumentException showsIt) {
            throw new IllegalArgumentException("block " + number + " is no Base64");
        }
    }
}
