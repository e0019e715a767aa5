package io.headgate.host.authority;

import io.headgate.host.authority.AccessReport.Result;
import java.util.List;

/**
 * What a report comes to.
 *
 * @param connections the declared connections
 * @param asked the accesses that they ask for; what is granted, partly granted and refused adds up to it
 * @param granted the accesses that are granted
 * @param partly the accesses that are granted for some of the URIs under a declared pattern
 * @param refused the accesses that are refused
 * @param unasked the grants without a manifest, and the entries of others with something that nobody asked for
 * @param broad the entries that give more than they look like
 */
record ReportCounts(int connections, int asked, int granted, int partly, int refused, int unasked, int broad) {

    static ReportCounts of(List<PluginReport> plugins, List<GrantReport> grants) {
        List<ConnectionReport> connections = plugins.stream()
                .flatMap(plugin -> plugin.connections().stream())
                .toList();
        List<Result> results = connections.stream()
                .flatMap(connection -> connection.access().stream())
                .map(AccessReport::result)
                .toList();
        List<EntryReport> entries =
                grants.stream().flatMap(grant -> grant.entries().stream()).toList();
        return new ReportCounts(
                connections.size(),
                results.size(),
                count(results, Result.GRANTED),
                count(results, Result.PARTLY),
                count(results, Result.REFUSED),
                grants.stream().mapToInt(ReportCounts::unasked).sum(),
                (int) entries.stream().filter(entry -> !entry.broad().isEmpty()).count());
    }

    private static int count(List<Result> results, Result result) {
        return (int) results.stream().filter(result::equals).count();
    }

    private static int unasked(GrantReport grant) {
        return grant.known()
                ? (int) grant.entries().stream()
                        .filter(entry -> !entry.isAsked())
                        .count()
                : 1;
    }
}
