package io.headgate.host.authority;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one plugin asks for, and what it gets.
 *
 * @param manifest the manifest
 * @param connections its connections, service by service
 * @param refused why its grant gives it nothing at all; empty where it may give something
 * @param fix what would change that
 */
record PluginReport(
        Manifest manifest, List<ConnectionReport> connections, Optional<Verdict.Refused> refused, Optional<Fix> fix) {

    static PluginReport of(Manifest manifest, Optional<Grant> grant) {
        List<ConnectionReport> connections = manifest.services().stream()
                .flatMap(service -> connections(manifest, service, grant))
                .toList();
        Optional<Verdict.Refused> refused = connections.stream()
                .flatMap(connection -> connection.access().stream())
                .flatMap(access -> access.refused().stream())
                .filter(verdict -> verdict.rule() == Rule.PLUGIN_NOT_GRANTED)
                .findFirst();
        return new PluginReport(
                manifest,
                connections,
                refused,
                refused.map(verdict ->
                        grant.map(given -> Fix.setRelease(manifest)).orElseGet(() -> Fix.addGrant(manifest))));
    }

    /** Which jar the manifest is from is not told: the report is about the one that the grant names. */
    private static Stream<ConnectionReport> connections(
            Manifest manifest, ServiceDeclaration service, Optional<Grant> grant) {
        Authority authority = grant.flatMap(Grant::digest)
                .map(jar -> Authority.of(manifest, service, jar, grant.orElse(null), 0))
                .orElseGet(() -> Authority.of(manifest, service, grant.orElse(null), 0));
        return service.connections().stream().map(declared -> ConnectionReport.of(authority, service, declared, grant));
    }
}
