package io.headgate.samples.socketmode;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Tickets from an HTTP API that takes a token. The call is the plugin's own: a grant is about WebSockets. */
final class HttpTickets implements Tickets {

    private static final Duration WITHIN = Duration.ofSeconds(10);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(WITHIN).build();
    private final URI api;
    private final String token;

    HttpTickets(URI api, String token) {
        this.api = api;
        this.token = token;
    }

    @Override
    public Mono<String> next() {
        return Mono.fromFuture(() -> client.sendAsync(request(), BodyHandlers.ofString()))
                .flatMap(HttpTickets::url);
    }

    private HttpRequest request() {
        return HttpRequest.newBuilder(api)
                .timeout(WITHIN)
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
    }

    private static Mono<String> url(HttpResponse<String> answer) {
        String url = answer.statusCode() == 200
                ? JsonMapper.shared().readTree(answer.body()).path("url").asString("")
                : "";
        return url.isEmpty()
                ? Mono.error(new IOException("no URL in an answer with status " + answer.statusCode()))
                : Mono.just(url);
    }
}
