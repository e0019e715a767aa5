package io.headgate.host.authority;

import java.util.List;
import java.util.Objects;

/**
 * Where TLS settings were read from, as the grant file names it: for who writes the entry again.
 *
 * @param trust the files with the extra anchors, absolute paths
 * @param certificate the file with the client certificate and its chain; empty for none
 * @param key the file with its private key; empty for none
 */
public record TlsFiles(List<String> trust, String certificate, String key) {

    /** Those of what was made in code, or put together from several entries. */
    public static final TlsFiles NONE = new TlsFiles(List.of(), "", "");

    /** Copies and checks the components. */
    public TlsFiles {
        trust = List.copyOf(trust);
        Objects.requireNonNull(certificate, "certificate");
        Objects.requireNonNull(key, "key");
    }
}
