package io.headgate.host.ws.test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How far one script has come, and what came from its peer. Written by the gateway's loop, read by the test. */
final class Progress {

    static final int MAX_ARRIVALS = 4096;

    private final Script script;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final List<Arrival> arrivals = new ArrayList<>();
    private final Deque<Arrival> waiting = new ArrayDeque<>();
    private long forgotten;
    private int done;
    private boolean taken;
    private @Nullable String failure;

    Progress(Script script) {
        this.script = script;
    }

    /** Completes when every step was made, or one has failed. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    synchronized void begin() {
        taken = true;
    }

    synchronized void arrived(Arrival arrival) {
        boolean end = arrival instanceof Arrival.End;
        if (end || arrivals.size() < MAX_ARRIVALS) {
            arrivals.add(arrival);
        }
        if (end || waiting.size() < MAX_ARRIVALS) {
            waiting.add(arrival);
        } else {
            forgotten++;
        }
    }

    synchronized @Nullable Arrival poll() {
        return waiting.poll();
    }

    /** The step to make; {@code null} when there is none any more. */
    synchronized @Nullable Step current() {
        return failure == null && done < script.steps().size() ? script.steps().get(done) : null;
    }

    synchronized void made() {
        done++;
    }

    synchronized void fail(String why) {
        if (failure == null) {
            failure = (done == script.steps().size() ? "after the last step" : stepInHand()) + ": " + why;
        }
    }

    private String stepInHand() {
        return "step " + (done + 1) + " of " + script.steps().size() + ", "
                + script.steps().get(done);
    }

    /** Called by the loop without the lock: who waits may run on its thread. */
    void checkEnd() {
        if (current() == null) {
            ended.complete(null);
        }
    }

    synchronized List<Arrival> arrivals() {
        return List.copyOf(arrivals);
    }

    /** What is wrong with it by now, in words; empty for nothing. */
    synchronized String complaint(String name) {
        if (!taken) {
            return name + ": nobody connected for it; its steps: " + script;
        }
        List<String> complaints = new ArrayList<>();
        if (failure != null) {
            complaints.add(failure);
        }
        int unmade = done + (failure == null ? 0 : 1);
        if (unmade < script.steps().size()) {
            complaints.add("never made: "
                    + list(script.steps().subList(unmade, script.steps().size())));
        }
        List<Arrival> unexpected = waiting.stream()
                .filter(arrival -> !(arrival instanceof Arrival.End))
                .toList();
        if (!unexpected.isEmpty()) {
            complaints.add("came, and was not expected: " + list(unexpected));
        }
        if (forgotten > 0) {
            complaints.add("came while " + MAX_ARRIVALS + " waited for a step, and was forgotten: " + forgotten);
        }
        return complaints.isEmpty()
                ? ""
                : name + ": " + String.join("\n    ", complaints) + "\n    all that came: " + list(arrivals);
    }

    private static String list(List<?> things) {
        return things.isEmpty()
                ? "nothing"
                : things.stream().limit(20).map(Object::toString).collect(Collectors.joining("; "))
                        + (things.size() > 20 ? "; … (" + things.size() + " in all)" : "");
    }
}
