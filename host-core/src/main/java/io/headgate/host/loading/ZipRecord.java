package io.headgate.host.loading;

/**
 * What the directory of a zip file says of one entry (APPNOTE.TXT 6.3.10, 4.3.12).
 *
 * @param name its name, decoded and checked
 * @param flags the general purpose bits
 * @param method how it is compressed
 * @param crc the CRC-32 of its content
 * @param compressed how many bytes it takes in the file
 * @param size how many bytes it has
 * @param offset where its own header begins
 */
record ZipRecord(String name, int flags, int method, int crc, long compressed, long size, int offset) {

    static final int STORED = 0;
    static final int DEFLATED = 8;

    private static final int DESCRIPTOR = 1 << 3;

    /** Whether its sizes and CRC stand behind its content, and not in its own header. */
    boolean hasDescriptor() {
        return (flags & DESCRIPTOR) != 0;
    }

    boolean isDirectory() {
        return name.endsWith("/");
    }
}
