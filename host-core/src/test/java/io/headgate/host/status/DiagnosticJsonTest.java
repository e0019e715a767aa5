package io.headgate.host.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.diagnostics.Recorded;
import org.junit.jupiter.api.Test;

/** Diagnostics for a stream. */
final class DiagnosticJsonTest {

    @Test
    void isOneLineWithStableNames() {
        Diagnostic diagnostic =
                new Diagnostic.ConnectionChanged(7, "p/s", "c", ConnectionState.DOWN, 2, "closed with \"4000\"");

        assertThat(DiagnosticJson.write(new Recorded(3, diagnostic)))
                .isEqualTo(
                        "{\"number\":3,\"kind\":\"connection-changed\",\"atMillis\":7,\"service\":\"p/s\",\"connection\":\"c\","
                                + "\"message\":\"connection is DOWN, epoch 2: closed with \\\"4000\\\"\"}");
    }
}
