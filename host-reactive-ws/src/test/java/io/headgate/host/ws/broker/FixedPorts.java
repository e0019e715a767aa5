package io.headgate.host.ws.broker;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Ports of this machine for a container that is to be killed and started again: an engine that chooses ports chooses others
 * then. They lie below those that kernels give out by themselves, so that nothing takes one while the container is down.
 */
final class FixedPorts {

    private static final int FIRST = 20_000;
    private static final int LAST = 32_000;

    private FixedPorts() {}

    /** Bindings of ports that are free now, one for each port of the container. */
    static List<String> bind(int... containerPorts) {
        int[] free = new Random()
                .ints(FIRST, LAST)
                .distinct()
                .filter(FixedPorts::isFree)
                .limit(containerPorts.length)
                .toArray();
        return IntStream.range(0, free.length)
                .mapToObj(i -> free[i] + ":" + containerPorts[i])
                .toList();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
