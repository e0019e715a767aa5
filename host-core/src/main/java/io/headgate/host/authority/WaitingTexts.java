package io.headgate.host.authority;

/** What becomes of the texts that wait for a service when its incarnation has ended and another follows. */
public enum WaitingTexts {
    /** The next incarnation gets them, behind which come the new ones. The default. */
    HAND_OVER,
    /** They are discarded, and counted as such; the next incarnation begins with what arrives from then on. */
    DISCARD
}
