package io.headgate.host.authority;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Nobody's: for who reads a grant file where its secrets are not, and dials nothing. What it answers is in the place of every value
 * alike.
 */
final class UnreadReferences implements References {

    /** Shorter than any reference, so that no text becomes too long by it. */
    private static final String PLACEHOLDER = "unread";

    @Override
    public boolean areReal() {
        return false;
    }

    @Override
    public Optional<String> environment(String name) {
        return Optional.of(PLACEHOLDER);
    }

    @Override
    public byte[] file(Path file, int maxBytes) {
        return PLACEHOLDER.getBytes(StandardCharsets.US_ASCII);
    }
}
