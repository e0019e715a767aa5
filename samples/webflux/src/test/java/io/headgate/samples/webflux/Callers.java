package io.headgate.samples.webflux;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Many callers at once, and what each was told: a status, and the rule where there was one. */
final class Callers {

    private static final ParameterizedTypeReference<Map<String, Object>> BODY = new ParameterizedTypeReference<>() {};

    private final Map<String, LongAdder> answers = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final List<String> connections;
    private final WebClient client;

    Callers(String base, String... connections) {
        this.client = WebClient.create(base);
        this.connections = List.of(connections);
    }

    Mono<Void> call(int calls, int atOnce) {
        return Flux.range(0, calls).flatMap(call -> call(), atOnce, 1).then();
    }

    private Mono<Void> call() {
        int number = numbers.getAndIncrement();
        return client.post()
                .uri("/messages")
                .bodyValue(new Message(connections.get(number % connections.size()), "message " + number))
                .exchangeToMono(response -> response.bodyToMono(BODY)
                        .map(body -> response.statusCode().value() + " " + body.getOrDefault("rule", "")))
                .doOnNext(answer -> answers.computeIfAbsent(answer.strip(), key -> new LongAdder())
                        .increment())
                .then();
    }

    int calls() {
        return numbers.get();
    }

    /** What they were told, as {@code 403 send-not-granted}, and how often. */
    Map<String, Long> answers() {
        Map<String, Long> all = new TreeMap<>();
        answers.forEach((answer, count) -> all.put(answer, count.sum()));
        return all;
    }
}
