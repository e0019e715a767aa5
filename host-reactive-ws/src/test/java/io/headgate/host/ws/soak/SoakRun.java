package io.headgate.host.ws.soak;

import io.headgate.host.service.HostStatus;
import io.headgate.host.service.StopReport;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** One run: host, peer, faults and laws, from the start to when nothing is left. */
final class SoakRun implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration SILENCE = Duration.ofSeconds(5);
    private static final int HEAP_LOOKS = 24;

    private final Duration length;
    private final SoakPlan plan;
    private final Verdict verdict = new Verdict();
    private final Peer peer = new Peer(verdict);
    // Where a proxy with faults of its own stands in between, its port is named here.
    private final SoakHost host = new SoakHost(peer::port, verdict);
    private final Laws laws = new Laws(host, peer, verdict);
    private final LiveSet heap = new LiveSet();
    private final AtomicLong faults = new AtomicLong();
    private final ScheduledExecutorService conductor = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledExecutorService observer = Executors.newSingleThreadScheduledExecutor();
    private long startedNanos;
    private volatile boolean calm;
    private volatile boolean settled;

    SoakRun(long seed, Duration length) {
        this.length = length;
        this.plan = new SoakPlan(seed);
    }

    /** Runs, and answers what it counted. */
    SoakCounts run() throws InterruptedException {
        host.start();
        until("every connection is open at the start", SoakHost::isUp);
        Instances first = quiet();
        peer.pause(false);

        startedNanos = System.nanoTime();
        observer.scheduleAtFixedRate(guarded(this::lookAtLaws), 0, 1, TimeUnit.SECONDS);
        long heapNanos = length.toNanos() / HEAP_LOOKS;
        observer.scheduleAtFixedRate(guarded(this::lookAtHeap), heapNanos, heapNanos, TimeUnit.NANOSECONDS);
        conductor.execute(this::scheduleNext);
        verdict.holdsFor(length);

        calmDown();
        until("every connection is open again at the end", status -> host.withholdsNothing() && SoakHost.isUp(status));
        settled = true;
        observed(laws::forget);
        Instances last = quiet();
        observed(laws::look);
        verdict.require(heap.holds(), heap::described);
        HostStatus status = host.status();
        new Reckoning(host, peer, verdict).of(status);
        List<String> astray = last.astraySince(first, Place.ALL.size());
        verdict.require(astray.isEmpty(), () -> "instances of ours, early and late: " + astray);
        verdict.holdsFor(Duration.ofMillis(1));
        SoakCounts counts = SoakCounts.of(status, faults.get(), heap.late());
        stop();
        return counts;
    }

    /** Has the peer fall silent, waits until nothing is under way, and counts what is alive then: with no dial meanwhile. */
    private Instances quiet() throws InterruptedException {
        while (true) {
            long from = System.nanoTime();
            until("nothing waits once the peer is silent", status -> {
                // Silence for long has sessions closed: where it does not help soon, they may go on for a while.
                boolean silent = (System.nanoTime() - from) % (2 * SILENCE.toNanos()) < SILENCE.toNanos();
                peer.pause(silent);
                return silent && SoakHost.isQuiet(status) && SoakHost.isUp(status);
            });
            long dials = SoakCounts.dials(host.status());
            Instances lives = counted();
            HostStatus after = host.status();
            if (SoakHost.isUp(after) && SoakHost.isQuiet(after) && SoakCounts.dials(after) == dials) {
                return lives;
            }
        }
    }

    /** On the observer's thread: what it looks at lives for as long as it looks. */
    private Instances counted() throws InterruptedException {
        AtomicReference<Instances> lives = new AtomicReference<>();
        observed(() -> lives.set(Instances.now()));
        return Objects.requireNonNull(lives.get());
    }

    /** Does something on the observer's thread, and waits for it. */
    private void observed(Runnable what) throws InterruptedException {
        try {
            observer.submit(guarded(what)).get();
        } catch (ExecutionException failed) {
            throw new AssertionError(failed.getCause());
        }
    }

    private void scheduleNext() {
        if (!calm) {
            SoakPlan.Planned next = plan.next();
            long due = startedNanos + TimeUnit.MILLISECONDS.toNanos(next.atMillis());
            conductor.schedule(
                    guarded(() -> {
                        befall(next.fault());
                        scheduleNext();
                    }),
                    due - System.nanoTime(),
                    TimeUnit.NANOSECONDS);
        }
    }

    private void befall(SoakFault fault) {
        if (calm) {
            return;
        }
        faults.incrementAndGet();
        if (fault instanceof SoakFault.OfSession ofSession) {
            PeerSession session = peer.at(ofSession.place()).latest();
            if (session != null) {
                session.befalls(ofSession);
            }
        } else if (fault instanceof SoakFault.OfDials ofDials) {
            peer.at(ofDials.place()).befalls(ofDials);
        } else if (fault instanceof SoakFault.OfPlugin ofPlugin) {
            host.plugin(ofPlugin.service()).befalls(ofPlugin);
        } else if (fault instanceof SoakFault.OfOperator ofOperator) {
            take(ofOperator);
        } else if (fault instanceof SoakFault.PortDown port) {
            peer.at(port.port()).down();
            later(port.millis(), () -> peer.at(port.port()).up());
        }
    }

    private void take(SoakFault.OfOperator fault) {
        if (host.take(fault, () -> acknowledged(fault))) {
            later(fault.millis(), () -> giveBack(fault.service()));
        }
    }

    private void acknowledged(SoakFault.OfOperator fault) {
        if (fault instanceof SoakFault.Bans) {
            for (int connection = 0; connection < Place.CONNECTIONS; connection++) {
                peer.at(new Place(fault.service(), connection)).open().forEach(PeerSession::isOver);
            }
        }
    }

    /** As late as the acknowledgement, where that takes longer. */
    private void giveBack(int service) {
        if (!host.giveBack(service)) {
            later(50, () -> giveBack(service));
        }
    }

    private void later(int millis, Runnable what) {
        conductor.schedule(guarded(what), millis, TimeUnit.MILLISECONDS);
    }

    private void lookAtLaws() {
        if (!settled) {
            laws.look();
        }
    }

    private void lookAtHeap() {
        if (!calm) {
            heap.look((double) (System.nanoTime() - startedNanos) / length.toNanos());
        }
    }

    /** No further fault; what the operator took is given back when it is due. */
    private void calmDown() {
        calm = true;
        peer.calm();
        for (int service = 0; service < Place.SERVICES; service++) {
            host.plugin(service).calm();
        }
    }

    private void until(String what, Predicate<HostStatus> reached) throws InterruptedException {
        until(what, () -> reached.test(host.status()), () -> describeNot());
    }

    private String describeNot() {
        return Shortfall.of(host.status());
    }

    private void until(String what, BooleanSupplier reached, Supplier<String> otherwise) throws InterruptedException {
        long from = System.nanoTime();
        while (!reached.getAsBoolean()) {
            if (System.nanoTime() - from > LIMIT.toNanos()) {
                throw new AssertionError("not within " + LIMIT + ": " + what + ": " + otherwise.get());
            }
            verdict.holdsFor(Duration.ofMillis(20));
        }
    }

    private void stop() throws InterruptedException {
        StopReport report = host.stop();
        verdict.require(report.equals(StopReport.CLEAN), () -> "the stop left something: " + report);
        until("the peer has no socket left", () -> peer.sockets() == 0, () -> peer.sockets() + " sockets");
        verdict.holdsFor(Duration.ofMillis(1));
    }

    private Runnable guarded(Runnable what) {
        return () -> {
            try {
                what.run();
            } catch (RuntimeException | Error failed) {
                verdict.failed(failed);
            }
        };
    }

    @Override
    public void close() {
        calm = true;
        conductor.shutdownNow();
        observer.shutdownNow();
        host.stop();
        peer.close();
    }
}
