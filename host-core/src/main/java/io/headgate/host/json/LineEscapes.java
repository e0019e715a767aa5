package io.headgate.host.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;

/**
 * Escapes what would not survive: what some reader of lines takes for the end of one (U+0085, U+2028, U+2029, and with the
 * first the other controls), and surrogates, of which a lone one has no form in UTF-8. Those below U+0080 are JSON's own.
 */
final class LineEscapes extends CharacterEscapes {

    private static final long serialVersionUID = 1L;

    @Override
    public int[] getEscapeCodesForAscii() {
        int[] codes = standardAsciiEscapesForJSON();
        codes[0x7f] = ESCAPE_STANDARD;
        return codes;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int character) {
        return mustEscape((char) character) ? new SerializedString(String.format("\\u%04x", character)) : null;
    }

    private static boolean mustEscape(char c) {
        return Character.isSurrogate(c) || Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
    }
}
