package io.headgate.host.service;

import java.time.Duration;

/**
 * An attempt that is to come.
 *
 * @param attempt its number, from 1
 * @param atSteadyMillis when it is due, by {@link ServiceEnvironment#steadyMillis}
 * @param atMillis likewise by the wall clock as it stood when the wait began: to be shown only
 */
record Due(int attempt, long atSteadyMillis, long atMillis) {

    Duration inFrom(long nowSteadyMillis) {
        return Duration.ofMillis(Math.max(0, atSteadyMillis - nowSteadyMillis));
    }
}
