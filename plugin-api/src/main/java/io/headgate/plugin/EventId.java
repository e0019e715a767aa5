package io.headgate.plugin;

/**
 * Names one event: the connection, the session of it, and the event within that session.
 *
 * @param connection the connection's name, as the manifest declares it
 * @param epoch the session: 1 for the first that opened, 0 before any has
 * @param sequence the event within the session, from 1
 */
public record EventId(String connection, long epoch, long sequence) {

    /** Reads {@code connection/epoch/sequence}, as logs print it. */
    @Override
    public String toString() {
        return connection + "/" + epoch + "/" + sequence;
    }
}
