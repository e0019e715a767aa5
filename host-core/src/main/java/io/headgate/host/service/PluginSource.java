package io.headgate.host.service;

import io.headgate.host.authority.Authority;
import io.headgate.host.authority.Grant;
import io.headgate.host.authority.Manifest;
import io.headgate.host.authority.ServiceDeclaration;
import io.headgate.host.loading.LoadedPlugin;
import io.headgate.host.transport.ConnectionDriver;
import io.headgate.plugin.ServicePlugin;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/** Where the code of one plugin comes from, and how what surrounds it differs by that. */
sealed interface PluginSource {

    /** What a service of it may do. */
    Authority authority(Manifest manifest, ServiceDeclaration service, @Nullable Grant grant, long version);

    /** Makes the code of a service. Asked once, on its worker, unless authority refuses it. */
    Supplier<ServicePlugin> code(ServiceDeclaration service);

    /** What its code runs on. */
    PluginWorker worker(PluginWorker lent);

    /** The host's timer, as the host uses it on behalf of the plugin. */
    Scheduler timer(Scheduler timer);

    /** The host's driver, likewise. */
    ConnectionDriver driver(ConnectionDriver driver);

    /** What has to be let go of at the end. */
    Optional<LoadedPlugin> loaded();

    /** The application made its services. */
    record Instances(Map<String, ServicePlugin> services) implements PluginSource {

        /** Copies the map. */
        public Instances {
            services = Map.copyOf(services);
        }

        @Override
        public Authority authority(Manifest manifest, ServiceDeclaration service, @Nullable Grant grant, long version) {
            return Authority.of(manifest, service, grant, version);
        }

        @Override
        public Supplier<ServicePlugin> code(ServiceDeclaration service) {
            ServicePlugin plugin = Objects.requireNonNull(services.get(service.name()), service.name());
            return () -> plugin;
        }

        @Override
        public PluginWorker worker(PluginWorker lent) {
            return lent;
        }

        @Override
        public Scheduler timer(Scheduler timer) {
            return timer;
        }

        @Override
        public ConnectionDriver driver(ConnectionDriver driver) {
            return driver;
        }

        @Override
        public Optional<LoadedPlugin> loaded() {
            return Optional.empty();
        }
    }

    /** The host makes its services, from a jar. */
    record Jar(LoadedPlugin plugin) implements PluginSource {

        @Override
        public Authority authority(Manifest manifest, ServiceDeclaration service, @Nullable Grant grant, long version) {
            return Authority.of(manifest, service, plugin.jar().digest(), grant, version);
        }

        @Override
        public Supplier<ServicePlugin> code(ServiceDeclaration service) {
            return () -> plugin.service(service);
        }

        @Override
        public PluginWorker worker(PluginWorker lent) {
            return lent.running(plugin);
        }

        @Override
        public Scheduler timer(Scheduler timer) {
            return plugin.calling(timer);
        }

        @Override
        public ConnectionDriver driver(ConnectionDriver driver) {
            return plugin.calling(driver);
        }

        @Override
        public Optional<LoadedPlugin> loaded() {
            return Optional.of(plugin);
        }
    }
}
