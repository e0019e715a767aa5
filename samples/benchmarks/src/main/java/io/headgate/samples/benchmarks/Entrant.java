package io.headgate.samples.benchmarks;

import io.headgate.samples.benchmarks.contender.Shape;

/**
 * A contender in a cell.
 *
 * @param label what the table calls it
 * @param contender its name among the contenders
 * @param shape how much it opens
 * @param addedCost a deliberate cost of each text, as a part of what the floor spends; 0 for none
 */
record Entrant(String label, String contender, Shape shape, double addedCost) {

    static Entrant of(String contender, Shape shape) {
        return new Entrant(contender, contender, shape, 0);
    }
}
