package io.headgate.host.ws;

/**
 * Who the host is to its proxy. Shown nowhere.
 *
 * @param user printable ASCII without {@code :}, 1 to 255 characters
 * @param password printable ASCII, 1 to 255 characters
 */
public record ProxyLogin(String user, String password) {

    private static final int MAX_CHARACTERS = 255;

    /** Checks the components. */
    public ProxyLogin {
        check("user", user);
        check("password", password);
        if (user.indexOf(':') >= 0) {
            throw new IllegalArgumentException("user must be without ':', which ends it in HTTP");
        }
    }

    /** A length is all that is said of it: RFC 1929 has one byte for it, and what is outside ASCII has no one encoding. */
    private static void check(String what, String text) {
        if (text.isEmpty() || text.length() > MAX_CHARACTERS || !text.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            throw new IllegalArgumentException(
                    what + " must be 1 to " + MAX_CHARACTERS + " characters of printable ASCII, has " + text.length());
        }
    }

    @Override
    public String toString() {
        return "ProxyLogin[not shown]";
    }
}
