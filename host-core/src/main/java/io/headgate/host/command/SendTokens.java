package io.headgate.host.command;

import io.headgate.host.authority.Rule;
import io.headgate.host.authority.SendBudget;
import io.headgate.host.authority.Verdict;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The tokens of one connection: each text that is written takes one, and it comes back a period after the text has left. They
 * outlive the sessions, since the peer counts, and not its socket. Safe for any thread; one short lock, under which nothing
 * foreign is called but the clock.
 *
 * <p>A text may leave at any moment between its hand-over and the wire's word that it has left. So its token counts all that
 * time, and for a period from its end: what piles up behind a slow network is within the budget too.
 */
public final class SendTokens {

    private static final SendWindow[] NONE = {};

    private final Scheduler timer;
    private final ForwardClock clock;
    private final long longestWaitMillis;
    /** Beside the windows, so that who has no budget pays for one look. */
    private volatile boolean limited;
    /** Written under the lock only. */
    private volatile TokenWait waited = TokenWait.NEVER;

    private Set<SendBudget> budgets = Set.of();
    private SendWindow[] windows = NONE;
    private long inFlight;
    private long limitedSinceMillis;

    /**
     * Makes the tokens of a connection, without a budget.
     *
     * @param timer the clock, and wakes who waits for a token
     * @param longestWait how long a text may wait, in milliseconds; then it is refused
     */
    public SendTokens(Scheduler timer, Duration longestWait) {
        this.timer = timer;
        this.clock = new ForwardClock(timer);
        this.longestWaitMillis = longestWait.toMillis();
    }

    /** For who composes alone: nobody can give them a budget. */
    static SendTokens unlimited() {
        return new SendTokens(Schedulers.immediate(), Duration.ZERO);
    }

    /**
     * Replaces the budgets, all of which hold. At once: what has left before counts in them, as far as the ones before
     * remember it; what left without a budget does not.
     *
     * @param next the budgets; empty for no limit
     */
    public synchronized void use(Collection<SendBudget> next) {
        Set<SendBudget> wanted = new LinkedHashSet<>(next);
        if (wanted.equals(budgets)) {
            return;
        }
        long now = now();
        SendWindow memory = longest();
        SendWindow[] made = new SendWindow[wanted.size()];
        int at = 0;
        for (SendBudget budget : wanted) {
            made[at] = new SendWindow(budget, now);
            if (memory != null) {
                memory.recall(made[at], now);
            }
            at++;
        }
        limitedSinceMillis = limited ? limitedSinceMillis : now;
        budgets = wanted;
        windows = made;
        limited = made.length > 0;
    }

    private @Nullable SendWindow longest() {
        SendWindow longest = null;
        for (SendWindow window : windows) {
            window.moveTo(clock.lastMillis());
            if (longest == null
                    || window.budget().per().compareTo(longest.budget().per()) > 0) {
                longest = window;
            }
        }
        return longest;
    }

    boolean isLimited() {
        return limited;
    }

    Scheduler timer() {
        return timer;
    }

    /** Takes the token of a text that is about to be written, if there is one in each budget. */
    synchronized boolean take() {
        if (without(now()) != null) {
            return false;
        }
        inFlight++;
        return true;
    }

    private @Nullable SendWindow without(long now) {
        SendWindow without = null;
        for (SendWindow window : windows) {
            window.moveTo(now);
            if (!window.hasRoom(inFlight)) {
                without = window;
            }
        }
        return without;
    }

    /** Gives back the token of a text that was not written after all. */
    synchronized void giveBack() {
        inFlight--;
    }

    /** The text has left, or may have: its token comes back a period from now. */
    synchronized void left() {
        inFlight--;
        long now = now();
        for (SendWindow window : windows) {
            window.moveTo(now);
            window.count(1, now);
        }
    }

    /** How long until a text that found no token is to be looked at again, in milliseconds; 0 when it has waited too long. */
    synchronized long pause(IssuedCommand text) {
        long now = now();
        long may = longestWaitMillis - (now - Math.max(text.arrivedAtMillis(), limitedSinceMillis));
        long room = now;
        for (SendWindow window : windows) {
            window.moveTo(now);
            room = window.hasRoom(inFlight) ? room : Math.max(room, window.mayHaveRoomAt(now));
        }
        if (may <= 0) {
            return 0;
        }
        waited = waited.since(timer.now(TimeUnit.MILLISECONDS));
        return Math.min(may, Math.max(1, room - now));
    }

    /** Nothing waits for a token any more. */
    synchronized void nothingWaits() {
        waited = waited.ended();
    }

    /**
     * How texts waited for a token.
     *
     * @return since when, and how often
     */
    public TokenWait waited() {
        return waited;
    }

    /** What a text that has waited too long is told. */
    synchronized Verdict.Refused refusal() {
        SendWindow without = without(now());
        String budget = without == null ? "send budget" : "send budget " + without.budget();
        return new Verdict.Refused(
                Rule.OVER_SEND_BUDGET,
                "it has waited " + longestWaitMillis + " ms, and the " + budget + " of the connection is used up",
                "send slower, or raise send-budget in the grant");
    }

    synchronized long now() {
        return clock.millis();
    }
}
