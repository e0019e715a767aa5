package io.headgate.host.authority;

import java.util.HexFormat;

/** A part of a URI as its octets. No error quotes the text. */
final class PercentText {

    private static final String UNRESERVED_MARKS = "-._~";
    private static final String MARKS = UNRESERVED_MARKS + "!$&'()*+,;=:@/";
    private static final HexFormat UPPER_CASE = HexFormat.of().withUpperCase();

    private PercentText() {}

    /**
     * Undoes the percent-encoding, once.
     *
     * @param part what it is, for the message
     * @param marks the marks that it may have beyond those of a path
     */
    static byte[] decoded(String part, String text, String marks) {
        byte[] octets = new byte[decodedLength(part, text)];
        int at = 0;
        for (int i = 0; i < octets.length; i++) {
            char c = text.charAt(at);
            boolean encoded = c == '%';
            if (!encoded && !isAsciiLetterOrDigit(c) && MARKS.indexOf(c) < 0 && marks.indexOf(c) < 0) {
                throw new TargetException("the " + part + " has a character that must be percent-encoded");
            }
            int octet = encoded ? HexFormat.fromHexDigits(text, at + 1, at + 3) : c;
            if (octet < ' ' || octet == 0x7f) {
                throw new TargetException("the " + part + " has an encoded control character");
            }
            octets[i] = (byte) octet;
            at += encoded ? 3 : 1;
        }
        return octets;
    }

    /** RFC 3986, section 6.2.2: of a text that can be decoded, unreserved characters as they are, hexadecimal digits in upper case. */
    static String normalised(String text) {
        int percent = text.indexOf('%');
        if (percent < 0) {
            return text;
        }
        StringBuilder normalised = new StringBuilder(text.length());
        int copied = 0;
        for (; percent >= 0; percent = text.indexOf('%', copied)) {
            normalised.append(text, copied, percent);
            int octet = HexFormat.fromHexDigits(text, percent + 1, percent + 3);
            if (isAsciiLetterOrDigit(octet) || UNRESERVED_MARKS.indexOf(octet) >= 0) {
                normalised.append((char) octet);
            } else {
                UPPER_CASE.toHexDigits(normalised.append('%'), (byte) octet);
            }
            copied = percent + 3;
        }
        return normalised.append(text, copied, text.length()).toString();
    }

    private static int decodedLength(String part, String text) {
        int length = text.length();
        for (int percent = text.indexOf('%'); percent >= 0; percent = text.indexOf('%', percent + 3)) {
            if (percent + 2 >= text.length()
                    || !HexFormat.isHexDigit(text.charAt(percent + 1))
                    || !HexFormat.isHexDigit(text.charAt(percent + 2))) {
                throw new TargetException("in the " + part + " a '%' is not followed by two hexadecimal digits");
            }
            length -= 2;
        }
        return length;
    }

    private static boolean isAsciiLetterOrDigit(int c) {
        return c < 0x80 && Character.isLetterOrDigit(c);
    }
}
