package io.headgate.host.service;

/**
 * How one service stopped.
 *
 * @param service {@code plugin/service}
 * @param cutOff its output had not completed at the end of the grace
 * @param zombie its code had not returned either
 */
record ServiceStop(String service, boolean cutOff, boolean zombie) {}
