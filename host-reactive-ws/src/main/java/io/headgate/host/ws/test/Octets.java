package io.headgate.host.ws.test;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** Some bytes: immutable, equal by content, and fit to print in a failed assertion. */
public final class Octets {

    private static final int SHOWN = 64;

    private final byte[] bytes;

    private Octets(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The bytes of an array.
     *
     * @param bytes copied
     * @return the bytes
     */
    public static Octets of(byte[] bytes) {
        return new Octets(bytes.clone());
    }

    /**
     * A text's UTF-8.
     *
     * @param text the text
     * @return its bytes
     */
    public static Octets utf8(String text) {
        return new Octets(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Bytes as hexadecimal digits.
     *
     * @param digits two a byte, blanks wherever they help: {@code "81 02 c3 28"}
     * @return the bytes
     * @throws IllegalArgumentException if these are no hexadecimal digits, or an odd number of them
     */
    public static Octets hex(String digits) {
        return new Octets(HexFormat.of().parseHex(digits.replace(" ", "")));
    }

    /**
     * One byte many times.
     *
     * @param octet the byte, 0 to 255
     * @param count how often, from 0
     * @return the bytes
     */
    public static Octets repeated(int octet, int count) {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, (byte) octet);
        return new Octets(bytes);
    }

    /**
     * These and then those.
     *
     * @param more what follows
     * @return both
     */
    public Octets plus(Octets more) {
        byte[] both = Arrays.copyOf(bytes, bytes.length + more.bytes.length);
        System.arraycopy(more.bytes, 0, both, bytes.length, more.bytes.length);
        return new Octets(both);
    }

    /**
     * How many there are.
     *
     * @return bytes
     */
    public int size() {
        return bytes.length;
    }

    /**
     * One of them.
     *
     * @param index which, from 0
     * @return 0 to 255
     */
    public int at(int index) {
        return bytes[index] & 0xff;
    }

    /**
     * The bytes as an array.
     *
     * @return a copy
     */
    public byte[] toArray() {
        return bytes.clone();
    }

    /**
     * The bytes as UTF-8.
     *
     * @return the text, with replacement characters where they are none
     */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets octets && Arrays.equals(bytes, octets.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Printable ASCII as a text, anything else as digits; cut at 64 bytes, with the number of all. */
    @Override
    public String toString() {
        byte[] shown = Arrays.copyOf(bytes, Math.min(bytes.length, SHOWN));
        boolean printable = true;
        for (byte octet : shown) {
            printable &= octet >= ' ' && octet < 0x7f;
        }
        String text = printable
                ? '"' + new String(shown, StandardCharsets.US_ASCII) + '"'
                : HexFormat.ofDelimiter(" ").formatHex(shown);
        return bytes.length > SHOWN ? text + "… (" + bytes.length + " bytes)" : text;
    }
}
