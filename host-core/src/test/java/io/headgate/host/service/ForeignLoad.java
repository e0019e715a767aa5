package io.headgate.host.service;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many processors other processes take, so that a timing is not blamed for what else the machine does. */
final class ForeignLoad {

    private static final OperatingSystemMXBean MACHINE =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final long beganNanos = System.nanoTime();
    private final long ownNanos = MACHINE.getProcessCpuTime();

    private ForeignLoad() {
        // The load is that since it was asked for last.
        MACHINE.getCpuLoad();
    }

    static ForeignLoad fromNow() {
        return new ForeignLoad();
    }

    double processors() {
        double all = MACHINE.getCpuLoad() * Runtime.getRuntime().availableProcessors();
        double own = (double) (MACHINE.getProcessCpuTime() - ownNanos) / (System.nanoTime() - beganNanos);
        return Math.max(0, all - own);
    }
}
