package io.headgate.host.authority;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What plugins ask for and what a grant file gives, compared before anything runs: what each connection gets, which rule
 * refuses the rest, what is given that nobody asked for, what is given broadly, and what to write instead. It is made of
 * manifests and grants alone; no plugin is loaded, and nothing is dialled or resolved.
 *
 * <p>What is refused was refused by the {@link Authority}, in its words. Where a manifest declares a pattern the answer can
 * depend on the URI: then the report says under which patterns the access is given, and shows the refusal of one URI that
 * stands for the rest.
 *
 * <p>It shows targets without their queries, headers by their names, and no settings. Its order does not depend on that of the grant file. Immutable;
 * making one takes time with the number of connections times the square of that of a grant's entries, and more where
 * entries for any query cross others with subprotocols: not on an event loop.
 */
public final class AuthorityReport {

    private final List<PluginReport> plugins;
    private final List<GrantReport> grants;

    private AuthorityReport(List<PluginReport> plugins, List<GrantReport> grants) {
        this.plugins = plugins;
        this.grants = grants;
    }

    /**
     * Compares.
     *
     * @param manifests what is asked for; ids unique
     * @param grants what is given
     * @return the report
     * @throws IllegalArgumentException if two manifests have the same id
     */
    public static AuthorityReport of(List<Manifest> manifests, GrantFile grants) {
        return ofRequests(manifests.stream().map(PluginRequest::of).toList(), grants);
    }

    /**
     * Compares with what is in a file, without the secrets that it refers to: for a machine that does not have them.
     *
     * @param requests what is asked for, and by which jar; ids unique
     * @param grants a grant file
     * @return the report
     * @throws io.headgate.host.ConfigurationException with all that is wrong with the file, or when it cannot be read
     * @throws IllegalArgumentException if two plugins have the same id
     */
    public static AuthorityReport read(List<PluginRequest> requests, Path grants) {
        return ofRequests(requests, GrantFile.readWithoutSecrets(grants));
    }

    private static AuthorityReport ofRequests(List<PluginRequest> requests, GrantFile grants) {
        Comparator<PluginRequest> byId =
                Comparator.comparing(request -> request.manifest().id());
        List<PluginReport> plugins =
                Require.unique(
                                "manifests",
                                requests,
                                Integer.MAX_VALUE,
                                request -> request.manifest().id())
                        .stream()
                        .sorted(byId)
                        .map(request -> PluginReport.of(request, grants.grantFor(request.manifest())))
                        .toList();
        return new AuthorityReport(
                plugins,
                grants.grants().stream()
                        .sorted(Comparator.comparing(Grant::plugin))
                        .map(grant -> GrantReport.of(grant, find(plugins, grant.plugin())))
                        .toList());
    }

    /**
     * Whether there is nothing to mend. Broad grants that are asked for do not count.
     *
     * @return whether all that is asked for is granted, and nothing else, and no jar is refused
     */
    public boolean agrees() {
        ReportCounts counts = counts();
        boolean loaded = plugins.stream().allMatch(plugin -> plugin.refused().isEmpty());
        return loaded && counts.granted() == counts.asked() && counts.unasked() == 0;
    }

    /**
     * The report for a terminal.
     *
     * @return lines of at most 120 characters where no single word is longer, each with its end
     */
    public String toText() {
        return new ReportText().write(this);
    }

    /**
     * The report as one JSON object with stable names, as docs/reference/authority-report.md lists them.
     *
     * @return the object on several lines, with the last one's end
     */
    public String toJson() {
        return ReportJson.write(this);
    }

    @Override
    public String toString() {
        return "AuthorityReport[agrees=" + agrees() + ", " + counts() + "]";
    }

    List<PluginReport> plugins() {
        return plugins;
    }

    List<GrantReport> grants() {
        return grants;
    }

    ReportCounts counts() {
        return ReportCounts.of(plugins, grants);
    }

    private static Optional<PluginReport> find(List<PluginReport> plugins, String id) {
        return plugins.stream()
                .filter(plugin -> plugin.manifest().id().equals(id))
                .findFirst();
    }
}
