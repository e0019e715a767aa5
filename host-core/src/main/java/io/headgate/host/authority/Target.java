package io.headgate.host.authority;

import java.net.URI;

/**
 * A parsed {@code ws} or {@code wss} URI. {@code toString} leaves the query out.
 *
 * @param scheme {@code ws} or {@code wss}
 * @param host the host, in lower case; an IPv6 address in brackets
 * @param port the port, 1 to 65535, also where it is the scheme's default
 * @param path the path, from {@code /}
 * @param query the raw query, without the question mark; empty for none
 */
public record Target(String scheme, String host, int port, String path, String query) {

    /**
     * The URI to dial.
     *
     * @return the whole URI, with its query: not for logs
     */
    public URI toUri() {
        return URI.create(this + (query.isEmpty() ? "" : "?" + query));
    }

    @Override
    public String toString() {
        return scheme + "://" + host + ":" + port + path;
    }
}
