package io.headgate.host.ingress;

import java.util.Locale;

/** Why a text that was not dropped never reached the plugin. The {@linkplain #wireName() names} are stable. */
public enum DiscardReason {
    /** It was received after the service began to stop, or after its end. */
    STOPPING,
    /** It waited when its service ended. */
    SERVICE_ENDED,
    /** It waited for an incarnation that had ended, and was not handed over to the next. */
    INCARNATION_ENDED;

    /**
     * The stable name, for logs and metrics.
     *
     * @return for example {@code service-ended}
     */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
