package io.headgate.host.authority;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a grant file may refer to instead of holding it: the host's environment, and files beside it. Called by who reads the grant
 * file, on its thread.
 */
interface References {

    /** The environment of this process, and its files. */
    References SYSTEM = new SystemReferences();

    /** Whether what it answers is what was referred to, and not something in its place. */
    boolean areReal();

    /** A variable's value; empty for none. */
    Optional<String> environment(String name);

    /**
     * A file's bytes, in full.
     *
     * @param file an absolute path
     * @param maxBytes the most it may have
     * @throws IOException whose message says in the host's words why it cannot be read; it does not hold the path
     */
    byte[] file(Path file, int maxBytes) throws IOException;
}
