package io.headgate.host.authority;

import java.util.Objects;
import java.util.Optional;

/**
 * What a header of an upgrade request is set to: a secret, most of the time. So {@code toString} does not show it, and whoever
 * wants it has to ask for it by name. Two are equal when they hold the same, and came from the same reference of a grant file.
 */
public final class HeaderValue {

    static final int MAX_LENGTH = 4096;
    static final String EXPECTED =
            "1 to " + MAX_LENGTH + " printable characters of ASCII, none of them a space at the beginning or the end";

    private final String text;
    private final Optional<String> reference;

    private HeaderValue(String text, Optional<String> reference) {
        this.text = text;
        this.reference = reference;
    }

    /**
     * Makes a value.
     *
     * @param text 1 to 4,096 printable characters of ASCII, none of them a space at the beginning or the end
     * @return the value
     * @throws IllegalArgumentException if it is none; the message does not show it
     */
    public static HeaderValue of(String text) {
        return of(text, Optional.empty());
    }

    /**
     * One that a grant file refers to.
     *
     * @param reference how the file has it; empty where it holds the value itself
     */
    static HeaderValue of(String text, Optional<String> reference) {
        boolean printable = text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
        boolean padded = text.startsWith(" ") || text.endsWith(" ");
        if (text.isEmpty() || text.length() > MAX_LENGTH || !printable || padded) {
            throw new IllegalArgumentException("a header's value must have " + EXPECTED + " (not shown)");
        }
        return new HeaderValue(text, reference);
    }

    /**
     * The value itself: for the upgrade request, and for nothing else.
     *
     * @return 1 to 4,096 characters; not for logs
     */
    public String reveal() {
        return text;
    }

    /** How a grant file has it; empty where that holds the value itself. No secret. */
    Optional<String> reference() {
        return reference;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HeaderValue value && text.equals(value.text) && reference.equals(value.reference);
    }

    @Override
    public int hashCode() {
        return Objects.hash(text, reference);
    }

    @Override
    public String toString() {
        return "(not shown)";
    }
}
