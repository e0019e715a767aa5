package io.headgate.samples.webflux;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.MediaType;

/** What Prometheus would read, a number for each name with its tags, as {@code relay_streams{}}. */
final class Scrape {

    private final Map<String, Double> values = new HashMap<>();

    static Scrape of(RunningSample sample) {
        String text = Objects.requireNonNull(sample.http()
                .get()
                .uri("/actuator/prometheus")
                .accept(MediaType.TEXT_PLAIN)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
        Scrape scrape = new Scrape();
        text.lines().filter(line -> !line.startsWith("#")).forEach(scrape::add);
        return scrape;
    }

    private void add(String line) {
        int space = line.lastIndexOf(' ');
        values.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
    }

    /** The sum over all that have the name and, in any order, the tags. */
    long sum(String name, String... tags) {
        double sum = values.entrySet().stream()
                .filter(each -> each.getKey().equals(name) || each.getKey().startsWith(name + "{"))
                .filter(each -> hasAll(each.getKey(), tags))
                .mapToDouble(Map.Entry::getValue)
                .sum();
        return Math.round(sum);
    }

    private static boolean hasAll(String key, String... tags) {
        for (String tag : tags) {
            if (!key.contains(tag)) {
                return false;
            }
        }
        return true;
    }
}
