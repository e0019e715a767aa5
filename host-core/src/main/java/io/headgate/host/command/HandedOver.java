package io.headgate.host.command;

import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Sinks;

/** The texts that the wire has and has not told the end of, and who waits until there is none. Owned by the session's thread. */
final class HandedOver {

    private final List<Sinks.Empty<Void>> waiting = new ArrayList<>();
    private int texts;

    void one() {
        texts++;
    }

    void oneLess() {
        texts--;
        tell();
    }

    void tellWhenNone(Sinks.Empty<Void> who) {
        waiting.add(who);
        tell();
    }

    private void tell() {
        if (texts == 0 && !waiting.isEmpty()) {
            List<Sinks.Empty<Void>> told = List.copyOf(waiting);
            waiting.clear();
            // Each was added once and is told once; who has gone does not hear it.
            told.forEach(Sinks.Empty::tryEmitEmpty);
        }
    }
}
