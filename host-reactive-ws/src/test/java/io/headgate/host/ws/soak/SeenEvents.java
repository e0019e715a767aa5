package io.headgate.host.ws.soak;

import io.headgate.plugin.IngressEvent;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a plugin saw of one connection, held against the laws: texts in the order that the peer sent them, with Gaps that count
 * exactly what is missing; and each session with one beginning and one end. Counts only, whatever comes. Taken on the plugin's
 * worker, counted by any thread.
 */
final class SeenEvents {

    private final String name;
    private final boolean discards;
    private final Verdict verdict;

    final AtomicLong texts = new AtomicLong();
    final AtomicLong missing = new AtomicLong();
    final AtomicLong gaps = new AtomicLong();
    final AtomicLong controls = new AtomicLong();
    /** Sessions that nothing but their end told of, or nothing at all. */
    final AtomicLong untold = new AtomicLong();

    private volatile long epoch;
    private volatile long session;
    private volatile long lastSession;
    private long sequence;
    private volatile boolean open;
    private long next;
    /** Counted by Gaps since the last text. */
    private long gap;

    /**
     * For one connection.
     *
     * @param discards whether texts may be missing without a Gap
     */
    SeenEvents(String name, boolean discards, Verdict verdict) {
        this.name = name;
        this.discards = discards;
        this.verdict = verdict;
    }

    /** The last session that it was told of. */
    long epoch() {
        return epoch;
    }

    /** Whether it was told of a session, and not of its end. */
    boolean isOpen() {
        return open;
    }

    /** The peer's number of the session, as its texts say; 0 before the first of them. */
    long session() {
        return session;
    }

    /** Likewise, of the last session before this one that said so. */
    long lastSession() {
        return lastSession;
    }

    void take(IngressEvent event) {
        if (event instanceof IngressEvent.Text text) {
            texts.incrementAndGet();
            rises(event);
            text(text);
        } else if (event instanceof IngressEvent.Gap missed) {
            gaps.incrementAndGet();
            missing.addAndGet(missed.count());
            rises(event);
            gap += missed.count();
            require(open && event.epoch() == epoch, event, "a Gap outside its session");
        } else {
            controls.incrementAndGet();
            control(event);
        }
    }

    private void control(IngressEvent event) {
        if (event instanceof IngressEvent.Opened) {
            opened(event);
        } else if (event instanceof IngressEvent.Closed) {
            require(open && event.epoch() == epoch, event, "an end without a session");
            rises(event);
            open = false;
        } else if (event instanceof IngressEvent.Failed) {
            failed(event);
        } else if (event instanceof IngressEvent.ReconnectNeeded needed) {
            require(false, event, "the host gave up: " + needed.why());
        }
    }

    private void opened(IngressEvent event) {
        require(!open, event, "a session opened within another one");
        require(event.epoch() > epoch, event, "a session that is not later");
        untold.addAndGet(event.epoch() - epoch - 1);
        epoch = event.epoch();
        lastSession = session == 0 ? lastSession : session;
        session = 0;
        sequence = event.sequence();
        open = true;
        next = 1;
        gap = 0;
    }

    /** The end of a session, or of a dial after it; or of a session of which nothing was told before. */
    private void failed(IngressEvent event) {
        if (event.epoch() > epoch) {
            require(!open, event, "an end of another session");
            untold.addAndGet(event.epoch() - epoch);
            epoch = event.epoch();
            session = 0;
            sequence = 0;
        }
        rises(event);
        open = false;
    }

    private void text(IngressEvent.Text text) {
        require(open && text.epoch() == epoch, text, "a text outside its session");
        Numbered said = Numbered.parse(text.text());
        if (session == 0) {
            session = said.session();
        }
        require(said.session() == session, text, "a text of the peer's session " + said.session());
        long due = next + gap;
        require(
                said.number() == due || (discards && said.number() > due),
                text,
                "number " + said.number() + " instead of " + next + " + " + gap + " missing");
        next = said.number() + 1;
        gap = 0;
    }

    private void rises(IngressEvent event) {
        require(event.epoch() == epoch && event.sequence() > sequence, event, "out of order");
        sequence = event.sequence();
    }

    private void require(boolean holds, IngressEvent event, String law) {
        verdict.require(
                holds,
                () -> name + ": " + law + ": " + event + " after session " + epoch + (open ? " (open)" : " (ended)")
                        + ", sequence " + sequence);
    }
}
