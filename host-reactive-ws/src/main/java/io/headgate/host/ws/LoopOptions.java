package io.headgate.host.ws;

/**
 * How a {@link ReactorNettyDriver} spreads its work over event loops, and how many dials it has under way at a time. What
 * is over a bound waits for its turn, first come, first served; its deadlines begin when it has it. No more can wait than
 * there are connections, as each dials once at a time. Start from {@link #defaults()}.
 *
 * @param eventLoops how many event loops serve all services, 1 to 1024; default: the processors
 * @param loopsPerService over how many of them the connections of one service are spread, 1 to 1024; each connection keeps
 *     to one; default: 1
 * @param handshakesPerLoop how many dials may be under way on one loop, 1 to 65,536; default: 64
 * @param handshakesPerService how many dials of one service may be under way, 1 to 65,536; default: 16
 */
public record LoopOptions(int eventLoops, int loopsPerService, int handshakesPerLoop, int handshakesPerService) {

    private static final int MAX_LOOPS = 1024;
    private static final int MAX_HANDSHAKES = 65_536;
    private static final int DEFAULT_HANDSHAKES_PER_LOOP = 64;
    private static final int DEFAULT_HANDSHAKES_PER_SERVICE = 16;

    /** Checks the components. */
    public LoopOptions {
        between("eventLoops", eventLoops, 1, MAX_LOOPS);
        between("loopsPerService", loopsPerService, 1, MAX_LOOPS);
        between("handshakesPerLoop", handshakesPerLoop, 1, MAX_HANDSHAKES);
        between("handshakesPerService", handshakesPerService, 1, MAX_HANDSHAKES);
    }

    /**
     * The options nobody changed.
     *
     * @return the defaults
     */
    public static LoopOptions defaults() {
        return new LoopOptions(
                Runtime.getRuntime().availableProcessors(),
                1,
                DEFAULT_HANDSHAKES_PER_LOOP,
                DEFAULT_HANDSHAKES_PER_SERVICE);
    }

    /**
     * Changes the number of event loops.
     *
     * @param count 1 to 1024
     * @return a changed copy
     */
    public LoopOptions withEventLoops(int count) {
        return new LoopOptions(count, loopsPerService, handshakesPerLoop, handshakesPerService);
    }

    /**
     * Changes over how many loops a service's connections are spread.
     *
     * @param count 1 to 1024; where there are fewer loops, it has all of them
     * @return a changed copy
     */
    public LoopOptions withLoopsPerService(int count) {
        return new LoopOptions(eventLoops, count, handshakesPerLoop, handshakesPerService);
    }

    /**
     * Changes how many dials may be under way on one loop.
     *
     * @param count 1 to 65,536
     * @return a changed copy
     */
    public LoopOptions withHandshakesPerLoop(int count) {
        return new LoopOptions(eventLoops, loopsPerService, count, handshakesPerService);
    }

    /**
     * Changes how many dials of one service may be under way.
     *
     * @param count 1 to 65,536
     * @return a changed copy
     */
    public LoopOptions withHandshakesPerService(int count) {
        return new LoopOptions(eventLoops, loopsPerService, handshakesPerLoop, count);
    }

    static void between(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " must be between " + least + " and " + most + ", is " + value);
        }
    }
}
