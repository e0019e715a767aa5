package io.headgate.plugin.test;

import java.time.Duration;
import reactor.core.Disposable;

/**
 * One session of a connection, as its {@link Peer} has it: of {@link PluginHarness#play}, in virtual time on the test's thread; elsewhere
 * on whichever thread calls the peer, which is the only one that may call it. What is done on a session that has ended does nothing, as on
 * a socket that is gone.
 */
public interface PeerSession {

    /**
     * Which session it is.
     *
     * @return from 1
     */
    long epoch();

    /**
     * Where it was opened.
     *
     * @return the URI; in the harness that of the plugin's last {@code Open}, and empty before one
     */
    String uri();

    /**
     * Sends a text to the plugin.
     *
     * @param text the text
     */
    void send(String text);

    /**
     * Ends the session with a Close frame.
     *
     * @param code the code
     * @param reason the reason, empty for none
     */
    void close(int code, String reason);

    /** Ends the session without a Close frame, as a network does. */
    void cut();

    /**
     * Runs something later, unless the session has ended by then.
     *
     * @param delay how much later
     * @param task what to run, where the peer is called
     * @return cancels it
     */
    Disposable after(Duration delay, Runnable task);

    /**
     * What the time is.
     *
     * @return milliseconds; in the harness since it was made
     */
    long nowMillis();

    /**
     * The plugin has broken a rule: the test fails, in the harness at its next call, with the rule and what was said last.
     *
     * @param rule the rule, as "identify within 5 s"
     */
    void violated(String rule);
}
