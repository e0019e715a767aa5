package io.headgate.host.authority;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which jar it is, to the byte.
 *
 * @param sha256 the SHA-256 of its bytes (FIPS 180-4): 64 hexadecimal digits, kept in lower case
 */
public record JarDigest(String sha256) {

    static final String EXPECTED = "sha256: and 64 hexadecimal digits";

    private static final String PREFIX = "sha256:";
    private static final Pattern DIGITS = Pattern.compile("[0-9a-fA-F]{64}");

    /** Checks the digits. */
    public JarDigest {
        if (!DIGITS.matcher(sha256).matches()) {
            throw new IllegalArgumentException("sha256 must be 64 hexadecimal digits, is " + Shown.quoted(sha256));
        }
        sha256 = sha256.toLowerCase(Locale.ROOT);
    }

    /**
     * The digest of a jar.
     *
     * @param jar its bytes
     * @return the digest
     */
    public static JarDigest of(byte[] jar) {
        try {
            return new JarDigest(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(jar)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /**
     * Reads a digest as a grant has it.
     *
     * @param text {@code sha256:} and 64 hexadecimal digits
     * @return the digest
     * @throws IllegalArgumentException if the text is no digest
     */
    public static JarDigest parse(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException("a digest must be " + EXPECTED + ", is " + Shown.quoted(text));
        }
        return new JarDigest(text.substring(PREFIX.length()));
    }

    /**
     * As a grant has it, and {@code sha256sum} nearly so.
     *
     * @return {@code sha256:} and 64 digits
     */
    @Override
    public String toString() {
        return PREFIX + sha256;
    }
}
