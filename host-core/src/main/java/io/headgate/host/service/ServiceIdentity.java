package io.headgate.host.service;

import java.util.Map;

/**
 * Which service it is, and what its operator set for it.
 *
 * @param plugin the plugin's id
 * @param service the service's name
 * @param settings from the grant; may hold secrets
 */
record ServiceIdentity(String plugin, String service, Map<String, String> settings) {

    ServiceIdentity {
        settings = Map.copyOf(settings);
    }

    String name() {
        return plugin + "/" + service;
    }

    @Override
    public String toString() {
        return name() + " with " + settings.size() + " settings";
    }
}
