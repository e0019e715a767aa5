package io.headgate.host.service;

import io.headgate.host.authority.Verdict;
import io.headgate.host.command.OpenTokens;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The place of one connection among those of its service that are declared by a pattern. It is held from a dial until the
 * connection is down, and while it is denied: a grant that gives it back has it dialled again. One that is declared by a URI
 * needs none.
 */
final class OpenPlace {

    private final OpenTokens tokens;
    private final boolean needed;
    private final AtomicBoolean held = new AtomicBoolean();

    OpenPlace(OpenTokens tokens, boolean needed) {
        this.tokens = tokens;
        this.needed = needed;
    }

    /** One at a time: called by who is about to leave a state in which nothing is dialled. */
    Verdict take(boolean uri) {
        boolean lacking = needed && !held.get();
        Verdict verdict = tokens.take(lacking, uri);
        if (lacking && verdict instanceof Verdict.Allowed) {
            held.set(true);
        }
        return verdict;
    }

    /** Once or more: a stop may come beside the end of a dial. */
    void giveBack() {
        if (held.getAndSet(false)) {
            tokens.giveBack();
        }
    }
}
