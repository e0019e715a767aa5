package io.headgate.host.ws.soak;

import java.util.HexFormat;

/** Bytes after which a session has to end. */
enum PeerBytes {
    RESERVED_OPCODE("8300"),
    RESERVED_BIT("c100"),
    MASKED("818100000000" + "41"),
    CONTINUES_NOTHING("8000"),
    PING_IN_FRAGMENTS("0900"),
    PING_TOO_LARGE("897e0080"),
    CLOSE_WITH_HALF_A_CODE("880103"),
    CLOSE_WITH_A_CODE_THAT_IS_NONE("880203ee"),
    NO_UTF8("8104c328a0a1"),
    NO_FRAME("ffffffffffffffffffffffffffffffff"),
    /** A text of more than a message may have: 9 KiB of 8. */
    TOO_LARGE("817e2400", 9 * 1024),
    /** A text that says it has 2^40 bytes. */
    TOO_LARGE_TO_BE_TRUE("817f0000010000000000");

    private final String head;
    private final int letters;

    PeerBytes(String head) {
        this(head, 0);
    }

    PeerBytes(String head, int letters) {
        this.head = head;
        this.letters = letters;
    }

    byte[] bytes() {
        return HexFormat.of().parseHex(head + "61".repeat(letters));
    }
}
