package io.headgate.host.diagnostics;

import io.headgate.host.HeadgateException;
import org.jspecify.annotations.Nullable;

/** Makes foreign text fit to print: cut, on one line, control characters escaped. */
public final class Printable {

    /** The most characters of a foreign text that are printed. */
    public static final int MAX_CHARACTERS = 256;

    private Printable() {}

    /**
     * Cuts and escapes a text.
     *
     * @param text a text of a peer's or a plugin's
     * @return at most {@value #MAX_CHARACTERS} characters and an ellipsis, without control characters or lone surrogates
     */
    public static String text(@Nullable String text) {
        if (text == null) {
            return "";
        }
        StringBuilder printable = new StringBuilder(Math.min(text.length(), MAX_CHARACTERS) + 1);
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            at += Character.charCount(point);
            String shown = isHidden(point) ? String.format("\\u%04x", point) : Character.toString(point);
            if (printable.length() + shown.length() > MAX_CHARACTERS) {
                return printable.append('…').toString();
            }
            printable.append(shown);
        }
        return printable.toString();
    }

    /**
     * Describes an error without its stack. The text of a {@link HeadgateException} is the host's own and is shown; that of
     * any other may hold anything, so its class and the place it was thrown at are shown instead.
     *
     * @param error the error
     * @return one line
     */
    public static String error(Throwable error) {
        if (error instanceof HeadgateException) {
            return text(error.getMessage());
        }
        return text(error.getClass().getName() + thrownAt(error));
    }

    /** An error of a plugin's own class may answer anything here, or throw. */
    private static String thrownAt(Throwable error) {
        try {
            StackTraceElement[] stack = error.getStackTrace();
            return stack.length == 0 ? "" : " at " + place(stack[0]);
        } catch (Throwable odd) {
            return ", which does not tell where it was thrown";
        }
    }

    private static String place(StackTraceElement frame) {
        return frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber();
    }

    /**
     * Whether a character shows as nothing, or moves what stands beside it: it is escaped.
     *
     * @param point a code point
     * @return whether it is a control or format character, a separator of lines or paragraphs, a lone surrogate, or unassigned
     */
    public static boolean isHidden(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}
