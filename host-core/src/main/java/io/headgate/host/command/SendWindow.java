package io.headgate.host.command;

import io.headgate.host.authority.SendBudget;

/**
 * What has left within one budget's period, counted in slots of a thousandth of it, so that a budget takes the same room
 * whatever it says. A slot counts until its last moment is a whole period ago: a token comes back a thousandth late at most,
 * and never early. Guarded by its {@link SendTokens}.
 */
final class SendWindow {

    private static final int FINENESS = 1_000;

    private final SendBudget budget;
    /** Of a slot, in milliseconds. */
    private final long width;

    private final int[] slots;
    private long newest;
    private long counted;

    SendWindow(SendBudget budget, long nowMillis) {
        this.budget = budget;
        long per = budget.per().toMillis();
        this.width = (per + FINENESS - 1) / FINENESS;
        this.slots = new int[(int) ((per + width - 1) / width) + 1];
        this.newest = nowMillis / width;
    }

    SendBudget budget() {
        return budget;
    }

    /** Forgets what is a period ago. However far the clock moves, each slot is emptied once. */
    void moveTo(long nowMillis) {
        long slot = nowMillis / width;
        for (long passed = Math.max(newest, slot - slots.length) + 1; passed <= slot; passed++) {
            int at = index(passed);
            counted -= slots[at];
            slots[at] = 0;
        }
        newest = slot;
    }

    /** Counts what left, at a time that is not after the last one it was moved to. */
    void count(int texts, long atMillis) {
        long slot = atMillis / width;
        if (newest - slot < slots.length) {
            slots[index(slot)] += texts;
            counted += texts;
        }
    }

    boolean hasRoom(long inFlight) {
        return counted + inFlight < budget.texts();
    }

    /** When a token may come back: not before what left first is a period ago, and what is in flight has not left yet. */
    long mayHaveRoomAt(long nowMillis) {
        for (long slot = newest - slots.length + 1; slot <= newest; slot++) {
            if (slots[index(slot)] > 0) {
                return (slot + slots.length) * width;
            }
        }
        return nowMillis + budget.per().toMillis();
    }

    /** Counts in another window what this one remembers, as late as it may have left. */
    void recall(SendWindow other, long nowMillis) {
        for (long slot = newest - slots.length + 1; slot <= newest; slot++) {
            int texts = slots[index(slot)];
            if (texts > 0) {
                other.count(texts, Math.min(nowMillis, (slot + 1) * width - 1));
            }
        }
    }

    private int index(long slot) {
        return Math.floorMod(slot, slots.length);
    }
}
