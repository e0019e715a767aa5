package io.headgate.host.authority;

import java.util.Optional;

/**
 * What a grant covers: one target, or the targets under a path, or under a domain. The query is no part of it.
 *
 * <p>Scheme and port match exactly. A host {@code *.example.com} stands for one or more labels before
 * {@code .example.com}, never for {@code example.com} itself; a host {@code *} stands for any host, addresses too. A
 * path that ends in {@code /**} stands for whole segments: {@code /v1/**} covers {@code /v1}, {@code /v1/x} and
 * {@code /v1/x/y}, not {@code /v10}. All else is literal.
 *
 * @param scheme {@code ws} or {@code wss}
 * @param host the host as in {@link Target}; or {@code *.} and a domain of at least two labels that is no public suffix,
 *     such as {@code co.uk}; or {@code *}
 * @param port the port, 1 to 65535
 * @param path the path as in {@link Target}, with {@code /**} at its end or not
 */
public record TargetPattern(String scheme, String host, int port, String path) {

    private static final String ANY_HOST = "*";
    private static final String ANY_LABELS = "*.";
    private static final String ANY_SEGMENTS = "/**";

    /**
     * Checks the components.
     *
     * @throws TargetException when a component is malformed, or not spelled as {@link #parse} would spell it
     */
    public TargetPattern {
        if (!TargetSyntax.scheme(scheme).equals(scheme) || !normalisedHost(host).equals(host)) {
            throw new TargetException("scheme and host must be in their one spelling, in lower case");
        }
        if (!normalisedPath(path).equals(path)) {
            throw new TargetException("the path must be in its one spelling");
        }
        TargetSyntax.port(port);
        TargetSyntax.checkLength(spelled(scheme, host, port, path).length());
    }

    /**
     * Parses a pattern, for example {@code wss://*.example.com:8443/v1/**}.
     *
     * @param text the pattern, at most 2048 characters; a missing port becomes the scheme's default, a missing path
     *     {@code /}
     * @return the pattern
     * @throws TargetException when it is malformed or has a query; the message never quotes the text
     */
    public static TargetPattern parse(String text) {
        TargetSyntax.Parts parts = TargetSyntax.split(text);
        if (text.indexOf('?') >= 0) {
            throw new TargetException(
                    "a pattern has no query: it comes from the URI that a manifest declares, or from a plugin whose entry has `query: any`");
        }
        return new TargetPattern(
                parts.scheme(), normalisedHost(parts.host()), parts.port(), normalisedPath(parts.path()));
    }

    /**
     * The pattern that covers one target, with any query.
     *
     * @param target the target
     * @return the pattern
     */
    public static TargetPattern exactly(Target target) {
        return new TargetPattern(target.scheme(), target.host(), target.port(), target.path());
    }

    /**
     * Whether it covers a target. The target's query plays no part.
     *
     * @param target the target
     * @return whether scheme, host, port and path match
     */
    public boolean matches(Target target) {
        return port == target.port()
                && scheme.equals(target.scheme())
                && coversHost(target.host())
                && matchesPath(target.path());
    }

    /**
     * Whether it covers one target only.
     *
     * @return whether neither host nor path is open
     */
    public boolean isExact() {
        return !host.startsWith(ANY_HOST) && !isOpen(path);
    }

    @Override
    public String toString() {
        return spelled(scheme, host, port, path);
    }

    /** Whether it covers every target that the other covers. A pattern's open parts are compared as if they were labels. */
    boolean covers(TargetPattern other) {
        return port == other.port && scheme.equals(other.scheme) && coversHost(other.host) && matchesPath(other.path);
    }

    boolean overlaps(TargetPattern other) {
        return port == other.port
                && scheme.equals(other.scheme)
                && (coversHost(other.host) || other.coversHost(host))
                && (matchesPath(other.path) || other.matchesPath(path));
    }

    /** The pattern of the targets that both cover; empty where there are none, or none that is short enough. */
    Optional<TargetPattern> intersection(TargetPattern other) {
        if (!overlaps(other)) {
            return Optional.empty();
        }
        if (covers(other) || other.covers(this)) {
            return Optional.of(covers(other) ? other : this);
        }
        String narrowHost = coversHost(other.host) ? other.host : host;
        String narrowPath = matchesPath(other.path) ? other.path : path;
        return spelled(scheme, narrowHost, port, narrowPath).length() > TargetSyntax.MAX_LENGTH
                ? Optional.empty()
                : Optional.of(new TargetPattern(scheme, narrowHost, port, narrowPath));
    }

    boolean isAnyPath() {
        return path.equals(ANY_SEGMENTS);
    }

    boolean isAnyLabels() {
        return host.startsWith(ANY_LABELS);
    }

    boolean isAnyHost() {
        return host.equals(ANY_HOST);
    }

    boolean coversHost(String other) {
        int suffix = host.length() - 1;
        return host.startsWith(ANY_LABELS)
                ? other.length() > suffix && other.regionMatches(other.length() - suffix, host, 1, suffix)
                : isAnyHost() || host.equals(other);
    }

    private boolean matchesPath(String other) {
        if (!isOpen(path)) {
            return path.equals(other);
        }
        int prefix = prefixLength(path);
        return other.regionMatches(0, path, 0, prefix) && (other.length() == prefix || other.charAt(prefix) == '/');
    }

    private static boolean isOpen(String path) {
        return path.endsWith(ANY_SEGMENTS);
    }

    private static int prefixLength(String path) {
        return path.length() - ANY_SEGMENTS.length();
    }

    private static String normalisedHost(String raw) {
        if (raw.equals(ANY_HOST)) {
            return raw;
        }
        if (!raw.startsWith(ANY_LABELS)) {
            return HostName.normalise(raw);
        }
        String domain = HostName.normalise(raw.substring(ANY_LABELS.length()));
        if (HostName.isAddress(domain) || domain.indexOf('.') < 0) {
            throw new TargetException("'*.' must be followed by a domain of at least two labels");
        }
        if (PublicSuffix.covers(domain)) {
            throw new TargetException(
                    "'*.' must not be followed by a public suffix, under which anybody can have a name");
        }
        return ANY_LABELS + domain;
    }

    private static String normalisedPath(String raw) {
        if (raw.equals(ANY_SEGMENTS)) {
            return raw;
        }
        return isOpen(raw)
                ? TargetPath.normalise(raw.substring(0, prefixLength(raw))) + ANY_SEGMENTS
                : TargetPath.normalise(raw);
    }

    private static String spelled(String scheme, String host, int port, String path) {
        return scheme + "://" + host + ":" + port + path;
    }
}
