package io.headgate.host.authority;

import java.net.URI;
import java.util.Objects;

/**
 * A parsed {@code ws} or {@code wss} URI. {@code toString} leaves the query out: a query often holds a token.
 *
 * <p>There is one spelling of a target. What two readers could take for two targets is refused: user-info, fragments,
 * backslashes, whitespace, dot segments, encoded slashes, numbers as hosts, characters outside ASCII.
 *
 * @param scheme {@code ws} or {@code wss}
 * @param host the host, in lower case; an IPv6 address in brackets
 * @param port the port, 1 to 65535, also where it is the scheme's default
 * @param path the raw path, from {@code /}; without {@code *}
 * @param query the raw query, without the question mark; empty for none
 */
public record Target(String scheme, String host, int port, String path, String query) {

    /**
     * Checks the components.
     *
     * @throws TargetException when a component is malformed, or not spelled as {@link #parse} would spell it
     */
    public Target {
        Objects.requireNonNull(query, "query");
        if (!TargetSyntax.scheme(scheme).equals(scheme)
                || !HostName.normalise(host).equals(host)) {
            throw new TargetException("scheme and host must be in their one spelling, in lower case");
        }
        TargetSyntax.port(port);
        TargetSyntax.checkPath(path);
        TargetSyntax.checkQuery(query);
        TargetSyntax.checkLength(path.length() + query.length());
    }

    /**
     * Parses a URI.
     *
     * @param text the URI, at most 2048 characters; a missing port becomes the scheme's default, a missing path a slash
     * @return the target
     * @throws TargetException when this host does not accept it; the message never quotes the text
     */
    public static Target parse(String text) {
        TargetSyntax.Parts parts = TargetSyntax.split(text);
        return new Target(parts.scheme(), HostName.normalise(parts.host()), parts.port(), parts.path(), parts.query());
    }

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
