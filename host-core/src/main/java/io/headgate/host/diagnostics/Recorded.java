package io.headgate.host.diagnostics;

/**
 * A diagnostic with its place in the host's log.
 *
 * @param number its number, from 1, without gaps and in order, over all services and kinds
 * @param diagnostic the diagnostic
 */
public record Recorded(long number, Diagnostic diagnostic) {}
