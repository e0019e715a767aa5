package io.headgate.host.authority;

import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one entry of a grant gives, and what of it nobody asked for.
 *
 * @param entry the entry
 * @param met whether any declared connection has a target under it
 * @param unaskedAccess the accesses that no connection asks for there
 * @param unaskedSubprotocols the subprotocols that no connection asks for there
 * @param broad why it gives more than it looks like, a sentence each
 * @param fix what would leave no more than is asked for; empty where nothing is too much, or the manifest asks for it
 */
record EntryReport(
        WebSocketGrant entry,
        boolean met,
        Set<Access> unaskedAccess,
        List<String> unaskedSubprotocols,
        List<String> broad,
        Optional<Fix> fix) {

    /** What fits on a screen. Beyond it, the connections themselves are the better list. */
    private static final int MAX_ENTRIES = 16;

    static EntryReport of(String plugin, WebSocketGrant entry, List<ConnectionDeclaration> declared) {
        List<WebSocketGrant> used = declared.stream()
                .flatMap(one -> Entries.used(entry, one).stream())
                .toList();
        Set<Access> unaskedAccess = EnumSet.copyOf(entry.access());
        Set<String> unaskedSubprotocols = new LinkedHashSet<>(entry.subprotocols());
        used.forEach(part -> {
            unaskedAccess.removeAll(part.access());
            part.subprotocols().forEach(unaskedSubprotocols::remove);
        });
        return new EntryReport(
                entry,
                declared.stream()
                        .anyMatch(
                                one -> entry.target().intersection(one.target()).isPresent()),
                unaskedAccess,
                List.copyOf(unaskedSubprotocols),
                Broad.reasons(entry),
                fix(plugin, entry, used, unaskedAccess, unaskedSubprotocols));
    }

    boolean isUnasked() {
        return unaskedAccess.equals(entry.access());
    }

    boolean isAsked() {
        return unaskedAccess.isEmpty() && unaskedSubprotocols.isEmpty();
    }

    private static Optional<Fix> fix(
            String plugin,
            WebSocketGrant entry,
            List<WebSocketGrant> used,
            Set<Access> unaskedAccess,
            Set<String> unaskedSubprotocols) {
        if (used.isEmpty()) {
            return Optional.of(Fix.remove(entry));
        }
        List<WebSocketGrant> narrow = Entries.merged(used);
        boolean canBeNarrowed = Broad.isOpen(entry.target())
                && narrow.size() <= MAX_ENTRIES
                && narrow.stream().noneMatch(part -> part.target().equals(entry.target()));
        if (canBeNarrowed) {
            return Optional.of(Fix.replace(plugin, entry, narrow));
        }
        if (unaskedAccess.isEmpty() && unaskedSubprotocols.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Fix.replace(plugin, entry, List.of(asked(entry, unaskedAccess, unaskedSubprotocols))));
    }

    private static WebSocketGrant asked(WebSocketGrant entry, Set<Access> unaskedAccess, Set<String> unasked) {
        Set<Access> access = EnumSet.copyOf(entry.access());
        access.removeAll(unaskedAccess);
        List<String> subprotocols = entry.subprotocols().stream()
                .filter(name -> !unasked.contains(name))
                .toList();
        return Entries.like(entry, entry.target(), access, subprotocols);
    }
}
