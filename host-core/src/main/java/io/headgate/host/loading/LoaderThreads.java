package io.headgate.host.loading;

import io.headgate.host.diagnostics.Printable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.NonBlocking;

/** Which threads keep a class loader, as far as a thread shows it. */
final class LoaderThreads {

    private static final int MOST_NAMED = 8;
    /** The threads of Reactor's shared scheduler of that name, and the one that ends them, have no kind of their own. */
    private static final String ELASTIC = "boundedElastic-";

    private final ClassLoader loader;
    private final Map<Thread, StackTraceElement[]> threads;

    LoaderThreads(ClassLoader loader) {
        this.loader = loader;
        this.threads = Thread.getAllStackTraces();
    }

    /**
     * Gives Reactor's shared threads the host's loader, where they inherited the plugin's: whoever first uses one of those
     * schedulers makes its thread, which then lives as long as the JVM.
     */
    LoaderThreads withoutInherited() {
        threads.keySet().stream()
                .filter(thread -> isWithin(thread.getContextClassLoader()) && isReactors(thread))
                .forEach(thread -> thread.setContextClassLoader(HostLoader.get()));
        return this;
    }

    private boolean isReactors(Thread thread) {
        boolean shared = thread instanceof NonBlocking || thread.getName().startsWith(ELASTIC);
        return shared && !isWithin(thread.getClass().getClassLoader());
    }

    List<String> holding() {
        List<String> holding = new ArrayList<>();
        threads.forEach((thread, stack) -> held(thread, stack)
                .filter(how -> holding.size() < MOST_NAMED)
                .ifPresent(how -> holding.add("thread " + Printable.text(thread.getName()) + " " + how)));
        return holding;
    }

    private Optional<String> held(Thread thread, StackTraceElement[] stack) {
        Optional<String> running = Arrays.stream(stack)
                .filter(frame -> String.valueOf(loader.getName()).equals(frame.getClassLoaderName()))
                .findFirst()
                .map(frame -> "runs " + Printable.text(frame.getClassName() + "." + frame.getMethodName()));
        if (running.isPresent()) {
            return running;
        }
        if (isWithin(thread.getClass().getClassLoader())) {
            return Optional.of("is of a class of the plugin's");
        }
        return isWithin(thread.getContextClassLoader())
                ? Optional.of("has its class loader as context class loader")
                : Optional.empty();
    }

    private boolean isWithin(@Nullable ClassLoader other) {
        for (ClassLoader at = other; at != null; at = at.getParent()) {
            if (at == loader) {
                return true;
            }
        }
        return false;
    }
}
