package io.headgate.host.loading;

import io.headgate.plugin.ServicePlugin;

/** The loader of the plugin API as the host sees it, and so of all that its signatures name. */
final class HostLoader {

    private HostLoader() {}

    static ClassLoader get() {
        return ServicePlugin.class.getClassLoader();
    }
}
