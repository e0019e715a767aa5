package io.headgate.host.loading;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes zip files that no honest tool would: each field of header and directory may lie by itself. */
final class ZipForge {

    /** One entry, in its header and in the directory. */
    static final class Forged {

        byte[] name;
        byte[] dirName;
        int flags = 0x0800;
        int dirFlags = 0x0800;
        int method = 8;
        int dirMethod = 8;
        int crc;
        int dirCrc;
        long size;
        long dirSize;
        long compressed;
        long dirCompressed;
        byte[] data;
        byte[] extra = {};
        byte[] dirExtra = {};
        byte[] descriptor = {};
        byte[] gap = {};
        int madeBy = 20;
        int disk;
        int attributes;
        int shift;
        boolean hidden;
        int times = 1;

        Forged(String name, byte[] content) {
            this.name = name.getBytes(StandardCharsets.UTF_8);
            this.dirName = this.name;
            CRC32 sum = new CRC32();
            sum.update(content);
            crc = dirCrc = (int) sum.getValue();
            size = dirSize = content.length;
            deflated(content);
        }

        Forged deflated(byte[] content) {
            data = deflate(content);
            compressed = dirCompressed = data.length;
            return this;
        }

        Forged stored(byte[] content) {
            method = dirMethod = 0;
            data = content;
            compressed = dirCompressed = content.length;
            return this;
        }

        Forged flagged(int more) {
            flags |= more;
            dirFlags |= more;
            return this;
        }

        /** Sizes and CRC behind the content, with its signature. */
        Forged described() {
            flagged(8);
            descriptor = le(16).putInt(0x08074b50)
                    .putInt(crc)
                    .putInt((int) compressed)
                    .putInt((int) size)
                    .array();
            crc = 0;
            size = compressed = 0;
            return this;
        }
    }

    private final List<Forged> entries = new ArrayList<>();
    byte[] before = {};
    byte[] beforeDirectory = {};
    byte[] after = {};
    String comment = "";
    int moreCounted;
    int disk;
    /** How far off the directory's offset is written. */
    int offsetShift;

    /** With a plugin's manifest. */
    static ZipForge plugin() {
        return new ZipForge().with(PluginJar.MANIFEST, MANIFEST, entry -> {});
    }

    static final String MANIFEST = "version: 1\nid: evil\nrelease: \"1\"\nservices: [{name: s, class: evil.S}]\n";

    ZipForge with(String name, String content, Consumer<Forged> lie) {
        return with(name, content.getBytes(StandardCharsets.UTF_8), lie);
    }

    ZipForge with(String name, byte[] content, Consumer<Forged> lie) {
        Forged entry = new Forged(name, content);
        lie.accept(entry);
        entries.add(entry);
        return this;
    }

    ZipForge with(String name) {
        return with(name, "x", entry -> {});
    }

    ZipForge but(Consumer<ZipForge> lie) {
        lie.accept(this);
        return this;
    }

    byte[] bytes() {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        ByteArrayOutputStream directory = new ByteArrayOutputStream();
        zip.writeBytes(before);
        int count = 0;
        for (Forged entry : entries) {
            int offset = zip.size();
            zip.writeBytes(header(entry));
            zip.writeBytes(entry.data);
            zip.writeBytes(entry.descriptor);
            zip.writeBytes(entry.gap);
            for (int time = 0; time < entry.times && !entry.hidden; time++) {
                directory.writeBytes(record(entry, offset + entry.shift));
                count++;
            }
        }
        zip.writeBytes(beforeDirectory);
        int begin = zip.size() + offsetShift;
        zip.writeBytes(directory.toByteArray());
        zip.writeBytes(le(22).putInt(0x06054b50)
                .putShort((short) disk)
                .putShort((short) disk)
                .putShort((short) (count + moreCounted))
                .putShort((short) (count + moreCounted))
                .putInt(directory.size())
                .putInt(begin)
                .putShort((short) comment.length())
                .array());
        zip.writeBytes(comment.getBytes(StandardCharsets.US_ASCII));
        zip.writeBytes(after);
        return zip.toByteArray();
    }

    private static byte[] header(Forged entry) {
        return le(30 + entry.name.length + entry.extra.length)
                .putInt(0x04034b50)
                .putShort((short) 20)
                .putShort((short) entry.flags)
                .putShort((short) entry.method)
                .putInt(0)
                .putInt(entry.crc)
                .putInt((int) entry.compressed)
                .putInt((int) entry.size)
                .putShort((short) entry.name.length)
                .putShort((short) entry.extra.length)
                .put(entry.name)
                .put(entry.extra)
                .array();
    }

    private static byte[] record(Forged entry, int offset) {
        return le(46 + entry.dirName.length + entry.dirExtra.length)
                .putInt(0x02014b50)
                .putShort((short) entry.madeBy)
                .putShort((short) 20)
                .putShort((short) entry.dirFlags)
                .putShort((short) entry.dirMethod)
                .putInt(0)
                .putInt(entry.dirCrc)
                .putInt((int) entry.dirCompressed)
                .putInt((int) entry.dirSize)
                .putShort((short) entry.dirName.length)
                .putShort((short) entry.dirExtra.length)
                .putShort((short) 0)
                .putShort((short) entry.disk)
                .putShort((short) 0)
                .putInt(entry.attributes)
                .putInt(offset)
                .put(entry.dirName)
                .put(entry.dirExtra)
                .array();
    }

    static ByteBuffer le(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] deflate(byte[] content) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(content);
        deflater.finish();
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        byte[] slice = new byte[8192];
        while (!deflater.finished()) {
            deflated.write(slice, 0, deflater.deflate(slice));
        }
        deflater.end();
        return deflated.toByteArray();
    }
}
