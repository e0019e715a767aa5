package io.headgate.samples.standalone.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the operator's HTTP listens, and whom it answers.
 *
 * @param address an IP address of this machine; default: 127.0.0.1
 * @param port 0 to 65535, 0 for one that is free; default: 9464
 * @param token what a request has to bring as {@code Authorization: Bearer}; 16 to 256 printable ASCII characters without blanks.
 *     Required where the address is not a loopback one; default: none
 */
public record HttpOptions(String address, int port, Optional<String> token) {

    private static final int HIGHEST_PORT = 65_535;
    private static final int SHORTEST_TOKEN = 16;
    private static final int LONGEST_TOKEN = 256;

    /** Checks the components. */
    public HttpOptions {
        Objects.requireNonNull(token, "token");
        if (port < 0 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("port must be from 0 to " + HIGHEST_PORT + ", is " + port);
        }
        if (token.isPresent() && !isToken(token.get())) {
            throw new IllegalArgumentException("token must be " + SHORTEST_TOKEN + " to " + LONGEST_TOKEN
                    + " printable ASCII characters without blanks, is another text (not shown)");
        }
        if (!isIpAddress(address)) {
            throw new IllegalArgumentException("address must be an IP address, is \"" + address + "\"");
        }
        if (token.isEmpty() && !parsed(address).isLoopbackAddress()) {
            throw new IllegalArgumentException(
                    "address " + address
                            + " is not a loopback address, and there is no token: whoever reaches it could read everything; set one, or listen on 127.0.0.1");
        }
    }

    /**
     * The options nobody changed.
     *
     * @return the defaults
     */
    public static HttpOptions defaults() {
        return new HttpOptions("127.0.0.1", 9464, Optional.empty());
    }

    /** What is shown of it: not its token. */
    @Override
    public String toString() {
        return address + ":" + port + (token.isPresent() ? ", with a token" : "");
    }

    private static boolean isToken(String text) {
        return text.length() >= SHORTEST_TOKEN
                && text.length() <= LONGEST_TOKEN
                && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    /** Nothing that would have to be looked up. */
    private static boolean isIpAddress(String text) {
        boolean looksLikeOne =
                text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}") || text.matches("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
        try {
            return looksLikeOne && InetAddress.getByName(text) != null;
        } catch (UnknownHostException none) {
            return false;
        }
    }

    private static InetAddress parsed(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(address, impossible);
        }
    }
}
