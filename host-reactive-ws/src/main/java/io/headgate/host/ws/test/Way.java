package io.headgate.host.ws.test;

/** One of the two ways through a {@link FaultProxy}. */
public enum Way {
    /** From the peer to the host: what the host reads. */
    TO_HOST,
    /** From the host to the peer: what the host writes. */
    TO_PEER;

    /** The way back. */
    Way back() {
        return this == TO_HOST ? TO_PEER : TO_HOST;
    }

    String words() {
        return this == TO_HOST ? "what goes to the host" : "what goes to the peer";
    }
}
