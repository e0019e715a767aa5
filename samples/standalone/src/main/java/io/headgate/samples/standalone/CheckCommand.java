package io.headgate.samples.standalone;

import io.headgate.host.authority.AuthorityReport;
import io.headgate.host.authority.PluginRequest;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares plugins with what they are granted. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Says what each plugin gets of the grants, which rule refuses the rest, what is granted that nobody asked for, and what to write "
                    + "instead. Runs no plugin code, dials nothing, and does not need the secrets that the grants refer to.",
            "Ends with 1 when something would be refused, or is granted and not asked for."
        })
final class CheckCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--plugins", required = true, paramLabel = "DIR", description = "the folder with the plugins' jars")
    private Path plugins;

    @Option(names = "--grants", required = true, paramLabel = "FILE", description = "the grant file")
    private Path grants;

    @Option(names = "--settings", paramLabel = "FILE", description = "the settings file, to be looked at as well")
    private @Nullable Path settings;

    @Option(names = "--json", description = "as JSON, see docs/reference/authority-report.md")
    private boolean json;

    @Override
    public Integer call() {
        Optional.ofNullable(settings).ifPresent(SettingsReader::read);
        List<PluginRequest> requests = PluginFolder.read(plugins).stream()
                .map(jar -> PluginRequest.of(jar.manifest(), jar.digest()))
                .toList();
        AuthorityReport report = AuthorityReport.read(requests, grants);
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? report.toJson() : report.toText());
        out.flush();
        return report.agrees() ? Exit.OK : Exit.NO;
    }
}
