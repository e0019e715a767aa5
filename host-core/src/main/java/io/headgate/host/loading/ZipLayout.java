package io.headgate.host.loading;

import io.headgate.host.ConfigurationException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The directory at the end of a zip file, held against the entries' own headers (APPNOTE.TXT 6.3.10).
 *
 * <p>One reader goes by the headers, as they come; another by the directory. Here both must say the same, and the entries, the
 * directory and its end must lie one behind the other and fill the file: so there is nothing that one of them sees and the
 * other does not. {@link JarReader} then reads by the headers, with {@link java.util.zip.ZipInputStream}.
 */
final class ZipLayout {

    private static final int END = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int RECORD = 0x02014b50;
    private static final int RECORD_BYTES = 46;
    private static final int HEADER = 0x04034b50;
    private static final int HEADER_BYTES = 30;
    private static final int DESCRIPTOR = 0x08074b50;
    private static final int DESCRIPTOR_BYTES = 12;

    private static final int ENCRYPTED = 1 | 1 << 6 | 1 << 13;
    private static final int UTF_8 = 1 << 11;
    /** How hard it was compressed, where the sizes are, and the charset of the name. */
    private static final int KNOWN_FLAGS = 1 << 1 | 1 << 2 | 1 << 3 | UTF_8;

    private static final int UNICODE_PATH = 0x7075;
    private static final int ZIP64 = 1;
    private static final int UNIX = 3;
    private static final int SYMBOLIC_LINK = 0xa;

    private final ByteBuffer zip;
    private final JarBounds bounds;
    private final JarProblem problem;
    private final Map<String, String> seen = new HashMap<>();

    private ZipLayout(byte[] zip, JarBounds bounds, JarProblem problem) {
        this.zip = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        this.bounds = bounds;
        this.problem = problem;
    }

    /**
     * The records of all entries.
     *
     * @return in the order of the file
     * @throws ConfigurationException where anything is not as it should be
     */
    static List<ZipRecord> of(byte[] zip, JarBounds bounds, JarProblem problem) {
        return new ZipLayout(zip, bounds, problem).records();
    }

    private List<ZipRecord> records() {
        int end = zip.limit() - END_BYTES;
        if (end < 0 || zip.getInt(end) != END || u16(end + 20) != 0) {
            throw problem.file("not a zip file that ends with its directory: nothing may follow it, no comment either");
        }
        int count = u16(end + 10);
        long size = u32(end + 12);
        long offset = u32(end + 16);
        if (u16(end + 4) != 0 || u16(end + 6) != 0 || u16(end + 8) != count) {
            throw problem.file("a jar must be one file, this is a part of several");
        }
        if (count > bounds.entries()) {
            throw problem.file("has more than " + bounds.entries() + " entries (JarBounds.entries)");
        }
        if (offset + size != end) {
            throw problem.file(
                    "the directory of " + size + " bytes at " + offset + " does not lie right before its end at " + end
                            + ": nothing may stand before a jar or within it, and zip64 is not supported");
        }
        List<ZipRecord> records = directory((int) offset, end, count);
        records.sort(Comparator.comparingInt(ZipRecord::offset));
        int next = 0;
        for (int at = 0; at < records.size(); at++) {
            int limit = at + 1 < records.size() ? records.get(at + 1).offset() : (int) offset;
            requireHeader(records.get(at), next, limit);
            next = limit;
        }
        if (next != offset) {
            throw problem.file("there are bytes before the directory that belong to no entry");
        }
        return records;
    }

    private List<ZipRecord> directory(int begin, int end, int count) {
        List<ZipRecord> records = new ArrayList<>(count);
        int at = begin;
        for (int i = 0; i < count; i++) {
            if (end - at < RECORD_BYTES || zip.getInt(at) != RECORD) {
                throw problem.file("the directory has fewer entries than its end says, " + count);
            }
            int length = RECORD_BYTES + u16(at + 28) + u16(at + 30) + u16(at + 32);
            if (end - at < length) {
                throw problem.file("an entry of the directory reaches beyond its end");
            }
            records.add(record(at));
            at += length;
        }
        if (at != end) {
            throw problem.file("the directory has more entries than its end says, " + count);
        }
        return records;
    }

    private ZipRecord record(int at) {
        int flags = u16(at + 8);
        String name = name(at + RECORD_BYTES, u16(at + 28), flags);
        int method = u16(at + 10);
        long compressed = u32(at + 20);
        long size = u32(at + 24);
        long offset = u32(at + 42);
        requirePlain(name, flags, method);
        requireFields(name, at + RECORD_BYTES + u16(at + 28), u16(at + 30));
        if (u16(at + 34) != 0 || compressed >= zip.limit() || offset >= zip.limit()) {
            throw problem.entry(name, "its content lies outside of the file; zip64 is not supported");
        }
        if (u16(at + 4) >> 8 == UNIX && zip.getInt(at + 38) >>> 28 == SYMBOLIC_LINK) {
            throw problem.entry(name, "a jar must have no symbolic links");
        }
        if (method == ZipRecord.STORED && compressed != size) {
            // By stream it has the size in bytes, by directory the other: what hides between them is seen by one only.
            throw problem.entry(name, "is stored, and has " + compressed + " bytes in the file but a size of " + size);
        }
        ZipRecord record = new ZipRecord(name, flags, method, zip.getInt(at + 16), compressed, size, (int) offset);
        if (record.isDirectory() && size != 0) {
            throw problem.entry(name, "a directory must have no content, this has " + size + " bytes");
        }
        return record;
    }

    private String name(int at, int length, int flags) {
        byte[] bytes = new byte[length];
        zip.get(at, bytes);
        if (length > bounds.nameBytes()) {
            throw problem.entry(
                    EntryName.shown(bytes),
                    "the name has " + length + " bytes, more than " + bounds.nameBytes() + " (JarBounds.nameBytes)");
        }
        String name = EntryName.decoded(bytes)
                .filter(text -> (flags & UTF_8) != 0 || text.chars().allMatch(c -> c < 0x80))
                .orElseThrow(() -> problem.entry(
                        EntryName.shown(bytes),
                        "a name must be ASCII, or UTF-8 and marked as such: else readers differ"));
        EntryName.problem(name).ifPresent(wrong -> {
            throw problem.entry(name, wrong);
        });
        String other = seen.putIfAbsent(EntryName.folded(name), name);
        if (other != null) {
            throw problem.entry(
                    name,
                    other.equals(name)
                            ? "the entry is there twice"
                            : "some file systems take it for " + problem.place(other) + ", which is there too");
        }
        return name;
    }

    private void requirePlain(String name, int flags, int method) {
        if ((flags & ENCRYPTED) != 0) {
            throw problem.entry(name, "is encrypted");
        }
        if ((flags & ~KNOWN_FLAGS) != 0) {
            throw problem.entry(name, "uses features of zip that are not supported, flags 0x%04x".formatted(flags));
        }
        if (method != ZipRecord.STORED && method != ZipRecord.DEFLATED) {
            throw problem.entry(name, "is compressed by method " + method + ", expected 0 (stored) or 8 (deflated)");
        }
        if (method == ZipRecord.STORED && (flags & 1 << 3) != 0) {
            throw problem.entry(name, "is stored, and its length stands behind it, where nobody can tell");
        }
    }

    /** The JDK takes no jar whose extra data is no row of fields: what it does not see must not be loaded either. */
    private void requireFields(String name, int begin, int length) {
        if (fieldsEnd(name, begin, length) != begin + length) {
            throw problem.entry(name, "its extra data of " + length + " bytes is no row of whole fields");
        }
    }

    private int fieldsEnd(String name, int begin, int length) {
        int at = begin;
        while (begin + length - at >= 4) {
            requireField(name, u16(at));
            at += 4 + u16(at + 2);
        }
        return at;
    }

    /** Neither Info-ZIP's field with another name, which some readers prefer, nor one by which sizes are read otherwise. */
    private void requireField(String name, int id) {
        if (id == UNICODE_PATH) {
            throw problem.entry(name, "has a second name in an extra field");
        }
        if (id == ZIP64) {
            throw problem.entry(name, "has an extra field of zip64, which is not supported");
        }
    }

    /** The entry's own header says what the directory says, begins where the last one ended, and its content ends at the limit. */
    private void requireHeader(ZipRecord record, int begin, int limit) {
        int at = record.offset();
        if (at != begin) {
            throw problem.entry(
                    record.name(),
                    "begins at " + at + ", expected " + begin + ": nothing may stand before, between or over entries");
        }
        if (limit - at < HEADER_BYTES || zip.getInt(at) != HEADER) {
            throw differs(record, "there is no header at " + at);
        }
        int nameLength = u16(at + 26);
        int extraLength = u16(at + 28);
        long content = (long) at + HEADER_BYTES + nameLength + extraLength;
        if (content > limit) {
            throw differs(record, "the header has no room");
        }
        byte[] name = new byte[nameLength];
        zip.get(at + HEADER_BYTES, name);
        if (!EntryName.decoded(name).equals(Optional.of(record.name()))) {
            throw differs(record, "the header has another name, " + problem.place(EntryName.shown(name)));
        }
        if (u16(at + 6) != record.flags() || u16(at + 8) != record.method()) {
            throw differs(record, "the header has another method or other flags");
        }
        fieldsEnd(record.name(), at + HEADER_BYTES + nameLength, extraLength);
        boolean later = record.hasDescriptor() && isZero(at + 14);
        if (!later && !isSame(at + 14, record)) {
            throw differs(record, "the header has another size or CRC");
        }
        requireEnd(record, content + record.compressed(), limit);
    }

    private void requireEnd(ZipRecord record, long end, int limit) {
        long rest = limit - end;
        boolean isEnd = record.hasDescriptor() ? isDescriptor(record, end, rest) : rest == 0;
        if (!isEnd) {
            throw problem.entry(
                    record.name(),
                    "its content of " + record.compressed() + " bytes ends at " + end + ", expected " + limit
                            + ": nothing may stand between or over entries");
        }
    }

    private boolean isDescriptor(ZipRecord record, long at, long length) {
        int signed = length == DESCRIPTOR_BYTES + 4 && zip.getInt((int) at) == DESCRIPTOR ? 4 : 0;
        return length == DESCRIPTOR_BYTES + signed && isSame((int) at + signed, record);
    }

    private boolean isSame(int at, ZipRecord record) {
        return zip.getInt(at) == record.crc() && u32(at + 4) == record.compressed() && u32(at + 8) == record.size();
    }

    private boolean isZero(int at) {
        return zip.getInt(at) == 0 && u32(at + 4) == 0 && u32(at + 8) == 0;
    }

    private ConfigurationException differs(ZipRecord record, String how) {
        return problem.entry(record.name(), "the directory and the entry itself do not say the same: " + how);
    }

    private int u16(int at) {
        return Short.toUnsignedInt(zip.getShort(at));
    }

    private long u32(int at) {
        return Integer.toUnsignedLong(zip.getInt(at));
    }
}
