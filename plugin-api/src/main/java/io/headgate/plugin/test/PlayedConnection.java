package io.headgate.plugin.test;

import io.headgate.plugin.CommandOutcome.Result;
import io.headgate.plugin.EventId;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.Initiator;
import io.headgate.plugin.OutputCommand;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;

/**
 * A connection whose far end is a {@link Peer}. It does what a host does, without its limits: it dials, decides commands, and dials again
 * with a backoff from one second to sixty. Only accessed by the clock's tasks.
 */
final class PlayedConnection {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 6;
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Duration STABLE = Duration.ofSeconds(60);

    private final String name;
    private final Peer peer;
    private final boolean dialledByHost;
    private final PlayedConnections host;
    private final Conversation conversation = new Conversation();
    private Disposable.Composite timers = Disposables.composite();
    private @Nullable PlayedSession session;
    private boolean waiting;
    private long openedAtMillis;
    private int attempts;
    private String uri = "";

    PlayedConnection(String name, Peer peer, boolean dialledByHost, PlayedConnections host) {
        this.name = name;
        this.peer = peer;
        this.dialledByHost = dialledByHost;
        this.host = host;
    }

    void begin() {
        if (dialledByHost) {
            open();
        } else {
            needReconnect("declared with a pattern");
        }
    }

    private void open() {
        waiting = false;
        if (host.isStopped()) {
            return;
        }
        timers = Disposables.composite();
        EventId id = host.script().open(name);
        PlayedSession opened = new PlayedSession(this, id.epoch(), uri);
        session = opened;
        openedAtMillis = nowMillis();
        said("opened" + (uri.isEmpty() ? "" : " " + uri));
        host.emit(new IngressEvent.Opened(name, id.epoch(), id.sequence(), nowMillis(), ""));
        peer.opened(opened);
    }

    // ---- what the plugin does

    void command(OutputCommand command) {
        if (command instanceof OutputCommand.SendText || command instanceof OutputCommand.Close) {
            onSession(command);
        } else {
            dial(command);
        }
    }

    private void onSession(OutputCommand command) {
        PlayedSession open = session;
        if (open == null) {
            refuse(command, "session-not-open");
        } else if (command.epoch() != OutputCommand.CURRENT_EPOCH && command.epoch() != open.epoch()) {
            refuse(command, "stale-epoch");
        } else if (command instanceof OutputCommand.SendText send) {
            said("-> " + send.text());
            host.decide(command, Result.SENT, "");
            peer.text(open, send.text());
        } else if (command instanceof OutputCommand.Close close) {
            host.decide(command, Result.DONE, "");
            end(close.code(), close.reason(), Initiator.HOST);
        }
    }

    private void dial(OutputCommand command) {
        boolean elsewhere = command instanceof OutputCommand.Open;
        if (session != null || (waiting && !elsewhere)) {
            refuse(command, "already-connected");
            return;
        }
        if (command instanceof OutputCommand.Open to) {
            uri = to.uri();
        }
        host.decide(command, Result.DONE, "");
        if (!waiting) {
            open();
        }
    }

    private void refuse(OutputCommand command, String rule) {
        said("-> refused, " + rule + ": " + Wording.of(command));
        host.decide(command, Result.REJECTED, rule);
    }

    // ---- what the peer does

    void send(PlayedSession from, String text) {
        host.run(() -> {
            if (isOpen(from)) {
                said("<- " + text);
                host.emit(IngressEvents.text(host.script().whileOpen(name), nowMillis(), text));
            }
        });
    }

    void close(PlayedSession from, int code, String reason) {
        host.run(() -> {
            if (isOpen(from)) {
                end(code, reason, Initiator.PEER);
            }
        });
    }

    void cut(PlayedSession from) {
        host.run(() -> {
            if (isOpen(from)) {
                end(1006, "", Initiator.NOBODY);
            }
        });
    }

    Disposable after(PlayedSession from, Duration delay, Runnable task) {
        if (!isOpen(from)) {
            return Disposables.disposed();
        }
        Disposable timer = host.after(delay, task);
        timers.add(timer);
        return timer;
    }

    void violated(PlayedSession by, String rule) {
        host.fail(new AssertionError(String.format(
                Locale.ROOT,
                "the plugin broke a rule of %s, in session %d at %.3f s: %s\n%s",
                name,
                by.epoch(),
                nowMillis() / 1000.0,
                rule,
                conversation)));
    }

    private boolean isOpen(PlayedSession which) {
        return which.equals(session);
    }

    // ---- the end of a session, and the next

    private void end(int code, String reason, Initiator initiator) {
        PlayedSession ended = session;
        session = null;
        timers.dispose();
        said("closed with " + code + " by " + initiator);
        EventId id = host.script().endOpen(name);
        host.emit(new IngressEvent.Closed(name, id.epoch(), id.sequence(), nowMillis(), code, reason, initiator));
        if (ended != null) {
            peer.ended(ended, code);
        }
        if (nowMillis() - openedAtMillis >= STABLE.toMillis()) {
            attempts = 0;
        }
        if (host.isStopped()) {
            return;
        }
        if (dialledByHost) {
            retry();
        } else {
            needReconnect("closed with " + code);
        }
    }

    private void retry() {
        Duration wait = FIRST.multipliedBy(1L << Math.min(attempts, MOST_DOUBLINGS));
        Duration bounded = wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
        attempts++;
        waiting = true;
        EventId id = host.script().next(name);
        host.emit(new IngressEvent.Retrying(
                name, id.epoch(), id.sequence(), nowMillis(), attempts, nowMillis() + bounded.toMillis()));
        host.after(bounded, this::open);
    }

    private void needReconnect(String why) {
        EventId id = host.script().next(name);
        host.emit(new IngressEvent.ReconnectNeeded(name, id.epoch(), id.sequence(), nowMillis(), why));
    }

    long nowMillis() {
        return host.nowMillis();
    }

    private void said(String what) {
        conversation.add(nowMillis(), what);
    }

    @Override
    public String toString() {
        return name;
    }
}
