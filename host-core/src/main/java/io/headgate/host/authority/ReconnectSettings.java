package io.headgate.host.authority;

import java.util.Objects;

/**
 * How a plugin's connections come back.
 *
 * @param policy who dials again, by default {@link ReconnectPolicyKind#MANUAL}
 */
public record ReconnectSettings(ReconnectPolicyKind policy) {

    private static final ReconnectSettings DEFAULTS = new ReconnectSettings(ReconnectPolicyKind.MANUAL);

    /** Checks the components. */
    public ReconnectSettings {
        Objects.requireNonNull(policy, "policy");
    }

    /**
     * The default settings.
     *
     * @return policy {@link ReconnectPolicyKind#MANUAL}
     */
    public static ReconnectSettings defaults() {
        return DEFAULTS;
    }
}
