package io.headgate.host.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.host.exchange.ExchangeSettings;
import io.headgate.host.loading.JarBounds;
import io.headgate.host.service.CommandSettings;
import io.headgate.host.service.HostSettings;
import io.headgate.host.transport.DialTimeouts;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of docs/reference/settings.md are the code's; those of the driver are tested beside it. */
@Timeout(60)
final class SettingsPageTest {

    private static final String SETTINGS = "| setting | type | default | bound | effect | where it bites |";

    private final ReferencePage page = ReferencePage.read("settings.md");

    static Stream<Record> defaults() {
        return Stream.of(
                HostSettings.defaults(),
                DialTimeouts.defaults(),
                CommandSettings.defaults(),
                ExchangeSettings.defaults(),
                JarBounds.defaults());
    }

    @ParameterizedTest
    @MethodSource("defaults")
    void listsEverySettingWithItsDefault(Record defaults) throws ReflectiveOperationException {
        List<List<String>> settings = new ArrayList<>();
        for (RecordComponent component : defaults.getClass().getRecordComponents()) {
            settings.add(List.of(
                    component.getName(),
                    component.getType().getSimpleName(),
                    shown(component, component.getAccessor().invoke(defaults))));
        }

        assertThat(page.rows(defaults.getClass().getSimpleName(), SETTINGS, 3)).isEqualTo(settings);
    }

    @ParameterizedTest
    @MethodSource("defaults")
    void aValueJustOutsideItsBoundIsRefusedAndTheBoundIsNamed(Record defaults) {
        List<String> bounds = page.column(defaults.getClass().getSimpleName(), SETTINGS, 3);
        RecordComponent[] components = defaults.getClass().getRecordComponents();
        for (int at = 0; at < components.length; at++) {
            String bound = bounds.get(at);
            int changed = at;
            if (components[at].getType().isRecord()) {
                assertThat(bound).isEqualTo(below(components[at].getType()));
                continue;
            }
            if (components[at].getType() == Optional.class) {
                assertThat(bound).startsWith("[");
                continue;
            }
            Object least = least(bound, components[at].getType());
            Object less = less(least);
            assertThatCode(() -> with(defaults, changed, least)).doesNotThrowAnyException();
            assertThatThrownBy(() -> with(defaults, changed, less))
                    .cause()
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll(components[at].getName(), bound);
        }
    }

    @Test
    void listsWhatIsFixed() {
        List<List<String>> fixed = Stream.of(
                        "ingress.ControlSlots",
                        "ingress.IngressLane",
                        "ingress.Bell",
                        "ingress.Showing",
                        "ingress.YieldingDemand",
                        "command.OutboundWriter",
                        "command.SendWindow",
                        "command.CommandIds",
                        "command.CommandRules",
                        "diagnostics.Printable",
                        "service.Pause",
                        "service.FloodBrake",
                        "service.StallWatch",
                        "pipeline.Vigil",
                        "service.HostedConnection",
                        "service.LaneWatch",
                        "service.BinaryRefusal",
                        "exchange.ExchangeSettings",
                        "exchange.End",
                        "exchange.Exchange",
                        "exchange.Pauses",
                        "transport.SessionLife",
                        "loading.LoaderThreads",
                        "loading.LoadedPlugins",
                        "metrics.HostMetrics",
                        "recording.Backlog",
                        "recording.FileRecorder",
                        "recording.HostRecorder")
                .flatMap(type -> Declared.fixed("io.headgate.host." + type))
                .toList();

        assertThat(page.rows("What is fixed", "| constant | value | what it bounds |", 2))
                .isEqualTo(fixed);
    }

    private static String below(Class<?> settings) {
        return "[below](#" + settings.getSimpleName().toLowerCase(Locale.ROOT) + ")";
    }

    private static String shown(RecordComponent component, Object value) {
        if (value instanceof Optional<?> optional) {
            assertThat(optional).isEmpty();
            return "none";
        }
        if (value instanceof Record) {
            return below(component.getType());
        }
        return component.getName().endsWith("Bytes") && value instanceof Long bytes
                ? (bytes >> 20) + " MiB"
                : Declared.shown(value);
    }

    private static Object least(String bound, Class<?> type) {
        if (type == Duration.class) {
            return bound.equals("positive") ? Duration.ofNanos(1) : Duration.ofMillis(number(bound));
        }
        assertThat(bound).startsWith("at least ");
        return type == int.class ? (Object) (int) number(bound) : (Object) number(bound);
    }

    private static Object less(Object least) {
        if (least instanceof Duration duration) {
            return duration.minusNanos(1);
        }
        return least instanceof Integer number ? (Object) (number - 1) : (Object) ((long) least - 1);
    }

    private static long number(String bound) {
        return Long.parseLong(bound.replaceAll("\\D", ""));
    }

    private static void with(Record defaults, int changed, Object value) throws ReflectiveOperationException {
        RecordComponent[] components = defaults.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        for (int at = 0; at < components.length; at++) {
            values[at] = at == changed ? value : components[at].getAccessor().invoke(defaults);
        }
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        defaults.getClass().getDeclaredConstructor(types).newInstance(values);
    }
}
