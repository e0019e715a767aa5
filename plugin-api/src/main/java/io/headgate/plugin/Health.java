package io.headgate.plugin;

/** What a service says of itself with {@link OutputCommand.ReportStatus}. */
public enum Health {
    /** It does its work. */
    OK,
    /** It works, with a loss an operator should know of. */
    DEGRADED,
    /** It does not do its work. */
    FAILING
}
