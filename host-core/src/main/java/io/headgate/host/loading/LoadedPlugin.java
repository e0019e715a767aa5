package io.headgate.host.loading;

import io.headgate.host.authority.ServiceDeclaration;
import io.headgate.host.loading.PluginUnload.State;
import io.headgate.host.transport.ConnectionDriver;
import io.headgate.plugin.ServicePlugin;
import java.lang.ref.WeakReference;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * A plugin from a jar in this JVM: a class loader of its own, and what is made with it, until it is {@linkplain #release()
 * released}. Making one runs nothing of the plugin's.
 *
 * <p>Code in the same JVM is trusted code. The loader keeps libraries apart; it keeps nothing in: a plugin can open sockets,
 * reflect and end the process. Whether it may run at all is the {@link io.headgate.host.authority.Authority}'s to say, before.
 *
 * <p>Safe for any thread.
 */
public final class LoadedPlugin {

    private final PluginJar jar;
    private final WeakReference<ClassLoader> reference;
    private volatile @Nullable PluginClassLoader loader;

    /**
     * Makes the loader of a plugin, and loads nothing yet.
     *
     * @param jar the plugin
     */
    public LoadedPlugin(PluginJar jar) {
        this.jar = jar;
        // Unique, as a stack names no loader but by its name.
        String name = jar.manifest().id() + "@" + jar.digest().sha256().substring(0, 12) + "-"
                + Integer.toHexString(System.identityHashCode(this));
        PluginClassLoader made = new PluginClassLoader(name, jar);
        this.loader = made;
        this.reference = new WeakReference<>(made);
    }

    /**
     * Where it is from.
     *
     * @return the jar
     */
    public PluginJar jar() {
        return jar;
    }

    /**
     * Makes a service: an instance of its class, which must be in the jar, public, and either a {@link ServicePlugin} or an
     * {@link io.headgate.plugin.EventHandler}, with a public constructor without parameters. Runs that constructor, on this thread,
     * with the plugin's loader as context class loader.
     *
     * @param declared one of the manifest's services
     * @return a new instance
     * @throws PluginLoadException if the class is not so, or its constructor fails, or the plugin was released: names class, service
     *     and what is wrong
     */
    public ServicePlugin service(ServiceDeclaration declared) {
        PluginClassLoader live = loader;
        if (live == null) {
            throw new PluginLoadException("service " + declared.name() + " of "
                    + jar.manifest().id() + ": the host has let go of the plugin");
        }
        return ContextLoader.with(live, new ServiceClass(jar.manifest().id(), declared, live)::instance);
    }

    /**
     * A scheduler for the plugin's code.
     *
     * @param lender runs it
     * @return a view of it: tasks have the plugin's loader as context class loader, and the thread has its own again behind each;
     *     threads that it makes start under the host's
     */
    public Scheduler running(Scheduler lender) {
        return new ContextScheduler(lender, () -> loader);
    }

    /**
     * A scheduler that the host uses, also where it is called from plugin code.
     *
     * @param lender runs it
     * @return a view of it: threads that it makes start under the host's loader
     */
    public Scheduler calling(Scheduler lender) {
        return new ContextScheduler(lender, () -> null);
    }

    /**
     * A driver that the host uses, also where it is called from plugin code.
     *
     * @param driver dials
     * @return a view of it: threads that it makes start under the host's loader
     */
    public ConnectionDriver calling(ConnectionDriver driver) {
        return (spec, handler) -> {
            Mono<Void> session = Mono.defer(() -> driver.connect(spec, handler));
            return Mono.fromDirect(
                    subscriber -> ContextLoader.with(HostLoader.get(), () -> session.subscribe(subscriber)));
        };
    }

    /** Lets go of the code, for good. */
    public void release() {
        loader = null;
    }

    /**
     * Whether the code has left the memory, and what keeps it if not. Looks at every thread of the JVM; does not ask for a
     * collection.
     *
     * @return how it is at this moment
     */
    public PluginUnload unload() {
        if (loader != null) {
            return found(State.LOADED, List.of());
        }
        ClassLoader left = reference.get();
        return left == null
                ? found(State.COLLECTED, List.of())
                : found(
                        State.RETAINED,
                        new LoaderThreads(left).withoutInherited().holding());
    }

    /** Whether it was released and has not left yet, for all that is known. */
    boolean isWaitedFor() {
        return loader == null && !reference.refersTo(null);
    }

    private PluginUnload found(State state, List<String> heldBy) {
        return new PluginUnload(jar.manifest().id(), jar.digest(), state, heldBy);
    }

    @Override
    public String toString() {
        return "LoadedPlugin[" + jar + "]";
    }
}
