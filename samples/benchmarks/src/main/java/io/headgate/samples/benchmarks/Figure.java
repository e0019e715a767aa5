package io.headgate.samples.benchmarks;

/** What is measured. */
enum Figure {
    /** Processor time for each text, user and system, of the whole process. */
    CPU("CPU ns/frame", 1),
    /** Texts delivered, or taken by the server, a second. */
    RATE("frames/s", 1),
    /** What threads allocate for each text. */
    ALLOCATION("alloc B/frame", 1),
    /** Half of the answers took no longer, from when the question was due. */
    P50("p50 µs", 1e-3),
    /** All but one in a hundred took no longer. */
    P99("p99 µs", 1e-3),
    /** Processor time to open all connections. */
    OPEN_CPU("open CPU ms", 1e-6),
    /** Time to open all connections. */
    OPEN_TIME("open ms", 1e-6),
    /** All but one in a hundred pongs of a connection took no longer while the others were dialled. */
    PONG_DIALS("pong p99 µs, dialling", 1e-3),
    /** Likewise, once all were open. */
    PONG_QUIET("pong p99 µs, quiet", 1e-3),
    /** Heap for each open connection. */
    HEAP("heap B/conn", 1),
    /** Memory of the process for each open connection. */
    RSS("RSS B/conn", 1);

    private final String label;
    private final double scale;

    Figure(String label, double scale) {
        this.label = label;
        this.scale = scale;
    }

    String label() {
        return label;
    }

    /** As it is shown: times are measured in nanoseconds. */
    double shown(double measured) {
        return measured * scale;
    }
}
