package io.headgate.plugin.test;

import io.headgate.plugin.PullException;
import io.headgate.plugin.PullWebSocket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** The exchanges that a test scripted, each for the next one that the plugin opens. Only accessed by the test's thread. */
final class ScriptedExchanges {

    /** As many as the host lets be open, by default. */
    private static final int AT_ONCE = 4;

    private final Scheduler clock;
    private final Map<String, Queue<ScriptedExchange>> scripted = new HashMap<>();
    private final List<ScriptedExchange> opened = new ArrayList<>();
    private boolean stopping;

    ScriptedExchanges(Scheduler clock) {
        this.clock = clock;
    }

    ScriptedExchange script(String connection) {
        ScriptedExchange next = new ScriptedExchange(connection, clock);
        scripted.computeIfAbsent(connection, name -> new ArrayDeque<>()).add(next);
        return next;
    }

    Mono<PullWebSocket> open(String connection) {
        return Mono.defer(() -> {
            if (stopping) {
                return Mono.error(PullException.refused("service-stopping", "the service is stopping"));
            }
            ScriptedExchange next =
                    scripted.getOrDefault(connection, new ArrayDeque<>()).poll();
            if (next == null) {
                return Mono.error(PullException.refused(
                        "connection-not-declared",
                        "the test scripted no exchange for it: harness.exchange(\"" + connection + "\") first"));
            }
            if (opened.stream().filter(ScriptedExchange::isOpen).count() >= AT_ONCE) {
                return Mono.error(PullException.refused("too-many-exchanges", AT_ONCE + " exchanges are open at once"));
            }
            opened.add(next);
            return next.open();
        });
    }

    void openNoMore() {
        stopping = true;
    }

    void end() {
        opened.forEach(ScriptedExchange::endWithIncarnation);
    }
}
