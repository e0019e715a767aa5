package io.headgate.host.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.exchange.ExchangeSettings;
import io.headgate.host.transport.DialTimeouts;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The defaults are there whichever of the settings is used first. */
@Timeout(60)
final class SettingsDefaultsTest {

    @ParameterizedTest
    @ValueSource(classes = {CommandSettings.class, ExchangeSettings.class, HostSettings.class, DialTimeouts.class})
    void areThereWhicheverIsUsedFirst(Class<?> first) throws Exception {
        URL classes = HostSettings.class.getProtectionDomain().getCodeSource().getLocation();
        // Classes of its own, of which none is initialized yet.
        try (URLClassLoader fresh = new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader())) {
            Object defaults =
                    fresh.loadClass(first.getName()).getMethod("defaults").invoke(null);

            assertThat(defaults).isNotNull();
            assertThat(defaults.getClass().getClassLoader()).isSameAs(fresh);
        }
    }
}
