package io.headgate.samples.standalone.process;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.util.retry.Retry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The Prometheus of the PATH, as a process of its own, on a free port of the loopback interface. */
final class PrometheusProcess implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Process process;
    private final int port;

    private PrometheusProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it with the file {@code prometheus.yml} of a folder, where it also keeps its data. */
    static PrometheusProcess start(Path folder) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Process process = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + folder.resolve("prometheus.yml"),
                        "--storage.tsdb.path=" + Files.createDirectory(folder.resolve("data")),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--log.level=warn")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.txt").toFile())
                .start();
        PrometheusProcess started = new PrometheusProcess(process, port);
        try {
            started.get("/-/ready")
                    .retryWhen(Retry.fixedDelay(300, Duration.ofMillis(100)))
                    .block(LIMIT);
            return started;
        } catch (RuntimeException failed) {
            started.close();
            throw failed;
        }
    }

    private Mono<String> get(String path) {
        return HttpClient.newConnection()
                .get()
                .uri("http://127.0.0.1:" + port + path)
                .responseSingle((response, body) ->
                        response.status().code() == 503 ? Mono.error(new IOException("not ready")) : body.asString());
    }

    /** What an expression gives now; fails where Prometheus does not understand it. */
    JsonNode query(String expression) {
        JsonNode answer = json("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        if (!answer.path("status").asString().equals("success")) {
            throw new AssertionError(expression + ": " + answer);
        }
        return answer.at("/data/result");
    }

    /** Its rules, and how they are. */
    JsonNode rules() {
        return json("/api/v1/rules").at("/data/groups/0/rules");
    }

    private JsonNode json(String path) {
        return JsonMapper.shared().readTree(Objects.requireNonNull(get(path).block(LIMIT)));
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
