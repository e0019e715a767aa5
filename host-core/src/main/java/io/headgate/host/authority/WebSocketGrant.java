package io.headgate.host.authority;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a grant gives on the targets under a pattern. Several entries add up.
 *
 * @param target the targets it covers
 * @param query which query a URI may have that the plugin opens; {@code ANY} only with the access {@code subscribe}. Where several
 *     entries cover a target with {@code subscribe}, one that lets any pass is enough, and all else they give holds as for a URI
 *     without a query
 * @param access what may be done with them, at least one
 * @param subprotocols what may be offered to them; HTTP tokens, unique, at most 16; empty for none
 * @param addresses which addresses their names may lead to
 * @param sendBudget how many texts each connection to them may send, only with the access {@code send}; empty for no bound. Where
 *     several entries cover a target with {@code send}, all their budgets hold
 * @param tls what differs for their TLS, only for {@code wss}; where several entries cover a target with the access of a dial,
 *     their anchors add up, the highest version holds, and one client certificate
 * @param headers what the upgrade request of a dial has besides its own, by name: at most 32, names HTTP tokens of 1 to 64
 *     characters that differ whatever their case and are none of the host's own, such as {@code Host} or {@code Sec-}; only with an
 *     access that dials, and a target that names its host; empty for none. Where several entries cover a target, all are sent
 */
public record WebSocketGrant(
        TargetPattern target,
        QueryPolicy query,
        Set<Access> access,
        List<String> subprotocols,
        AddressPolicy addresses,
        Optional<SendBudget> sendBudget,
        TlsSettings tls,
        Map<String, HeaderValue> headers) {

    /** Copies and checks the components. */
    public WebSocketGrant {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(query, "query");
        access = Require.access(access);
        if (query == QueryPolicy.ANY && !access.contains(Access.SUBSCRIBE)) {
            throw new IllegalArgumentException("query must be DECLARED without the access subscribe, is ANY");
        }
        subprotocols = Require.subprotocols(subprotocols);
        Objects.requireNonNull(addresses, "addresses");
        Objects.requireNonNull(sendBudget, "sendBudget");
        if (sendBudget.isPresent() && !access.contains(Access.SEND)) {
            throw new IllegalArgumentException(
                    "sendBudget must be empty without the access send, is " + sendBudget.get());
        }
        if (!tls.isDefault() && !target.scheme().equals("wss")) {
            throw new IllegalArgumentException("tls must be the default for a ws target, is " + tls);
        }
        headers = Headers.checked(headers);
        if (!headers.isEmpty() && EntryConflict.dialling(access).isEmpty()) {
            throw new IllegalArgumentException("headers must be empty without the access subscribe or exchange");
        }
        if (!headers.isEmpty() && target.isAnyHost()) {
            throw new IllegalArgumentException(
                    "headers must be empty for any host: whoever names the URI would be sent them");
        }
    }

    /**
     * Grants access as a grant file does, without subprotocols, on public addresses.
     *
     * @param target a pattern that names its host, see {@link TargetPattern#parse}
     * @param first what may be done
     * @param more what else may be done
     * @return the entry
     * @throws TargetException when the pattern is malformed, or its host is {@code *}
     */
    public static WebSocketGrant of(String target, Access first, Access... more) {
        return of(false, target, first, more);
    }

    /**
     * Grants access to any host, as an entry with {@code any-host: true} in a grant file does, without subprotocols, on
     * public addresses.
     *
     * @param target a pattern whose host is {@code *}
     * @param first what may be done
     * @param more what else may be done
     * @return the entry
     * @throws TargetException when the pattern is malformed, or names a host
     */
    public static WebSocketGrant ofAnyHost(String target, Access first, Access... more) {
        return of(true, target, first, more);
    }

    /**
     * The same entry for other queries.
     *
     * @param newQuery see {@link #query()}
     * @return the entry
     */
    public WebSocketGrant withQuery(QueryPolicy newQuery) {
        return new WebSocketGrant(target, newQuery, access, subprotocols, addresses, sendBudget, tls, headers);
    }

    /**
     * The same entry with other subprotocols.
     *
     * @param newSubprotocols see {@link #subprotocols()}
     * @return the entry
     */
    public WebSocketGrant withSubprotocols(List<String> newSubprotocols) {
        return new WebSocketGrant(target, query, access, newSubprotocols, addresses, sendBudget, tls, headers);
    }

    /**
     * The same entry for other addresses.
     *
     * @param newAddresses see {@link #addresses()}
     * @return the entry
     */
    public WebSocketGrant withAddresses(AddressPolicy newAddresses) {
        return new WebSocketGrant(target, query, access, subprotocols, newAddresses, sendBudget, tls, headers);
    }

    /**
     * The same entry with a send budget.
     *
     * @param newSendBudget see {@link #sendBudget()}
     * @return the entry
     */
    public WebSocketGrant withSendBudget(SendBudget newSendBudget) {
        return new WebSocketGrant(
                target, query, access, subprotocols, addresses, Optional.of(newSendBudget), tls, headers);
    }

    /**
     * The same entry with other TLS settings.
     *
     * @param newTls see {@link #tls()}
     * @return the entry
     */
    public WebSocketGrant withTls(TlsSettings newTls) {
        return new WebSocketGrant(target, query, access, subprotocols, addresses, sendBudget, newTls, headers);
    }

    /**
     * The same entry with a header more, or with another value of it.
     *
     * @param name see {@link #headers()}
     * @param value what it is set to
     * @return the entry
     */
    public WebSocketGrant withHeader(String name, HeaderValue value) {
        Map<String, HeaderValue> newHeaders = new LinkedHashMap<>(headers);
        newHeaders.keySet().removeIf(name::equalsIgnoreCase);
        newHeaders.put(name, value);
        return new WebSocketGrant(target, query, access, subprotocols, addresses, sendBudget, tls, newHeaders);
    }

    private static WebSocketGrant of(boolean anyHost, String target, Access first, Access... more) {
        TargetPattern pattern = TargetPattern.parse(target);
        if (pattern.isAnyHost() != anyHost) {
            throw new TargetException(
                    anyHost
                            ? "it must be for any host: write '*' as the host, or use WebSocketGrant.of"
                            : "it is for any host: name the host, or use WebSocketGrant.ofAnyHost");
        }
        return new WebSocketGrant(
                pattern,
                QueryPolicy.DECLARED,
                EnumSet.of(first, more),
                List.of(),
                AddressPolicy.PUBLIC,
                Optional.empty(),
                TlsSettings.defaults(),
                Map.of());
    }
}
