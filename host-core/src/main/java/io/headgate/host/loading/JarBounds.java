package io.headgate.host.loading;

/**
 * How large a plugin's jar may be. A jar beyond is refused as a whole. Start from {@link #defaults()}.
 *
 * @param fileBytes bytes of the file, from 1; default 64 MiB, no more than 1 GiB
 * @param entries how many entries it may have, directories among them, from 1; default 10,000, no more than 65,534, which is
 *     what a zip file without extensions holds
 * @param entryBytes bytes of one entry when it is inflated, counted as they come and not as its header says, from 1; default
 *     16 MiB, no more than 1 GiB
 * @param inflatedBytes bytes of all entries together, likewise, from 1; default 256 MiB, no more than 4 GiB. All of it is kept
 *     in memory while the plugin is
 * @param nameBytes bytes of an entry's name in UTF-8, from 1; default 512, no more than 65,535
 */
public record JarBounds(long fileBytes, int entries, long entryBytes, long inflatedBytes, int nameBytes) {

    private static final long GIB = 1L << 30;
    private static final int MOST_ENTRIES = 65_534;
    private static final int LONGEST_NAME = 65_535;
    private static final JarBounds DEFAULTS = new JarBounds(64L << 20, 10_000, 16L << 20, 256L << 20, 512);

    /** Checks the components. */
    public JarBounds {
        inRange("fileBytes", fileBytes, GIB);
        inRange("entries", entries, MOST_ENTRIES);
        inRange("entryBytes", entryBytes, GIB);
        inRange("inflatedBytes", inflatedBytes, 4 * GIB);
        inRange("nameBytes", nameBytes, LONGEST_NAME);
    }

    /**
     * The defaults.
     *
     * @return each component's default
     */
    public static JarBounds defaults() {
        return DEFAULTS;
    }

    /**
     * With another size of the file.
     *
     * @param bytes see {@link #fileBytes()}
     * @return the new bounds
     */
    public JarBounds withFileBytes(long bytes) {
        return new JarBounds(bytes, entries, entryBytes, inflatedBytes, nameBytes);
    }

    /**
     * With another number of entries.
     *
     * @param most see {@link #entries()}
     * @return the new bounds
     */
    public JarBounds withEntries(int most) {
        return new JarBounds(fileBytes, most, entryBytes, inflatedBytes, nameBytes);
    }

    /**
     * With other sizes of what is inflated.
     *
     * @param ofOne see {@link #entryBytes()}
     * @param ofAll see {@link #inflatedBytes()}
     * @return the new bounds
     */
    public JarBounds withInflated(long ofOne, long ofAll) {
        return new JarBounds(fileBytes, entries, ofOne, ofAll, nameBytes);
    }

    /**
     * With another length of names.
     *
     * @param bytes see {@link #nameBytes()}
     * @return the new bounds
     */
    public JarBounds withNameBytes(int bytes) {
        return new JarBounds(fileBytes, entries, entryBytes, inflatedBytes, bytes);
    }

    private static void inRange(String what, long value, long most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(what + " must be at least 1 and at most " + most + ", is " + value);
        }
    }
}
