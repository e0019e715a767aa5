package io.headgate.host.command;

import io.headgate.host.authority.OpenLimits;
import io.headgate.host.authority.Rule;
import io.headgate.host.authority.Verdict;
import reactor.core.scheduler.Scheduler;

/**
 * What one service may still open: the places of its connections that are declared by a pattern, and the URIs of the last period.
 * Safe for any thread; one short lock, under which nothing foreign is called but the clock.
 */
public final class OpenTokens {

    private final OpenLimits limits;
    private final ForwardClock clock;
    /** When each of the last URIs was opened, as many as may be in a period; round and round. */
    private final long[] openedAtMillis;

    private long opened;
    private int placesTaken;

    /**
     * Makes the tokens of a service.
     *
     * @param timer the clock
     * @param limits the bounds
     */
    public OpenTokens(Scheduler timer, OpenLimits limits) {
        this.limits = limits;
        this.clock = new ForwardClock(timer);
        this.openedAtMillis = new long[limits.opens()];
    }

    /**
     * Takes what a dial needs: all of it, or nothing.
     *
     * @param place whether it needs a place; whoever gets one gives it {@linkplain #giveBack() back}
     * @param uri whether a URI is opened with it, which counts for a period
     * @return refused where there is none
     */
    public synchronized Verdict take(boolean place, boolean uri) {
        if (place && placesTaken == limits.atOnce()) {
            return tooMany();
        }
        if (uri) {
            long now = clock.millis();
            long free = oldestMillis() + limits.per().toMillis();
            if (opened >= openedAtMillis.length && now < free) {
                return overBudget(free - now);
            }
            openedAtMillis[slot()] = now;
            opened++;
        }
        placesTaken += place ? 1 : 0;
        return Verdict.ALLOWED;
    }

    /** Gives a place back, of a connection that is neither dialled nor open any more. */
    public synchronized void giveBack() {
        placesTaken--;
    }

    private long oldestMillis() {
        return openedAtMillis[slot()];
    }

    /** Where the oldest is, and the next one comes. */
    private int slot() {
        return (int) (opened % openedAtMillis.length);
    }

    private Verdict tooMany() {
        return Verdict.refused(
                Rule.TOO_MANY_OPEN,
                limits.atOnce()
                        + " connections of the service that are declared by a pattern have a place, as many as may at once",
                "open fewer at once, or raise limits.opens.at-once in the grant");
    }

    private Verdict overBudget(long waitMillis) {
        return Verdict.refused(
                Rule.OVER_OPEN_BUDGET,
                "the service has used up its budget of opened URIs, " + limits.budget() + ", and has a token again in "
                        + waitMillis + " ms",
                "open less often, or raise limits.opens.budget in the grant");
    }
}
