package io.headgate.host.authority;

import java.util.Locale;

/** The rules that refuse a dial, a command or an exchange. The {@linkplain #wireName() names} are stable. */
public enum Rule {
    /** The manifest declares no connection of that name. */
    CONNECTION_NOT_DECLARED(true),
    /** The declared connection's target does not cover the URI. */
    TARGET_NOT_DECLARED(true),
    /** The manifest does not ask for the access that is needed. */
    ACCESS_NOT_DECLARED(true),
    /** No grant names the plugin, or not this release of it. */
    PLUGIN_NOT_GRANTED(true),
    /** The plugin is from a jar and its grant is for another one, or for none; or the grant is for a jar and the plugin from none. */
    DIGEST_NOT_GRANTED(true),
    /** No granted target covers the URI. */
    TARGET_NOT_GRANTED(true),
    /** The target is granted, and not with a query of the plugin's. */
    QUERY_NOT_GRANTED(true),
    /** The target is granted without the access {@code subscribe}. */
    SUBSCRIBE_NOT_GRANTED(true),
    /** The target is granted without the access {@code send}. */
    SEND_NOT_GRANTED(true),
    /** The target is granted without the access {@code exchange}. */
    EXCHANGE_NOT_GRANTED(true),
    /** The manifest asks for subprotocols and none of them is granted. */
    SUBPROTOCOL_NOT_GRANTED(true),
    /** The target's name leads to an address that is not granted. */
    ADDRESS_NOT_GRANTED(true),
    /** The trust, the client certificate or the TLS version on which it was dialled is not granted any more. */
    TLS_NOT_GRANTED(true),
    /** A header that a dial under way would send, or has just sent, is another one now, or none. */
    HEADERS_NOT_GRANTED(true),
    /** The service, or the incarnation that issued the command, has ended. */
    INCARNATION_ENDED(false),
    /** The service is stopping. */
    SERVICE_STOPPING(false),
    /** No session of the connection is open. */
    SESSION_NOT_OPEN(false),
    /** The command names a session that has ended. */
    STALE_EPOCH(false),
    /** The connection is open, or being dialled: there is nothing to dial. */
    ALREADY_CONNECTED(false),
    /** Too many commands, or too many bytes, wait to be written. */
    MAILBOX_FULL(false),
    /** It has waited for as long as a text may, and the connection's send budget is used up. */
    OVER_SEND_BUDGET(false),
    /** As many connections of the service that are declared by a pattern are dialled or open as may be. */
    TOO_MANY_OPEN(false),
    /** The service has opened as many URIs lately as it may. */
    OVER_OPEN_BUDGET(false),
    /** As many exchanges of the service are open as may be. */
    TOO_MANY_EXCHANGES(false),
    /** The exchange has sent as many texts as it may. */
    EXCHANGE_USED_UP(false),
    /** The text is longer than the connection's largest message. */
    TEXT_TOO_LARGE(false),
    /** The text is no valid UTF-16: it holds a lone surrogate. */
    TEXT_MALFORMED(false),
    /** The id is too long, blank, one of the host's, or holds characters that cannot be printed. */
    ID_MALFORMED(false),
    /** Another undecided command has the same id. */
    ID_IN_USE(false),
    /** The close code may not be sent, or the reason is too long. */
    CLOSE_MALFORMED(false),
    /** The URI is no WebSocket URI that this host accepts. */
    URI_MALFORMED(false);

    private final boolean authority;

    Rule(boolean authority) {
        this.authority = authority;
    }

    /**
     * Whether it is a matter of authority: such a refusal counts as denied, any other as rejected.
     *
     * @return whether a manifest or a grant would have to change
     */
    public boolean isAuthority() {
        return authority;
    }

    /**
     * The stable name, for events, logs and metrics.
     *
     * @return for example {@code send-not-granted}
     */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
