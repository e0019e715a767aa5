package io.headgate.host.authority;

import io.headgate.host.authority.Reference.Environment;
import io.headgate.host.authority.Reference.Literal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Texts of one grant file that may refer to what it does not hold. What a reference leads to is looked up once for a file, so
 * that all of it has the same value, and is put in as it is: a reference within it is none.
 */
final class ReferringText {

    /** Of a file that is referred to. */
    static final int MAX_FILE_BYTES = 64 << 10;

    private final References references;
    private final Map<Reference, String> known = new HashMap<>();

    ReferringText(References references) {
        this.references = references;
    }

    /**
     * A text with everything put in.
     *
     * @param text a secret, perhaps
     * @param reference how it is written, where it refers to anything
     */
    record Resolved(String text, Optional<String> reference) {

        @Override
        public String toString() {
            return text.length() + " characters of " + reference.orElse("the file");
        }
    }

    /**
     * Puts everything in.
     *
     * @param most how many characters it may have then
     * @throws ReferenceException when a reference is none or leads to nothing, or the text becomes too long
     */
    Resolved resolve(String written, int most) {
        List<Reference> parts = parts(written);
        StringBuilder text = new StringBuilder();
        for (Reference part : parts) {
            text.append(part instanceof Literal literal ? literal.text() : value(part));
            if (text.length() > most) {
                throw new ReferenceException("with what " + (part instanceof Literal ? "it refers to" : part)
                        + " stands for, it must have at most " + most + " characters, has more");
            }
        }
        boolean refers = parts.stream().anyMatch(part -> !(part instanceof Literal));
        return new Resolved(text.toString(), refers ? Optional.of(written) : Optional.empty());
    }

    private static List<Reference> parts(String written) {
        List<Reference> parts = new ArrayList<>();
        int from = 0;
        for (int open = written.indexOf(Reference.OPEN); open >= 0; open = written.indexOf(Reference.OPEN, from)) {
            if (open > from && written.charAt(open - 1) == '$') {
                parts.add(new Literal(written.substring(from, open - 1) + Reference.OPEN));
                from = open + 2;
                continue;
            }
            int close = written.indexOf('}', open);
            if (close < 0) {
                throw Reference.unknown();
            }
            parts.add(new Literal(written.substring(from, open)));
            parts.add(Reference.parse(written.substring(open + 2, close)));
            from = close + 1;
        }
        parts.add(new Literal(written.substring(from)));
        return parts;
    }

    private String value(Reference reference) {
        String earlier = known.get(reference);
        if (earlier != null) {
            return earlier;
        }
        String value =
                reference instanceof Environment variable ? variable(variable) : file((Reference.File) reference);
        if (value.isEmpty()) {
            throw new ReferenceException(reference + " is empty");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new ReferenceException(
                    reference + " has a control character, such as a line break before its end (not shown)");
        }
        known.put(reference, value);
        return value;
    }

    private String variable(Environment variable) {
        return references
                .environment(variable.name())
                .orElseThrow(() -> new ReferenceException(variable + " is not set in the host's environment"));
    }

    private String file(Reference.File file) {
        try {
            byte[] bytes = references.file(file.path(), MAX_FILE_BYTES);
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return withoutLineBreak(text);
        } catch (CharacterCodingException e) {
            throw new ReferenceException(file + " must be UTF-8");
        } catch (IOException e) {
            throw new ReferenceException(file + " cannot be read: " + e.getMessage());
        }
    }

    /** An editor ends the last line too. */
    private static String withoutLineBreak(String text) {
        if (text.endsWith("\r\n")) {
            return text.substring(0, text.length() - 2);
        }
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }
}
