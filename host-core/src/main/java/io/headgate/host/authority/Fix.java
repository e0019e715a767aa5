package io.headgate.host.authority;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What to do with a grant file. Each stands for itself: it is for the file as it is.
 *
 * @param action what to do
 * @param entry the entry that is changed or removed; empty where none is
 * @param yaml what to write; behind {@code version: 1} and {@code grants:} it is a grant file; empty where something is to go
 */
record Fix(Action action, Optional<WebSocketGrant> entry, String yaml) {

    /** What is to be done. */
    enum Action {
        /** Write one more grant. */
        ADD_GRANT("as one more grant"),
        /** Write the release into the plugin's grant. */
        SET_RELEASE("as the release in the grant"),
        /** Write the jar's digest into the plugin's grant. */
        SET_DIGEST("as the digest in the grant"),
        /** Write one more entry into the plugin's grant. */
        ADD_ENTRY("as one more entry in the grant"),
        /** Write entries in the place of one. */
        REPLACE_ENTRY("in the place of the entry for"),
        /** Remove an entry. */
        REMOVE_ENTRY("remove the entry for"),
        /** Remove a grant. */
        REMOVE_GRANT("remove the grant, or hand in the manifest of its plugin");

        private final String text;

        Action(String text) {
            this.text = text;
        }

        String wireName() {
            return WireNames.of(this);
        }
    }

    static Fix addGrant(PluginRequest request) {
        Manifest manifest = request.manifest();
        List<WebSocketGrant> asked = manifest.services().stream()
                .flatMap(service -> service.connections().stream())
                .flatMap(declared -> Entries.asked(declared).stream())
                .distinct()
                .sorted(Entries.ORDER)
                .toList();
        return new Fix(Action.ADD_GRANT, Optional.empty(), GrantYaml.grant(manifest.id(), request.jar(), asked));
    }

    static Fix setRelease(Manifest manifest) {
        return new Fix(Action.SET_RELEASE, Optional.empty(), GrantYaml.release(manifest.id(), manifest.release()));
    }

    /** Where the plugin's jar is not at hand, the grant names none that could be written there. */
    static Fix setDigest(PluginRequest request) {
        return new Fix(
                Action.SET_DIGEST,
                Optional.empty(),
                GrantYaml.digest(request.manifest().id(), request.jar().orElseThrow()));
    }

    /** Gives a connection what it misses: by the entry for the same target, if there is one with room. */
    static Fix give(Grant grant, ConnectionDeclaration declared, Set<Access> missing) {
        WebSocketGrant more = Entries.giving(declared, missing);
        return grant.websocket().stream()
                .filter(entry -> entry.target().equals(more.target()))
                .filter(entry -> sendsNoMore(entry, missing))
                .filter(entry ->
                        entry.subprotocols().size() + more.subprotocols().size() <= Require.MAX_SUBPROTOCOLS)
                .min(Entries.ORDER)
                .map(entry -> replace(grant.plugin(), entry, List.of(reaching(declared, Entries.union(entry, more)))))
                .orElseGet(() ->
                        new Fix(Action.ADD_ENTRY, Optional.empty(), GrantYaml.grant(grant.plugin(), List.of(more))));
    }

    /** Headers that are meant for one kind of dial are sent with no other. */
    private static boolean sendsNoMore(WebSocketGrant entry, Set<Access> missing) {
        return entry.headers().isEmpty() || entry.access().containsAll(EntryConflict.dialling(missing));
    }

    private static WebSocketGrant reaching(ConnectionDeclaration declared, WebSocketGrant entry) {
        return Entries.missingAddresses(declared, entry.addresses())
                .map(missing -> entry.withAddresses(entry.addresses().or(missing)))
                .orElse(entry);
    }

    static Fix replace(String plugin, WebSocketGrant entry, List<WebSocketGrant> by) {
        return new Fix(Action.REPLACE_ENTRY, Optional.of(entry), GrantYaml.grant(plugin, by));
    }

    static Fix remove(WebSocketGrant entry) {
        return new Fix(Action.REMOVE_ENTRY, Optional.of(entry), "");
    }

    static Fix removeGrant() {
        return new Fix(Action.REMOVE_GRANT, Optional.empty(), "");
    }

    /** What to do, in words. */
    String instruction() {
        return action.text
                + entry.map(changed -> " " + changed.target() + " with the access " + GrantYaml.access(changed))
                        .orElse("");
    }
}
