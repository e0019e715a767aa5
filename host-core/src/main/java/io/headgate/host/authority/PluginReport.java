package io.headgate.host.authority;

import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    private static final Set<Rule> WHOLE = Set.of(Rule.PLUGIN_NOT_GRANTED, Rule.DIGEST_NOT_GRANTED);

    static PluginReport of(PluginRequest request, Optional<Grant> grant) {
        Manifest manifest = request.manifest();
        List<ConnectionReport> connections = manifest.services().stream()
                .flatMap(service -> connections(request, service, grant))
                .toList();
        Stream<Verdict.Refused> ofConnections = connections.stream()
                .flatMap(connection -> connection.access().stream())
                .flatMap(access -> access.refused().stream())
                .filter(verdict -> isWhole(verdict.rule()));
        Optional<Verdict.Refused> refused =
                Stream.concat(unloaded(request, grant), ofConnections).findFirst();
        return new PluginReport(
                manifest,
                connections,
                refused,
                refused.map(verdict -> fix(request, verdict.rule(), grant.isPresent())));
    }

    /** Code that may not run asks for nothing, whatever its manifest says. */
    private static Stream<Verdict.Refused> unloaded(PluginRequest request, Optional<Grant> grant) {
        return request.manifest().services().stream()
                .map(service -> authority(request, service, grant).load())
                .filter(Verdict.Refused.class::isInstance)
                .map(Verdict.Refused.class::cast);
    }

    /** Whether what the rule refuses, it refuses to the plugin as a whole: then no entry of its grant would mend it. */
    static boolean isWhole(Rule rule) {
        return WHOLE.contains(rule);
    }

    private static Fix fix(PluginRequest request, Rule rule, boolean granted) {
        if (rule == Rule.DIGEST_NOT_GRANTED) {
            return Fix.setDigest(request);
        }
        return granted ? Fix.setRelease(request.manifest()) : Fix.addGrant(request);
    }

    private static Authority authority(PluginRequest request, ServiceDeclaration service, Optional<Grant> grant) {
        Manifest manifest = request.manifest();
        return request.jar()
                .or(() -> grant.flatMap(Grant::digest))
                .map(jar -> Authority.of(manifest, service, jar, grant.orElse(null), 0))
                .orElseGet(() -> Authority.of(manifest, service, grant.orElse(null), 0));
    }

    private static Stream<ConnectionReport> connections(
            PluginRequest request, ServiceDeclaration service, Optional<Grant> grant) {
        Authority authority = authority(request, service, grant);
        return service.connections().stream().map(declared -> ConnectionReport.of(authority, service, declared, grant));
    }
}
