package io.headgate.host.loading;

import java.net.URL;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.Attributes.Name;
import org.jspecify.annotations.Nullable;

/**
 * Loads one plugin's code from the bytes of its jar.
 *
 * <p>A plugin sees, in this order: the JDK; of the host the packages of {@link HostPackages} and nothing else; its jar. All
 * else of the host is not only behind the jar, it is not there: no class, no resource, no service. Each plugin has a loader of its
 * own, so two of them can bring two versions of one library.
 */
final class PluginClassLoader extends ClassLoader {

    static {
        if (!registerAsParallelCapable()) {
            throw new IllegalStateException(
                    "a class loader must be parallel capable, or two threads of plugins deadlock");
        }
    }

    private final JarContents contents;
    private final EntryUrls urls;
    private final ProtectionDomain domain;

    PluginClassLoader(String name, PluginJar jar) {
        super(name, ClassLoader.getPlatformClassLoader());
        this.contents = jar.contents();
        this.urls = new EntryUrls(jar);
        // Without the loader: until Java 23 a thread keeps the domains of whatever was on the stack when it was made.
        this.domain = new ProtectionDomain(new CodeSource(urls.root(), (Certificate[]) null), null);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded == null) {
                loaded = HostPackages.share(name) ? HostLoader.get().loadClass(name) : jdkOrOwn(name);
            }
            if (resolve) {
                resolveClass(loaded);
            }
            return loaded;
        }
    }

    private Class<?> jdkOrOwn(String name) throws ClassNotFoundException {
        Class<?> jdk = jdk(name);
        return jdk == null ? findClass(name) : jdk;
    }

    private @Nullable Class<?> jdk(String name) {
        try {
            Class<?> found = getParent().loadClass(name);
            return isJdk(found) ? found : null;
        } catch (ClassNotFoundException notThere) {
            return null;
        }
    }

    /** The platform's loader also finds modules of the application's, where the host runs from a module path. */
    private static boolean isJdk(Class<?> found) {
        ClassLoader loader = found.getClassLoader();
        String module = found.getModule().getName();
        return loader == null
                || loader == ClassLoader.getPlatformClassLoader()
                || (module != null && (module.startsWith("java.") || module.startsWith("jdk.")));
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] code = contents.find(name.replace('.', '/') + ".class");
        if (code == null) {
            throw new ClassNotFoundException(name);
        }
        seal(name);
        return defineClass(name, code, 0, code.length, domain);
    }

    private void seal(String className) {
        int dot = className.lastIndexOf('.');
        String name = dot < 0 ? "" : className.substring(0, dot);
        if (getDefinedPackage(name) == null) {
            define(name);
        }
    }

    private void define(String name) {
        try {
            definePackage(
                    name,
                    contents.attribute(Name.SPECIFICATION_TITLE),
                    contents.attribute(Name.SPECIFICATION_VERSION),
                    contents.attribute(Name.SPECIFICATION_VENDOR),
                    contents.attribute(Name.IMPLEMENTATION_TITLE),
                    contents.attribute(Name.IMPLEMENTATION_VERSION),
                    contents.attribute(Name.IMPLEMENTATION_VENDOR),
                    urls.root());
        } catch (IllegalArgumentException another) {
            if (getDefinedPackage(name) == null) {
                // Not that another thread was faster.
                throw another;
            }
        }
    }

    @Override
    protected @Nullable URL findResource(String name) {
        return urls.find(name);
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        URL found = urls.find(name);
        return Collections.enumeration(found == null ? List.of() : List.of(found));
    }
}
