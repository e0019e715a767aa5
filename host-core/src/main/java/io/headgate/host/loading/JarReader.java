package io.headgate.host.loading;

import io.headgate.host.diagnostics.Printable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Inflates all entries of a jar, within its bounds, entry by entry in step with the directory. */
final class JarReader {

    private static final int SLICE = 8192;

    private final JarBounds bounds;
    private final JarProblem problem;
    private long inflated;

    private JarReader(JarBounds bounds, JarProblem problem) {
        this.bounds = bounds;
        this.problem = problem;
    }

    /** The files in it by name, directories left out. */
    static Map<String, byte[]> read(byte[] jar, JarBounds bounds, JarProblem problem) {
        List<ZipRecord> records = ZipLayout.of(jar, bounds, problem);
        return new JarReader(bounds, problem).files(jar, records);
    }

    private Map<String, byte[]> files(byte[] jar, List<ZipRecord> records) {
        Map<String, byte[]> files = new HashMap<>();
        ZipRecord reading = null;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(jar), StandardCharsets.UTF_8)) {
            for (ZipRecord record : records) {
                reading = record;
                byte[] content = content(zip, record);
                if (!record.isDirectory()) {
                    files.put(record.name(), content);
                }
            }
            return files;
        } catch (IOException | IllegalArgumentException broken) {
            throw reading == null
                    ? problem.file("cannot be read: " + Printable.text(broken.getMessage()))
                    : problem.entry(reading.name(), "cannot be inflated: " + Printable.text(broken.getMessage()));
        }
    }

    private byte[] content(ZipInputStream zip, ZipRecord record) throws IOException {
        ZipEntry entry = zip.getNextEntry();
        if (entry == null || !entry.getName().equals(record.name())) {
            throw problem.entry(record.name(), "the directory and the entry itself do not say the same");
        }
        byte[] content = inflate(zip, record);
        // Reads what stands behind the content, and compares sizes and CRC.
        zip.closeEntry();
        boolean same = content.length == record.size()
                && entry.getCompressedSize() == record.compressed()
                && (int) entry.getCrc() == record.crc();
        if (!same) {
            throw problem.entry(
                    record.name(), "has " + content.length + " bytes inflated, its header says " + record.size());
        }
        return content;
    }

    /** Counts what comes: a header may say anything. */
    private byte[] inflate(ZipInputStream zip, ZipRecord record) throws IOException {
        long room = Math.min(bounds.entryBytes(), bounds.inflatedBytes() - inflated);
        ByteArrayOutputStream content = new ByteArrayOutputStream((int) Math.min(record.size(), SLICE));
        byte[] slice = new byte[SLICE];
        for (int read = zip.read(slice); read >= 0; read = zip.read(slice)) {
            if (content.size() + (long) read > room) {
                throw tooLarge(record, content.size() + (long) read);
            }
            content.write(slice, 0, read);
        }
        inflated += content.size();
        return content.toByteArray();
    }

    private RuntimeException tooLarge(ZipRecord record, long size) {
        return size > bounds.entryBytes()
                ? problem.entry(
                        record.name(),
                        "has more than " + bounds.entryBytes() + " bytes inflated (JarBounds.entryBytes)")
                : problem.entry(
                        record.name(),
                        "with it the jar has more than " + bounds.inflatedBytes()
                                + " bytes inflated (JarBounds.inflatedBytes)");
    }
}
