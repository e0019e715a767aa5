package io.headgate.host.loading;

import java.util.function.Supplier;

/** The context class loader of the thread that runs something: another one meanwhile, and the old one afterwards. */
final class ContextLoader {

    private ContextLoader() {}

    static <T> T with(ClassLoader loader, Supplier<T> call) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return call.get();
        } finally {
            // Also where the call set another one itself.
            thread.setContextClassLoader(before);
        }
    }

    static void with(ClassLoader loader, Runnable task) {
        ContextLoader.<Boolean>with(loader, () -> {
            task.run();
            return true;
        });
    }
}
