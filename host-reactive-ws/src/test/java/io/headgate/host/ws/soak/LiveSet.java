package io.headgate.host.ws.soak;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is alive over the run: its last quarter may have a twentieth more than its second one. */
final class LiveSet {

    private static final double MOST = 1.05;
    private static final int QUARTERS = 4;

    private final List<Long> bytes = new ArrayList<>();
    /** Of the first look, then of the first one of the second quarter: one at all times, or it would be a growth itself. */
    private @Nullable Histogram early;

    private boolean isOfTheSecondQuarter;

    /**
     * One look.
     *
     * @param passed how much of the run is over, from 0 to 1
     */
    void look(double passed) {
        Histogram now = Histogram.now();
        bytes.add(now.total());
        if (early == null || (!isOfTheSecondQuarter && passed * QUARTERS > 1)) {
            early = now;
            isOfTheSecondQuarter = passed * QUARTERS > 1;
        }
    }

    /** The median of the second quarter, in bytes. */
    long early() {
        return median(quarter(1));
    }

    /** The median of the last quarter, in bytes. */
    long late() {
        return median(quarter(QUARTERS - 1));
    }

    boolean holds() {
        return late() <= early() * MOST;
    }

    String described() {
        String grew = early == null ? "" : "; " + Histogram.now().growthSince(early);
        return "the last quarter's median is " + late() + " B, the second's " + early() + " B, of " + bytes + grew;
    }

    private List<Long> quarter(int index) {
        return bytes.subList(bytes.size() * index / QUARTERS, bytes.size() * (index + 1) / QUARTERS);
    }

    static long median(List<Long> values) {
        List<Long> sorted = values.stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
    }
}
