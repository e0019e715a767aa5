package io.headgate.host.recording;

import io.headgate.host.diagnostics.Printable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What went wrong with a file, in words: Java's own say the name of the file, and at times nothing else. */
final class FileFailure {

    private FileFailure() {}

    static String words(Throwable failure) {
        if (!(failure instanceof FileSystemException ofFile)) {
            // The kernel's words, such as of a full disk: they quote nothing.
            return failure instanceof IOException ? Printable.text(failure.getMessage()) : Printable.error(failure);
        }
        return Printable.text(ofFile.getFile()) + ": " + reason(ofFile);
    }

    private static String reason(FileSystemException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof NoSuchFileException) {
            return "no such folder";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "is there already, and another host may be writing it";
        }
        if (failure instanceof NotDirectoryException) {
            return "not a folder";
        }
        return failure.getReason() == null ? failure.getClass().getSimpleName() : Printable.text(failure.getReason());
    }
}
