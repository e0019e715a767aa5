package io.headgate.plugin.test;

import java.time.Duration;
import reactor.core.Disposable;

/**
 * A session in virtual time.
 *
 * @param connection whose it is
 * @param epoch see {@link PeerSession#epoch()}
 * @param uri see {@link PeerSession#uri()}
 */
record PlayedSession(PlayedConnection connection, long epoch, String uri) implements PeerSession {

    @Override
    public void send(String text) {
        connection.send(this, text);
    }

    @Override
    public void close(int code, String reason) {
        connection.close(this, code, reason);
    }

    @Override
    public void cut() {
        connection.cut(this);
    }

    @Override
    public Disposable after(Duration delay, Runnable task) {
        return connection.after(this, delay, task);
    }

    @Override
    public long nowMillis() {
        return connection.nowMillis();
    }

    @Override
    public void violated(String rule) {
        connection.violated(this, rule);
    }

    @Override
    public String toString() {
        return connection + "/" + epoch;
    }
}
