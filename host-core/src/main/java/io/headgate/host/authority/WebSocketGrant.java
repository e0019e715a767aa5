package io.headgate.host.authority;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What a grant gives on the targets under a pattern. Several entries add up.
 *
 * @param target the targets it covers
 * @param access what may be done with them, at least one
 * @param subprotocols what may be offered to them; HTTP tokens, unique, at most 16; empty for none
 */
public record WebSocketGrant(TargetPattern target, Set<Access> access, List<String> subprotocols) {

    /** Copies and checks the components. */
    public WebSocketGrant {
        Objects.requireNonNull(target, "target");
        access = Require.access(access);
        subprotocols = Require.subprotocols(subprotocols);
    }

    /**
     * Grants access as a grant file does, without subprotocols.
     *
     * @param target a pattern, see {@link TargetPattern#parse}
     * @param first what may be done
     * @param more what else may be done
     * @return the entry
     * @throws TargetException when the pattern is malformed
     */
    public static WebSocketGrant of(String target, Access first, Access... more) {
        return new WebSocketGrant(TargetPattern.parse(target), EnumSet.of(first, more), List.of());
    }

    /**
     * The same entry with other subprotocols.
     *
     * @param newSubprotocols see {@link #subprotocols()}
     * @return the entry
     */
    public WebSocketGrant withSubprotocols(List<String> newSubprotocols) {
        return new WebSocketGrant(target, access, newSubprotocols);
    }
}
