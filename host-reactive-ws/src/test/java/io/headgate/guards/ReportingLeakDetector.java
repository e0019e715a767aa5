package io.headgate.guards;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakTracker;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Keeps each leak Netty finds, where the stock detector only logs it.
 *
 * <p>Netty makes one of these for each type it tracks: surefire names this class in the system property
 * {@code io.netty.customResourceLeakDetector}, which Netty reads before its first buffer. A leak comes to light when its
 * owner was collected <em>and</em> the same detector then tracks something else; {@link #drain()} sees to both.
 */
public final class ReportingLeakDetector<T> extends ResourceLeakDetector<T> {

    private static final int COLLECTIONS = 2;
    private static final int ATTEMPTS = 50;
    private static final long ATTEMPT_MILLIS = 100;

    private static final List<ReportingLeakDetector<?>> DETECTORS = new CopyOnWriteArrayList<>();
    private static final Queue<String> REPORTS = new ConcurrentLinkedQueue<>();

    /** The one Netty calls, by reflection. */
    public ReportingLeakDetector(Class<?> resourceType, int samplingInterval) {
        super(resourceType, samplingInterval);
        DETECTORS.add(this);
    }

    /** The one Netty looks up next to it, and never calls; it logs an error where this is missing. */
    public ReportingLeakDetector(
            Class<?> resourceType, int samplingInterval, @SuppressWarnings("unused") long maxActive) {
        this(resourceType, samplingInterval);
    }

    /** Whether Netty made its detectors of this class; without the system property it did not. */
    static boolean isInstalled() {
        return !DETECTORS.isEmpty();
    }

    /** Collects garbage, and returns what was found leaked since the last call. Takes some tens of milliseconds. */
    public static List<String> drain() throws InterruptedException {
        // Twice: the reference handler may enqueue the canary of the first round before a leak of that round.
        for (int i = 0; i < COLLECTIONS; i++) {
            awaitCollection();
            DETECTORS.forEach(ReportingLeakDetector::poll);
        }
        List<String> reports = new ArrayList<>();
        for (String report = REPORTS.poll(); report != null; report = REPORTS.poll()) {
            reports.add(report);
        }
        return reports;
    }

    private static void awaitCollection() throws InterruptedException {
        ReferenceQueue<Object> queue = new ReferenceQueue<>();
        PhantomReference<Object> canary = new PhantomReference<>(new Object(), queue);
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                System.gc();
                if (queue.remove(ATTEMPT_MILLIS) != null) {
                    return;
                }
            }
        } finally {
            Reference.reachabilityFence(canary);
        }
        throw new IllegalStateException(
                "Nothing was collected in " + ATTEMPTS + " collections: is System.gc() disabled?");
    }

    /** Tracks and closes a stand-in: the only way to have a detector look at its queue. Netty never uses it as a T. */
    @SuppressWarnings("unchecked")
    private void poll() {
        T standIn = (T) new Object();
        ResourceLeakTracker<T> tracker = track(standIn);
        if (tracker != null) {
            tracker.close(standIn);
        }
    }

    @Override
    protected boolean needReport() {
        return true;
    }

    @Override
    protected void reportTracedLeak(String resourceType, String records) {
        REPORTS.add(resourceType + " was not released before it was collected." + records);
    }

    @Override
    protected void reportUntracedLeak(String resourceType) {
        REPORTS.add(resourceType
                + " was not released before it was collected (no trace: see io.netty.leakDetection.level).");
    }
}
