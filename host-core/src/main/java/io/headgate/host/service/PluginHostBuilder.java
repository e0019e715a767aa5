package io.headgate.host.service;

import io.headgate.host.authority.Access;
import io.headgate.host.authority.Authority;
import io.headgate.host.authority.ConnectionDeclaration;
import io.headgate.host.authority.Grant;
import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Limits;
import io.headgate.host.authority.LivenessSettings;
import io.headgate.host.authority.Manifest;
import io.headgate.host.authority.ReconnectSettings;
import io.headgate.host.authority.RestartSettings;
import io.headgate.host.authority.ServiceDeclaration;
import io.headgate.host.command.OpenTokens;
import io.headgate.host.command.OutcomeListener;
import io.headgate.host.diagnostics.DiagnosticLog;
import io.headgate.host.ingress.OverflowPolicy;
import io.headgate.host.loading.LoadedPlugin;
import io.headgate.host.loading.LoadedPlugins;
import io.headgate.host.loading.PluginJar;
import io.headgate.host.recording.HostRecorder;
import io.headgate.host.recording.ServiceRecorder;
import io.headgate.host.transport.ConnectionDriver;
import io.headgate.plugin.ServicePlugin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Builds a {@link PluginHost}. A driver is required; without grants nothing is granted. Not for several threads. */
public final class PluginHostBuilder {

    private static final Duration SHORTEST_WATCH = Duration.ofMillis(10);

    private record WatchedFile(Path file, Duration every) {}

    private final Map<Manifest, Supplier<PluginSource>> plugins = new LinkedHashMap<>();
    private GrantFile grants = new GrantFile(List.of());
    private @Nullable WatchedFile watched;
    private HostSettings settings = HostSettings.defaults();
    private UnaryOperator<Supplier<Authority>> standing = authority -> authority;
    private OutcomeListener audit = OutcomeListener.NONE;
    private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();
    private @Nullable ConnectionDriver driver;
    private @Nullable Scheduler timer;
    private Function<String, PluginWorker> workers = PluginWorker::ownThread;

    PluginHostBuilder() {}

    /**
     * Sets what dials. The host does not end it.
     *
     * @param dialling the driver
     * @return this
     */
    public PluginHostBuilder driver(ConnectionDriver dialling) {
        this.driver = Objects.requireNonNull(dialling, "driver");
        return this;
    }

    /**
     * Sets what the operator grants.
     *
     * @param granted the grants; default none
     * @return this
     */
    public PluginHostBuilder grants(GrantFile granted) {
        this.grants = Objects.requireNonNull(granted, "grants");
        this.watched = null;
        return this;
    }

    /**
     * Sets what the operator grants by a file that is read now, and looked at again while the host runs. What has changed in it is
     * taken over as by {@link PluginHost#grants}, when two looks in a row find the same: within {@code 2 * every}. A file that
     * cannot be used changes nothing and is a {@linkplain io.headgate.host.diagnostics.Diagnostic.GrantsNotRead diagnostic}.
     *
     * @param file a grant file, see {@link GrantFile#read}
     * @param every how long between two looks; 10 ms to 1 day
     * @return this
     * @throws io.headgate.host.ConfigurationException if it cannot be used as it is now
     */
    public PluginHostBuilder watchedGrants(Path file, Duration every) {
        if (every.compareTo(SHORTEST_WATCH) < 0 || every.compareTo(HostSettings.LONGEST) > 0) {
            throw new IllegalArgumentException("every must be from 10 ms to 1 day, is " + every);
        }
        this.grants = GrantFile.read(file);
        this.watched = new WatchedFile(file, every);
        return this;
    }

    /**
     * Sets the host's settings.
     *
     * @param chosen the settings; default {@link HostSettings#defaults()}
     * @return this
     */
    public PluginHostBuilder settings(HostSettings chosen) {
        this.settings = Objects.requireNonNull(chosen, "settings");
        return this;
    }

    /**
     * Adds a plugin with one service.
     *
     * @param manifest what it asks for; declares one service
     * @param service the service
     * @return this
     * @throws IllegalArgumentException if the manifest does not declare exactly one service, or its id was added before
     */
    public PluginHostBuilder plugin(Manifest manifest, ServicePlugin service) {
        if (manifest.services().size() != 1) {
            throw new IllegalArgumentException("the manifest of " + manifest.id() + " declares "
                    + manifest.services().size() + " services, expected 1: name each service's implementation");
        }
        return plugin(manifest, Map.of(manifest.services().get(0).name(), service));
    }

    /**
     * Adds a plugin.
     *
     * @param manifest what it asks for
     * @param services the implementation of each declared service, by name
     * @return this
     * @throws IllegalArgumentException if a declared service has no implementation, an implementation no declaration, or the
     *     plugin's id was added before
     */
    public PluginHostBuilder plugin(Manifest manifest, Map<String, ServicePlugin> services) {
        Set<String> declared = new HashSet<>();
        manifest.services().forEach(service -> declared.add(service.name()));
        if (!declared.equals(services.keySet())) {
            throw new IllegalArgumentException("the manifest of " + manifest.id() + " declares the services " + declared
                    + ", implementations were given for " + services.keySet());
        }
        PluginSource instances = new PluginSource.Instances(services);
        return add(manifest, () -> instances);
    }

    /**
     * Adds a plugin from a jar: its manifest, and its code. The jar's services are made by the host, each at its first incarnation
     * and on its own worker, from the classes that the manifest names. Nothing of the jar runs unless the grant names it with
     * {@code digest}: a service that is refused, or whose class is not as it should be, is {@code FAILED}, and says why.
     *
     * @param jar the jar
     * @return this
     * @throws IllegalArgumentException if the plugin's id was added before
     */
    public PluginHostBuilder jar(PluginJar jar) {
        // Each host has a loader of its own, and so static fields of its own.
        return add(jar.manifest(), () -> new PluginSource.Jar(new LoadedPlugin(jar)));
    }

    private PluginHostBuilder add(Manifest manifest, Supplier<PluginSource> source) {
        if (plugins.keySet().stream().anyMatch(other -> other.id().equals(manifest.id()))) {
            throw new IllegalArgumentException("plugin " + manifest.id() + " was added before");
        }
        plugins.put(manifest, source);
        return this;
    }

    /**
     * Sets the schedulers, which stay the caller's to end. For tests in virtual time, mostly.
     *
     * @param clockAndTimer the host's only clock and timer; default a thread of the host's own. Asked for milliseconds it tells the
     *     wall clock; asked for nanoseconds, one that nobody sets, as Reactor's own schedulers do
     * @param perService makes the scheduler a service's plugin code runs on, one task at a time, from {@code plugin/service};
     *     it must not be shared with anything that must not wait; default a thread of the service's own. At the service's
     *     first exchange it is asked once more, with {@code plugin/service/exchange}, for what the plugin hears of its exchanges
     *     on: another one, unless no plugin ever blocks to wait for them; default another thread, which cannot be blocked
     * @return this
     */
    public PluginHostBuilder schedulers(Scheduler clockAndTimer, Function<String, Scheduler> perService) {
        this.timer = Objects.requireNonNull(clockAndTimer, "clockAndTimer");
        Objects.requireNonNull(perService, "perService");
        this.workers = name -> PluginWorker.borrowed(name, perService);
        return this;
    }

    /** For tests: an authority that changes, and nobody is told: what the gate alone is for. */
    PluginHostBuilder standing(UnaryOperator<Supplier<Authority>> changing) {
        this.standing = changing;
        return this;
    }

    /** For tests: told of every outcome of every service, also of those that its plugin does not live to see. */
    PluginHostBuilder audited(OutcomeListener listener) {
        this.audit = listener;
        return this;
    }

    /** For tests: what waits are spread by, from 0 to 1. */
    PluginHostBuilder random(DoubleSupplier source) {
        this.random = source;
        return this;
    }

    /**
     * Builds the host. Nothing runs before {@link PluginHost#start()} is subscribed to.
     *
     * @return the host
     * @throws IllegalStateException if there is no driver
     * @throws IllegalArgumentException if a grant allows larger messages than the mailbox could ever hold, or if with
     *     {@link OverflowPolicy#HOLD} its queue has no room for a largest message of each connection, or if a connection is to be recorded
     *     that no manifest declares, or that is for exchanges only
     * @throws io.headgate.host.ConfigurationException if a folder for recordings cannot be made or written to
     */
    public PluginHost build() {
        ConnectionDriver dialling = driver;
        if (dialling == null) {
            throw new IllegalStateException("a host needs a driver: builder.driver(ReactorNettyDriver.create())");
        }
        Scheduler given = timer;
        Scheduler clock = given == null ? Schedulers.newSingle("headgate-timer", true) : given;
        DiagnosticLog log = new DiagnosticLog(settings.diagnosticsHistory());
        Optional<HostRecorder> recorder =
                settings.recording().map(chosen -> new HostRecorder(chosen, declared(), clock, log));
        List<HostedService> services = new ArrayList<>();
        List<LoadedPlugin> loaded = new ArrayList<>();
        plugins.forEach((manifest, made) -> {
            PluginSource source = made.get();
            source.loaded().ifPresent(loaded::add);
            manifest.services().forEach(declared -> {
                ServiceRecorder taking = recorder.map(all -> all.of(manifest.id() + "/" + declared.name()))
                        .orElse(ServiceRecorder.OFF);
                services.add(hosted(manifest, declared, source, dialling, clock, taking, log));
            });
        });
        Optional<GrantWatch> watch = Optional.ofNullable(watched)
                .map(look ->
                        new GrantWatch(look.file(), grants, look.every(), clock, Schedulers.boundedElastic(), log));
        return new PluginHost(services, watch, new LoadedPlugins(loaded), recorder, log, clock, given == null);
    }

    private HostedService hosted(
            Manifest manifest,
            ServiceDeclaration declared,
            PluginSource source,
            ConnectionDriver dialling,
            Scheduler clock,
            ServiceRecorder recorder,
            DiagnosticLog log) {
        Optional<Grant> grant = grants.grantFor(manifest.id());
        StandingAuthority authority = new StandingAuthority(manifest, source, declared, grant);
        ServiceIdentity identity = new ServiceIdentity(
                manifest.id(), declared.name(), grant.map(Grant::settings).orElse(Map.of()));
        List<String> connections = hosted(declared);
        Limits limits = grant.map(Grant::limits).orElse(Limits.defaults());
        Scheduler timer = source.timer(clock);
        ServiceEnvironment environment = new ServiceEnvironment(
                identity.name(),
                standing.apply(authority),
                limits,
                grant.map(Grant::restart).orElse(RestartSettings.defaults()),
                grant.map(Grant::reconnect).orElse(ReconnectSettings.defaults()),
                grant.map(Grant::liveness).orElse(LivenessSettings.defaults()),
                settings,
                settings.commands().mailbox(connections.size()),
                new OpenTokens(timer, limits.opens()),
                source.driver(dialling),
                timer,
                log,
                recorder,
                audit,
                random);
        grant.ifPresent(given -> requireRoomForOneMessage(declared, given.limits(), manifest.id()));
        grant.ifPresent(given -> requireRoomToHold(identity.name(), connections.size(), given.limits()));
        PluginCode code = new PluginCode(source.code(declared));
        PluginWorker worker = source.worker(workers.apply(identity.name()));
        return new HostedService(new ServiceSupervisor(identity, connections, environment, code, worker), authority);
    }

    private Map<String, List<String>> declared() {
        Map<String, List<String>> declared = new LinkedHashMap<>();
        plugins.keySet()
                .forEach(manifest -> manifest.services()
                        .forEach(service -> declared.put(manifest.id() + "/" + service.name(), hosted(service))));
        return declared;
    }

    /** Else the rooms that are kept for quiet connections could leave none for a busy one, for ever. */
    private static void requireRoomToHold(String service, int connections, Limits limits) {
        boolean fits = connections <= limits.queueEvents()
                && (long) connections * limits.messageBytes() <= limits.queueBytes();
        if (limits.overflow() == OverflowPolicy.HOLD && !fits) {
            throw new IllegalArgumentException(service + " declares " + connections
                    + " connections, and with limits.overflow hold each needs room for a largest message of "
                    + limits.messageBytes() + " bytes in a queue of " + limits.queueEvents() + " events and "
                    + limits.queueBytes()
                    + " bytes: lower limits.message-bytes, or raise limits.queue-events and limits.queue-bytes");
        }
    }

    /** One that is for exchanges only is not the host's to dial, and has no state. */
    private static List<String> hosted(ServiceDeclaration declared) {
        return declared.connections().stream()
                .filter(connection -> !connection.access().equals(Set.of(Access.EXCHANGE)))
                .map(ConnectionDeclaration::name)
                .toList();
    }

    /** Else the largest texts would be refused for ever, however long the plugin waits. */
    private void requireRoomForOneMessage(ServiceDeclaration declared, Limits limits, String plugin) {
        long waitingBytes = settings.exchanges().waitingBytes();
        boolean exchanges = declared.connections().stream()
                .anyMatch(connection -> connection.access().contains(Access.EXCHANGE));
        if (exchanges && limits.messageBytes() > waitingBytes) {
            throw new IllegalArgumentException("limits.message-bytes in the grant of " + plugin + " is "
                    + limits.messageBytes() + ", the host's exchanges hold " + waitingBytes
                    + " bytes: lower it, or raise ExchangeSettings.withWaitingBytes");
        }
        long mailboxBytes = settings.commands().mailboxBytes();
        if (limits.messageBytes() > mailboxBytes) {
            throw new IllegalArgumentException("limits.message-bytes in the grant of " + plugin + " is "
                    + limits.messageBytes() + ", the host's mailboxes hold " + mailboxBytes
                    + " bytes: lower it, or raise CommandSettings.withMailbox");
        }
    }
}
