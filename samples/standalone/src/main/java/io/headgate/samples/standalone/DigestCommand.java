package io.headgate.samples.standalone;

import io.headgate.host.loading.PluginJar;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says which jar it is. */
@Command(
        name = "digest",
        mixinStandardHelpOptions = true,
        description = "Prints what names a jar, to the byte, in a grant. Runs no plugin code.")
final class DigestCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "JAR", description = "a plugin's jar")
    private List<Path> jars;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        for (Path file : jars) {
            PluginJar jar = PluginJar.read(file);
            out.println("  - plugin: " + jar.manifest().id());
            out.println("    release: \"" + jar.manifest().release() + '"');
            out.println("    digest: " + jar.digest());
        }
        out.flush();
        return Exit.OK;
    }
}
