package io.headgate.host.ws;

/**
 * What a {@link ReactorNettyDriver} has under way, and how often a bound made a dial wait. The fields are read one by one.
 *
 * @param dialling dials under way now, each from its turn to its answer, failure or cancellation
 * @param waiting dials that wait for their turn now
 * @param waitedForService how often a dial had to wait because of {@link LoopOptions#handshakesPerService()}
 * @param waitedForLoop how often a dial had to wait because of {@link LoopOptions#handshakesPerLoop()}
 */
public record DialCounts(int dialling, int waiting, long waitedForService, long waitedForLoop) {}
