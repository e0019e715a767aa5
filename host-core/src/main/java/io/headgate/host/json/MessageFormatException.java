package io.headgate.host.json;

import io.headgate.host.HeadgateException;
import java.util.Objects;

/**
 * A text is no event, command or outcome in its JSON form, or one cannot be written. The message names the field, what was
 * expected and what was found. It never shows a text of the message, and has no cause: a parser's message may quote its
 * source.
 */
public final class MessageFormatException extends HeadgateException {

    private static final long serialVersionUID = 1L;

    /** The field's name; empty when the message as a whole is meant. */
    private final String field;
    /** What the field must be. */
    private final String expected;
    /** What it is. */
    private final String found;

    /**
     * Makes an error.
     *
     * @param field the field's name; empty when the message as a whole is meant
     * @param expected what the field must be
     * @param found what it is, without any text of the message
     */
    public MessageFormatException(String field, String expected, String found) {
        super((field.isEmpty() ? "message" : "field " + field) + ": expected " + expected + ", found " + found);
        this.field = field;
        this.expected = Objects.requireNonNull(expected, "expected");
        this.found = Objects.requireNonNull(found, "found");
    }

    /**
     * The field that is wrong.
     *
     * @return its name; empty when the message as a whole is meant, or when its name is not fit to be shown
     */
    public String field() {
        return field;
    }

    /**
     * What the field must be.
     *
     * @return the expectation, in words
     */
    public String expected() {
        return expected;
    }

    /**
     * What the field is.
     *
     * @return a description, never a text of the message
     */
    public String found() {
        return found;
    }
}
