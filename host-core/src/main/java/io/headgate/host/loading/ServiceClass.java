package io.headgate.host.loading;

import io.headgate.host.authority.ServiceDeclaration;
import io.headgate.host.diagnostics.Printable;
import io.headgate.plugin.EventHandler;
import io.headgate.plugin.ServicePlugin;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/** The class that a manifest names for a service: what it must be, and an instance of it. */
final class ServiceClass {

    private final String plugin;
    private final ServiceDeclaration declared;
    private final ClassLoader loader;

    ServiceClass(String plugin, ServiceDeclaration declared, ClassLoader loader) {
        this.plugin = plugin;
        this.declared = declared;
        this.loader = loader;
    }

    /** Makes an instance. Nothing of the class runs before it was found to be as it should be. */
    ServicePlugin instance() {
        Object made = made(constructor(checked(found())));
        return made instanceof ServicePlugin service ? service : ServicePlugin.perEvent((EventHandler) made);
    }

    private Class<?> found() {
        try {
            return Class.forName(declared.className(), false, loader);
        } catch (ClassNotFoundException missing) {
            throw problem("is not in the jar");
        } catch (LinkageError broken) {
            throw unlinkable(broken);
        }
    }

    private Class<?> checked(Class<?> type) {
        if (type.getClassLoader() != loader) {
            throw problem("is the JDK's or the host's, not the jar's");
        }
        if (!ServicePlugin.class.isAssignableFrom(type) && !EventHandler.class.isAssignableFrom(type)) {
            throw problem("is neither a ServicePlugin nor an EventHandler of io.headgate.plugin");
        }
        if (Modifier.isAbstract(type.getModifiers())) {
            throw problem("is abstract");
        }
        if (!Modifier.isPublic(type.getModifiers())) {
            throw problem("is not public");
        }
        return type;
    }

    private Constructor<?> constructor(Class<?> type) {
        try {
            return type.getConstructor();
        } catch (NoSuchMethodException missing) {
            throw problem("has no public constructor without parameters");
        } catch (LinkageError broken) {
            throw unlinkable(broken);
        }
    }

    /** From here on the plugin's code runs, and may throw whatever it likes. */
    private Object made(Constructor<?> constructor) {
        try {
            return constructor.newInstance();
        } catch (InvocationTargetException thrown) {
            throw problem("has a constructor that failed: " + described(thrown.getCause()));
        } catch (ExceptionInInitializerError thrown) {
            throw problem("has a static initialiser that failed: " + described(thrown.getCause()));
        } catch (Throwable thrown) {
            throw problem("cannot be made: " + described(thrown));
        }
    }

    private static String described(@Nullable Throwable thrown) {
        return thrown == null ? "an error without a cause" : Printable.error(thrown);
    }

    /** Nothing of the plugin's has run yet: the words are the JVM's. */
    private PluginLoadException unlinkable(LinkageError broken) {
        return problem("cannot be loaded: " + broken.getClass().getName() + ": " + Printable.text(broken.getMessage())
                + "; " + HostPackages.visible());
    }

    private PluginLoadException problem(String what) {
        return new PluginLoadException("service " + declared.name() + " of " + plugin + ": class "
                + Printable.text(declared.className()) + " " + what);
    }
}
