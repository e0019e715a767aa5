package io.headgate.samples.standalone;

import io.headgate.host.ConfigurationException;
import java.io.PrintWriter;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line: {@code java -jar headgate.jar --help}. */
@Command(
        name = "headgate",
        description = "Owns WebSockets for plugins that see events and answer with commands.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done, and the answer is yes",
            "1:done, and the answer is no: something would be refused, the host is not ready",
            "2:the arguments or a file cannot be used; nothing was done",
            "3:it could not be done: a port is taken, the host does not answer"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  headgate init my-plugin                             a plugin project that builds, tests and runs",
            "  headgate digest plugins/chat.jar                    the lines to paste into a grant",
            "  headgate check --plugins plugins --grants grants.yaml",
            "  headgate run --plugins plugins --grants grants.yaml",
            "  headgate status --watch"
        },
        subcommands = {
            RunCommand.class,
            CheckCommand.class,
            StatusCommand.class,
            DigestCommand.class,
            InitCommand.class,
            GenerateCompletion.class
        })
final class Headgate implements Runnable {

    @Spec
    private CommandSpec spec;

    private Headgate() {}

    /**
     * Runs a command and ends the process.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Headgate())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> told(failure, command));
    }

    /** A file that cannot be used says so line by line; what nobody expected is a stack, for who reports it. */
    private static int told(Exception failure, CommandLine command) {
        PrintWriter err = command.getErr();
        if (failure instanceof ConfigurationException unusable) {
            unusable.problems().forEach(problem -> err.println("headgate: " + problem));
            return Exit.UNUSABLE;
        }
        if (failure instanceof CommandFailed failed) {
            err.println("headgate: " + failed.getMessage());
            return failed.status();
        }
        failure.printStackTrace(err);
        return Exit.FAILED;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
