package io.headgate.samples.standalone;

import java.lang.reflect.Proxy;
import org.slf4j.LoggerFactory;

/**
 * SIGHUP, for which Java has no API but {@code sun.misc.Signal}: in the module {@code jdk.unsupported} on every platform (JEP 260), and by
 * its name here, since javac warns of each use of it.
 */
final class Signals {

    private Signals() {}

    /** On a system that has no such signal, nothing ever happens. */
    static void onHangUp(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object handling = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        action.run();
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), handling);
        } catch (ReflectiveOperationException none) {
            LoggerFactory.getLogger("headgate").info("no SIGHUP here: restart to have the grants read again");
        }
    }
}
