package io.headgate.samples.standalone;

/** What a command's exit status says. */
final class Exit {

    /** Done, and the answer is yes. */
    static final int OK = 0;

    /** Done, and the answer is no: something would be refused, the host is not ready. */
    static final int NO = 1;

    /** The arguments, or a file, cannot be used. Nothing was done. */
    static final int UNUSABLE = 2;

    /** It could not be done: the port is taken, the host does not answer. */
    static final int FAILED = 3;

    private Exit() {}
}
