package io.headgate.host.authority;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The bytes of a file, or of one that a link leads to. */
final class RegularFile {

    private RegularFile() {}

    /**
     * Reads one byte more than it may have, so that who asks can tell.
     *
     * @throws IOException whose message says why in the host's words, without the path
     */
    static byte[] read(Path path, int maxBytes) throws IOException {
        try (InputStream in = open(path)) {
            return in.readNBytes(maxBytes + 1);
        } catch (NoSuchFileException e) {
            throw new IOException("no such file", e);
        } catch (AccessDeniedException e) {
            throw new IOException("access denied", e);
        } catch (NotAFileException e) {
            throw new IOException("neither a file nor a link to one", e);
        } catch (IOException e) {
            throw new IOException(e.getClass().getSimpleName(), e);
        }
    }

    /** A pipe would be waited for, and a folder read as nothing. */
    private static InputStream open(Path path) throws IOException {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new NotAFileException(path.toString());
        }
        return Files.newInputStream(path);
    }

    private static final class NotAFileException extends IOException {

        private static final long serialVersionUID = 1L;

        NotAFileException(String message) {
            super(message);
        }
    }
}
