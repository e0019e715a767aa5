package io.headgate.samples.scaling;

import io.headgate.plugin.ServiceContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * Does what the texts say, {@code fail}, {@code never} or how many milliseconds to take, and keeps who was worked on when. Guarded by itself.
 */
final class Workplace implements Work {

    private final Map<String, List<Long>> numbers = new HashMap<>();
    private final Set<String> atWork = new HashSet<>();
    private final List<String> broken = new ArrayList<>();
    private int most;

    @Override
    public Mono<Void> on(Task task, ServiceContext context) {
        begun(task);
        // Not in doFinally, which comes behind the signal that has the next one begin.
        return what(task, context).doOnTerminate(() -> ended(task)).doOnCancel(() -> ended(task));
    }

    private static Mono<Void> what(Task task, ServiceContext context) {
        return switch (task.content()) {
            case "fail" -> Mono.error(new IllegalStateException("told to"));
            case "throw" -> throw new IllegalArgumentException("told to");
            case "never" -> Mono.never();
            case "0" -> Mono.empty();
            default ->
                Mono.delay(Duration.ofMillis(Long.parseLong(task.content())), context.scheduler())
                        .then();
        };
    }

    private synchronized void begun(Task task) {
        if (task.content().equals("throw")) {
            return;
        }
        if (!atWork.add(task.key())) {
            broken.add(task.key() + " is worked on twice at once");
        }
        List<Long> before = numbers.computeIfAbsent(task.key(), first -> new ArrayList<>());
        if (!before.isEmpty() && before.get(before.size() - 1) >= task.number()) {
            broken.add(task.key() + ": " + task.number() + " behind " + before.get(before.size() - 1));
        }
        before.add(task.number());
        most = Math.max(most, atWork.size());
    }

    private synchronized void ended(Task task) {
        atWork.remove(task.key());
    }

    /** The order of each key was kept, and none was worked on twice at once: otherwise where not. */
    synchronized List<String> broken() {
        return List.copyOf(broken);
    }

    synchronized List<Long> numbers(String key) {
        return List.copyOf(numbers.getOrDefault(key, List.of()));
    }

    /** How many keys were worked on at once, at most. */
    synchronized int most() {
        return most;
    }

    synchronized int atWork() {
        return atWork.size();
    }
}
