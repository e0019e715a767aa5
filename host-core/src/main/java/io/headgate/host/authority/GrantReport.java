package io.headgate.host.authority;

import java.util.List;
import java.util.Optional;

/**
 * What one grant gives, and what of it nobody asked for.
 *
 * @param grant the grant
 * @param known whether a manifest has its plugin
 * @param refused why it gives that plugin nothing at all; empty where it may give something
 * @param entries its entries
 * @param fix what to do with the grant as a whole; empty for nothing
 */
record GrantReport(
        Grant grant, boolean known, Optional<Verdict.Refused> refused, List<EntryReport> entries, Optional<Fix> fix) {

    static GrantReport of(Grant grant, Optional<PluginReport> plugin) {
        List<ConnectionDeclaration> declared = plugin.map(PluginReport::connections).orElse(List.of()).stream()
                .map(ConnectionReport::declared)
                .toList();
        List<EntryReport> entries = grant.websocket().stream()
                .sorted(Entries.ORDER)
                .map(entry -> EntryReport.of(grant.plugin(), entry, declared))
                .toList();
        return new GrantReport(
                grant,
                plugin.isPresent(),
                plugin.flatMap(PluginReport::refused),
                entries,
                plugin.isPresent() ? Optional.empty() : Optional.of(Fix.removeGrant()));
    }
}
