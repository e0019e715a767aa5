package io.headgate.samples.chat;

/** The gateway's opcodes. */
final class Op {

    static final int DISPATCH = 0;
    static final int HEARTBEAT = 1;
    static final int IDENTIFY = 2;
    static final int RESUME = 6;
    static final int RECONNECT = 7;
    static final int INVALID_SESSION = 9;
    static final int HELLO = 10;
    static final int HEARTBEAT_ACKNOWLEDGED = 11;
    static final int SAY = 40;
    /** Of what is no message of this protocol. */
    static final int UNKNOWN = -1;

    private Op() {}
}
