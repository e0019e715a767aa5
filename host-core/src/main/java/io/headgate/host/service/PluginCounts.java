package io.headgate.host.service;

/**
 * What a plugin did not get done, beside its ledgers.
 *
 * @param eventsFailed how many events it reported it could not handle
 * @param commandsHeldBack how many commands waited for their place in the window, because the plugin issued more than 256
 *     within 100 ms that were refused or were reports of its status
 * @param outcomesLost how many outcomes its own slow views lost; the ledger has them all the same
 */
public record PluginCounts(long eventsFailed, long commandsHeldBack, long outcomesLost) {}
