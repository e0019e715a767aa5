package io.headgate.host.ws;

import io.headgate.host.diagnostics.Printable;

/**
 * What TLS was not established for, in the host's words. {@code {host}} is the target's host, {@code {what}} what the check found:
 * from a certificate it is the peer's text, so it is cut and escaped.
 */
enum TlsCheck {
    /** The port is for something else. */
    NOT_TLS("{host} does not speak TLS on that port"),
    /** Nothing in common, or the least version is higher than the peer's. */
    VERSION("{host} speaks no version of TLS that is let through, {what} or later"),
    /** Said with an alert that none of the others stands for. */
    REFUSED("{host} refused the handshake ({what})"),
    /** Not even a wrong one: without it Java would take the common name. */
    NO_NAME(
            "the certificate of {host} has no {what} among its subject alternative names; its common name is not looked at"),
    /** For another host. */
    WRONG_NAME("the certificate of {host} is not for that name, but for {what}"),
    /** The peer's own. */
    EXPIRED("the certificate of {host} expired at {what}"),
    /** Likewise. */
    NOT_YET_VALID("the certificate of {host} is not valid before {what}"),
    /** One that vouches for itself, and that nobody trusts. */
    SELF_SIGNED("the certificate of {host} is self-signed, and not trusted itself"),
    /** Somebody issued it whom nobody knows; or those in between were not sent. */
    UNTRUSTED("the certificate of {host} leads to no trusted one: its issuer {what} is neither trusted nor sent along"),
    /** Everything else that is wrong with a certificate or those behind it. */
    CHAIN("the certificates of {host} do not hold ({what})"),
    /** Asked for; there is none. */
    CLIENT_CERTIFICATE_MISSING("{host} asks for a client certificate, and the grant has none for it"),
    /** Shown, and not taken. */
    CLIENT_CERTIFICATE_REFUSED("{host} refused the grant's client certificate ({what})");

    private static final int MAX_HOST = 64;
    private static final int MAX_WHAT = 64;

    private final String text;

    TlsCheck(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /** At most 256 characters. */
    String message(String host, String what) {
        // In this order: a host has no braces, and what a peer has in its names is not looked through for them.
        return DialStage.TLS.unmet(false) + ": "
                + text.replace("{host}", cut(host, MAX_HOST)).replace("{what}", cut(what, MAX_WHAT));
    }

    private static String cut(String text, int most) {
        String printable = Printable.text(text);
        return printable.codePointCount(0, printable.length()) <= most
                ? printable
                : printable.substring(0, printable.offsetByCodePoints(0, most - 1)) + "…";
    }
}
