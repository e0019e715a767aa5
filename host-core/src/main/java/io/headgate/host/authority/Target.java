package io.headgate.host.authority;

import java.net.URI;
import java.util.Objects;

/**
 * A parsed {@code ws} or {@code wss} URI. {@code toString} leaves the query out: a query often holds a token.
 *
 * <p>There is one spelling of a target. What two readers could take for two targets is refused: user-info, fragments,
 * backslashes, whitespace, dot segments, encoded slashes, numbers as hosts.
 *
 * @param scheme {@code ws} or {@code wss}
 * @param host the host, in lower case and ASCII, without a dot at its end; an IPv6 address in brackets
 * @param port the port, 1 to 65535, also where it is the scheme's default
 * @param path the raw path, from {@code /}; without {@code *}; percent-encoded only where it has to be, in upper case
 * @param query the raw query as it is written, without the question mark; empty for none
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
        if (!TargetPath.normalise(path).equals(path)) {
            throw new TargetException("the path must be in its one spelling");
        }
        TargetSyntax.port(port);
        TargetSyntax.checkQuery(query);
        TargetSyntax.checkLength(spelled(scheme, host, port, path, query).length());
    }

    /**
     * Parses a URI.
     *
     * @param text the URI, at most 2048 characters, with its port and the rest of its one spelling too; a missing port
     *     becomes the scheme's default, a missing path a slash; a host may have characters outside ASCII, and becomes what
     *     UTS #46 makes of it
     * @return the target
     * @throws TargetException when this host does not accept it; the message never quotes the text
     */
    public static Target parse(String text) {
        TargetSyntax.Parts parts = TargetSyntax.split(text);
        return new Target(
                parts.scheme(),
                HostName.normalise(parts.host()),
                parts.port(),
                TargetPath.normalise(parts.path()),
                parts.query());
    }

    /**
     * The URI to dial.
     *
     * @return the whole URI, with its query: not for logs
     */
    public URI toUri() {
        return URI.create(spelled(scheme, host, port, path, query));
    }

    @Override
    public String toString() {
        return spelled(scheme, host, port, path, "");
    }

    private static String spelled(String scheme, String host, int port, String path, String query) {
        return scheme + "://" + host + ":" + port + path + (query.isEmpty() ? "" : "?" + query);
    }
}
