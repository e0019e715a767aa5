package io.headgate.host.ws;

import io.netty.util.NetUtil;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The host's proxy. What is granted with {@code addresses: trusted-proxy} is dialled through it: it is told the target's name and
 * port, resolves the name, and hands bytes on. TLS is the target's, end to end; the request and its headers go through the tunnel.
 *
 * @param kind how it is spoken to
 * @param host its name or IP address, without brackets; resolved by the host at each dial, and trusted wherever it leads
 * @param port its port, 1 to 65535
 * @param login what it is told when it asks who is there; default: nothing
 */
public record ProxyOptions(Kind kind, String host, int port, Optional<ProxyLogin> login) {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]{1,253}");

    /** How a proxy is spoken to. In the clear: what it is told can be read on the way there. */
    public enum Kind {
        /** {@code CONNECT} of HTTP/1.1 (RFC 9110, 9.3.6); a login is sent with the first request (Basic, RFC 7617). */
        HTTP_CONNECT,
        /** SOCKS 5 (RFC 1928), with the target's name, not its address; a login is sent when the proxy asks for it (RFC 1929). */
        SOCKS5
    }

    /** Checks the components. */
    public ProxyOptions {
        Objects.requireNonNull(kind, "kind");
        if (!NAME.matcher(host).matches() && !isIpv6(host)) {
            throw new IllegalArgumentException(
                    "host must be a name of 1 to 253 letters, digits, '.', '-' and '_', or an IP"
                            + " address without brackets and zone");
        }
        LoopOptions.between("port", port, 1, 65_535);
        Objects.requireNonNull(login, "login");
    }

    /** Netty takes brackets and zones for parts of an address. */
    private static boolean isIpv6(String host) {
        return NetUtil.isValidIpV6Address(host) && host.indexOf('[') < 0 && host.indexOf('%') < 0;
    }

    /**
     * A proxy that knows {@code CONNECT}.
     *
     * @param host see {@link #host()}
     * @param port 1 to 65535
     * @return without a login
     */
    public static ProxyOptions httpConnect(String host, int port) {
        return new ProxyOptions(Kind.HTTP_CONNECT, host, port, Optional.empty());
    }

    /**
     * A proxy that knows SOCKS 5.
     *
     * @param host see {@link #host()}
     * @param port 1 to 65535
     * @return without a login
     */
    public static ProxyOptions socks5(String host, int port) {
        return new ProxyOptions(Kind.SOCKS5, host, port, Optional.empty());
    }

    /**
     * The same proxy with a login.
     *
     * @param user printable ASCII without {@code :}, 1 to 255 characters
     * @param password printable ASCII, 1 to 255 characters
     * @return a changed copy
     */
    public ProxyOptions withLogin(String user, String password) {
        return new ProxyOptions(kind, host, port, Optional.of(new ProxyLogin(user, password)));
    }
}
