package io.headgate.host.authority;

import com.ibm.icu.text.IDNA;
import java.util.Set;

/**
 * Names with characters outside ASCII, or with labels that stand for such: UTS #46, as browsers read them, by ICU. The
 * JDK's {@code IDN} is of 2003 and reads some names as others than are registered today.
 */
final class InternationalName {

    private static final String ACE_PREFIX = "xn--";
    private static final IDNA UTS46 = IDNA.getUTS46Instance(IDNA.USE_STD3_RULES
            | IDNA.CHECK_BIDI
            | IDNA.CHECK_CONTEXTJ
            | IDNA.NONTRANSITIONAL_TO_ASCII
            | IDNA.NONTRANSITIONAL_TO_UNICODE);

    private InternationalName() {}

    /** The name in ASCII, in lower case; what is neither valid nor in its one spelling is refused. */
    static String toAscii(String name) {
        StringBuilder ascii = new StringBuilder();
        IDNA.Info info = new IDNA.Info();
        UTS46.nameToASCII(name, ascii, info);
        if (dots(ascii) != dots(name)) {
            throw new TargetException("the host has a character that would become a dot: write '.' itself");
        }
        if (info.hasErrors()) {
            throw new TargetException(reason(info.getErrors()));
        }
        return ascii.toString();
    }

    private static String reason(Set<IDNA.Error> errors) {
        if (errors.contains(IDNA.Error.INVALID_ACE_LABEL) || errors.contains(IDNA.Error.PUNYCODE)) {
            return "a label of the host that begins with " + ACE_PREFIX + " is malformed, or not in its one spelling";
        }
        if (errors.contains(IDNA.Error.LABEL_TOO_LONG) || errors.contains(IDNA.Error.DOMAIN_NAME_TOO_LONG)) {
            return "a label of the host has more than 63 characters in ASCII, or all of it more than 253";
        }
        if (errors.contains(IDNA.Error.BIDI)) {
            return "the host mixes writing from the left and from the right as no name may";
        }
        if (errors.contains(IDNA.Error.CONTEXTJ)) {
            return "the host has a joiner where none may be";
        }
        if (errors.contains(IDNA.Error.DISALLOWED) || errors.contains(IDNA.Error.LEADING_COMBINING_MARK)) {
            return "the host has a character that no name may have there";
        }
        return "a label of the host is empty, or has a hyphen at its beginning, at its end, or at its third and fourth place";
    }

    private static long dots(CharSequence text) {
        return text.chars().filter(c -> c == '.').count();
    }
}
