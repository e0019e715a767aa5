package io.headgate.host.authority;

/** A reference is none, or leads to nothing that can be used. The message shows where it leads, and nothing of what is there. */
final class ReferenceException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    ReferenceException(String message) {
        super(message);
    }
}
