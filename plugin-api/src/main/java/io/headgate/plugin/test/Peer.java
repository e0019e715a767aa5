package io.headgate.plugin.test;

/**
 * The far end of a connection, as its protocol has it: it reacts to what the plugin sends, in virtual time, and fails the test when the
 * plugin breaks its rules. {@link PluginHarness#play} puts it behind a connection.
 *
 * <p>One peer stands for all sessions of its connection, so what a protocol keeps from one session to the next, such as what can be
 * resumed, is a field of it. It is called on the test's thread, one call at a time, never within a call of the plugin's. What it throws
 * fails the test.
 *
 * <pre>{@code
 * final class Echoing implements Peer {
 *     @Override
 *     public void opened(PeerSession session) {
 *         session.send("hello");
 *         session.after(Duration.ofSeconds(5), () -> session.violated("answer within 5 s"));
 *     }
 *
 *     @Override
 *     public void text(PeerSession session, String text) {
 *         session.close(1000, "");
 *     }
 * }
 * }</pre>
 */
public interface Peer {

    /**
     * A session has opened, and the plugin has been told.
     *
     * @param session the session
     */
    void opened(PeerSession session);

    /**
     * The plugin has sent a text on the session that is open.
     *
     * @param session the session
     * @param text the text
     */
    void text(PeerSession session, String text);

    /**
     * The session has ended, by whomever. Its timers run no more.
     *
     * @param session the session
     * @param code the code of the Close frame, 1005 for one without, 1006 for no frame
     */
    default void ended(PeerSession session, int code) {}
}
