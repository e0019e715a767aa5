package io.headgate.host.authority;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * On which terms a target may be dialled: what the authority gives besides the permission itself. Empty, and so of no use, where
 * there is none.
 *
 * @param subprotocols what to offer, in order of preference; empty for none
 * @param addresses which addresses the target may stand for, or that the host's proxy dials it
 * @param tls what differs for its TLS
 * @param headers what the upgrade request has besides its own, by name; as {@link WebSocketGrant#headers()}, with which they are
 *     sent to nobody but the target
 */
public record DialTerms(
        List<String> subprotocols, AddressPolicy addresses, TlsSettings tls, Map<String, HeaderValue> headers) {

    /** Those of a target that may not be dialled: no address is let through. */
    public static final DialTerms NONE = new DialTerms(List.of(), AddressPolicy.NONE, TlsSettings.defaults(), Map.of());

    /** Copies and checks the components. */
    public DialTerms {
        subprotocols = List.copyOf(subprotocols);
        Objects.requireNonNull(addresses, "addresses");
        Objects.requireNonNull(tls, "tls");
        headers = Headers.checked(headers);
    }

    /**
     * Terms without subprotocols and headers, and with the TLS that is the default.
     *
     * @param addresses see {@link #addresses()}
     * @return the terms
     */
    public static DialTerms of(AddressPolicy addresses) {
        return new DialTerms(List.of(), addresses, TlsSettings.defaults(), Map.of());
    }

    /**
     * The same terms with other subprotocols.
     *
     * @param newSubprotocols see {@link #subprotocols()}
     * @return the terms
     */
    public DialTerms withSubprotocols(List<String> newSubprotocols) {
        return new DialTerms(newSubprotocols, addresses, tls, headers);
    }

    /**
     * The same terms with other TLS settings.
     *
     * @param newTls see {@link #tls()}
     * @return the terms
     */
    public DialTerms withTls(TlsSettings newTls) {
        return new DialTerms(subprotocols, addresses, newTls, headers);
    }

    /**
     * The same terms with other headers.
     *
     * @param newHeaders see {@link #headers()}
     * @return the terms
     */
    public DialTerms withHeaders(Map<String, HeaderValue> newHeaders) {
        return new DialTerms(subprotocols, addresses, tls, newHeaders);
    }

    /**
     * Whether a dial that nobody has answered yet may go on when its terms have changed.
     *
     * @param now the terms of this moment
     * @return refused, with the term that has changed; its headers have to be the same, as it may not have sent them yet
     */
    public Verdict stillHold(DialTerms now) {
        return now.headers.equals(headers)
                ? stillHold(now, subprotocols)
                : Verdict.refused(
                        Rule.HEADERS_NOT_GRANTED,
                        "the headers of a dial under way were changed in the grant",
                        "open another exchange");
    }

    /**
     * Whether what was dialled on these terms may go on when they have changed. Of an open socket the host does not know any more
     * where it leads: so the address policy has to be the same, and not only a wider one. By which anchor its peer was trusted is
     * not known either: so each of them has to be there still, and more of them do no harm. Its headers were sent, and nothing takes them back: other ones are for the next dial.
     *
     * @param now the terms of this moment
     * @param spoken the subprotocols that the session speaks, or may come to speak
     * @return refused, with the term that has changed
     */
    public Verdict stillHold(DialTerms now, List<String> spoken) {
        if (!now.addresses.equals(addresses)) {
            return Verdict.refused(
                    Rule.ADDRESS_NOT_GRANTED,
                    "which addresses the target may lead to was changed in the grant",
                    "open another exchange");
        }
        if (!tls.holdsUnder(now.tls)) {
            return Verdict.refused(
                    Rule.TLS_NOT_GRANTED,
                    "what the target's TLS has to be was changed in the grant",
                    "open another exchange");
        }
        if (!now.subprotocols.containsAll(spoken)) {
            return Verdict.refused(
                    Rule.SUBPROTOCOL_NOT_GRANTED,
                    "a subprotocol that was offered or chosen is not granted any more",
                    "open another exchange");
        }
        return Verdict.ALLOWED;
    }
}
