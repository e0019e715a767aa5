package io.headgate.samples.standalone;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Shows how a running host is. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what a running host says of itself: what needs attention, its services, its connections.",
            "Ends with 1 when it is not ready, with 3 when it does not answer."
        })
final class StatusCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String HOME_AND_CLEAR = "\u001b[H\u001b[2J";

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:9464",
            description = "where the host listens; default: ${DEFAULT-VALUE}")
    private URI url;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "the file with the token that the host asks for, if it does")
    private @Nullable Path tokenFile;

    @Option(names = "--json", description = "as JSON, see docs/reference/status.schema.json")
    private boolean json;

    @Option(
            names = "--watch",
            arity = "0..1",
            fallbackValue = "2",
            paramLabel = "SECONDS",
            description = "again and again, each so many seconds, until it is interrupted; without a number: 2")
    private int watchSeconds;

    @Override
    public Integer call() throws InterruptedException {
        boolean again = watchSeconds > 0;
        int status;
        do {
            status = again ? onceOrTold() : once(false);
            if (again) {
                Thread.sleep(Duration.ofSeconds(watchSeconds).toMillis());
            }
        } while (again);
        return status;
    }

    /** Who watches a host that is restarted goes on watching. */
    private int onceOrTold() throws InterruptedException {
        try {
            return once(true);
        } catch (CommandFailed failed) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("headgate: " + failed.getMessage());
            err.flush();
            return failed.status();
        }
    }

    private int once(boolean clear) throws InterruptedException {
        String text = fetched();
        JsonNode status = parsed(text);
        PrintWriter out = spec.commandLine().getOut();
        boolean terminal = Ansi.AUTO.enabled();
        if (json) {
            out.println(text);
        } else {
            out.print((clear && terminal ? HOME_AND_CLEAR : "") + new StatusTable(terminal).write(status));
        }
        out.flush();
        return status.at("/health/readiness").asString("").equals("not-ready") ? Exit.NO : Exit.OK;
    }

    private JsonNode parsed(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException other) {
            throw new CommandFailed(Exit.FAILED, url + " answers, and not with a status: is it a Headgate host?");
        }
    }

    private HttpRequest request() {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve("/status"))
                    .timeout(PATIENCE)
                    .GET();
            if (tokenFile != null) {
                request.header(
                        "Authorization", "Bearer " + Files.readString(tokenFile).strip());
            }
            return request.build();
        } catch (IOException unreadable) {
            throw new CommandFailed(
                    Exit.UNUSABLE,
                    tokenFile + ": cannot be read: " + unreadable.getClass().getSimpleName());
        } catch (IllegalArgumentException unfit) {
            // Not its message: it may quote the token.
            throw new CommandFailed(
                    Exit.UNUSABLE, "--url must be an http or https URL, is " + url + "; a token must be one line");
        }
    }

    private String fetched() throws InterruptedException {
        HttpRequest request = request();
        try {
            HttpResponse<String> answer =
                    HttpClient.newBuilder().connectTimeout(PATIENCE).build().send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new CommandFailed(
                        Exit.FAILED,
                        url + " answered " + answer.statusCode() + ": "
                                + answer.body().strip());
            }
            return answer.body();
        } catch (IOException silent) {
            throw new CommandFailed(
                    Exit.FAILED,
                    url + " does not answer (" + silent.getClass().getSimpleName()
                            + "): is the host running, and is this where http.address and http.port of its settings are?");
        }
    }
}
