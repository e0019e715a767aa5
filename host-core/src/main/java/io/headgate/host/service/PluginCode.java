package io.headgate.host.service;

import io.headgate.host.authority.Verdict;
import io.headgate.host.loading.PluginLoadException;
import io.headgate.plugin.ServicePlugin;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The code of one service: made on the worker at the first incarnation that may have it, and let go of at the end. Made under no
 * lock: a constructor of a plugin's may take for ever.
 */
final class PluginCode {

    private volatile @Nullable Supplier<ServicePlugin> source;
    private volatile @Nullable ServicePlugin made;

    PluginCode(Supplier<ServicePlugin> source) {
        this.source = source;
    }

    /**
     * The service's code, for one incarnation.
     *
     * @param load whether it may be loaded and run
     * @throws PluginLoadException if it may not, or cannot be
     */
    ServicePlugin get(Verdict load) {
        if (load instanceof Verdict.Refused refused) {
            throw new PluginLoadException("refused by " + refused.explanation());
        }
        ServicePlugin known = made;
        return known == null ? make() : known;
    }

    private ServicePlugin make() {
        Supplier<ServicePlugin> making = source;
        if (making == null) {
            throw new PluginLoadException("the service has ended");
        }
        ServicePlugin fresh = making.get();
        made = fresh;
        if (source == null) {
            // It was let go of while it was made.
            made = null;
        }
        return fresh;
    }

    /** Lets go of it. */
    void release() {
        source = null;
        made = null;
    }
}
