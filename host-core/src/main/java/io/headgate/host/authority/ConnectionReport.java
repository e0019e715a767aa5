package io.headgate.host.authority;

import io.headgate.host.authority.AccessReport.Result;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one connection asks for, and what it gets.
 *
 * @param service the service's name
 * @param declared what it asks for
 * @param access what became of each access that it asks for
 * @param entries which entries of the grant its target has to do with
 * @param fix what would give it the rest; empty where nothing is missing, and where no entry can give it
 */
record ConnectionReport(
        String service,
        ConnectionDeclaration declared,
        List<AccessReport> access,
        List<Overlap> entries,
        Optional<Fix> fix) {

    /**
     * That an entry covers some of a connection's targets.
     *
     * @param entry the entry's target
     * @param all whether it covers all of them
     */
    record Overlap(TargetPattern entry, boolean all) {}

    static ConnectionReport of(
            Authority authority, ServiceDeclaration service, ConnectionDeclaration declared, Optional<Grant> grant) {
        List<WebSocketGrant> entries = grant.map(Grant::websocket).orElse(List.of());
        ConnectionInquiry inquiry = new ConnectionInquiry(authority, declared, entries);
        List<AccessReport> access =
                declared.access().stream().map(inquiry::about).toList();
        return new ConnectionReport(
                service.name(), declared, access, overlaps(declared, entries), fix(declared, access, grant));
    }

    boolean isOpen() {
        return declared.dialTarget().isEmpty();
    }

    /** Subprotocols that are asked for and offered by no dial, where there is one. That others are is enough for it. */
    List<String> notOffered() {
        if (!given(Access.SUBSCRIBE) && !given(Access.EXCHANGE)) {
            return List.of();
        }
        Set<String> offered = access.stream()
                .flatMap(report -> report.given().stream())
                .flatMap(given -> given.subprotocols().stream())
                .collect(Collectors.toSet());
        return declared.subprotocols().stream()
                .filter(name -> !offered.contains(name))
                .toList();
    }

    /** Without a session there is nothing to send on. */
    boolean sendsOnNothing() {
        return given(Access.SEND) && !given(Access.SUBSCRIBE);
    }

    private boolean given(Access asked) {
        return access.stream().anyMatch(report -> report.access() == asked && report.result() != Result.REFUSED);
    }

    private static List<Overlap> overlaps(ConnectionDeclaration declared, List<WebSocketGrant> entries) {
        return entries.stream()
                .sorted(Entries.ORDER)
                .map(WebSocketGrant::target)
                .filter(entry -> entry.overlaps(declared.target()))
                .map(entry -> new Overlap(entry, entry.covers(declared.target())))
                .distinct()
                .toList();
    }

    /** Where the whole grant gives nothing, an entry would not either: that is the plugin's to mend. */
    private static Optional<Fix> fix(ConnectionDeclaration declared, List<AccessReport> access, Optional<Grant> grant) {
        List<AccessReport> missing =
                access.stream().filter(AccessReport::canBeGiven).toList();
        if (missing.isEmpty() || missing.stream().anyMatch(ConnectionReport::isThePlugins)) {
            return Optional.empty();
        }
        Set<Access> given = missing.stream()
                .map(AccessReport::access)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Access.class)));
        return grant.map(from -> Fix.give(from, declared, given));
    }

    private static boolean isThePlugins(AccessReport report) {
        return report.refused()
                .filter(verdict -> PluginReport.isWhole(verdict.rule()))
                .isPresent();
    }
}
