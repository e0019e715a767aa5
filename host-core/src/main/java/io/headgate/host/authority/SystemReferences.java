package io.headgate.host.authority;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Those of this process. */
final class SystemReferences implements References {

    @Override
    public boolean areReal() {
        return true;
    }

    @Override
    public Optional<String> environment(String name) {
        return Optional.ofNullable(System.getenv(name));
    }

    @Override
    public byte[] file(Path file, int maxBytes) throws IOException {
        byte[] bytes = RegularFile.read(file, maxBytes);
        if (bytes.length > maxBytes) {
            throw new IOException("it has more than " + maxBytes + " bytes");
        }
        return bytes;
    }
}
