package io.headgate.samples.standalone;

/** A command cannot go on, and says why and what can be done. */
final class CommandFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    CommandFailed(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
