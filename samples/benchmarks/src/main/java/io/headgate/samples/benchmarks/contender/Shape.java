package io.headgate.samples.benchmarks.contender;

/**
 * How many of what.
 *
 * @param connections opened in all, from 1
 * @param services over which a host spreads them, from 1; others have no services
 * @param grants each service's plugin has, from 1; one of them covers the server
 */
public record Shape(int connections, int services, int grants) {

    /** Checks the components. */
    public Shape {
        if (connections < 1 || services < 1 || grants < 1 || connections % services != 0) {
            throw new IllegalArgumentException("connections, services and grants must be at least 1, and services share"
                    + " the connections evenly: " + connections + ", " + services + ", " + grants);
        }
    }

    /**
     * One service, one grant.
     *
     * @param connections opened in all
     * @return the shape
     */
    public static Shape of(int connections) {
        return new Shape(connections, 1, 1);
    }
}
