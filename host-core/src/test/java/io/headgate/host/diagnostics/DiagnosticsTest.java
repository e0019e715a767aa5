package io.headgate.host.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.host.HeadgateException;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** R7, R10; invariant 8. */
final class DiagnosticsTest {

    private static Diagnostic diagnostic(long at) {
        return new Diagnostic.ServiceChanged(at, "p/s", ServiceState.RUNNING, "d");
    }

    @Test
    void the_history_keeps_the_latest_and_counts_the_forgotten() {
        DiagnosticLog log = new DiagnosticLog(2);
        for (int at = 1; at <= 5; at++) {
            log.record(diagnostic(at));
        }
        assertThat(log.history()).containsExactly(diagnostic(4), diagnostic(5));
        assertThat(log.forgotten()).isEqualTo(3);
    }

    @Test
    void a_flood_pushes_out_its_own_kind_of_its_own_service_only() {
        DiagnosticLog log = new DiagnosticLog(2);
        Diagnostic state = diagnostic(1);
        Diagnostic neighbours = new Diagnostic.PluginFault(2, "q/s", "d");
        log.record(state);
        log.record(neighbours);
        for (int at = 3; at <= 100; at++) {
            log.record(new Diagnostic.PluginFault(at, "p/s", "d"));
        }
        assertThat(log.history())
                .containsExactly(
                        state,
                        neighbours,
                        new Diagnostic.PluginFault(99, "p/s", "d"),
                        new Diagnostic.PluginFault(100, "p/s", "d"));
        assertThat(log.forgotten()).isEqualTo(96);
    }

    @Test
    void a_log_needs_room() {
        assertThatThrownBy(() -> new DiagnosticLog(0)).hasMessage("capacity must be at least 1 diagnostic, is 0");
    }

    @Test
    void subscribers_see_what_comes_in_order_and_a_slow_one_loses_the_oldest() {
        DiagnosticLog log = new DiagnosticLog(3);
        log.record(diagnostic(0));
        Flux<Diagnostic> live = log.live(Schedulers.immediate());

        StepVerifier.create(live, 0)
                .then(() -> List.of(1, 2, 3, 4, 5, 6).forEach(at -> log.record(diagnostic(at))))
                .thenRequest(10)
                .expectNext(diagnostic(1), diagnostic(4), diagnostic(5), diagnostic(6))
                .then(log::complete)
                .verifyComplete();
        assertThat(log.lost()).isEqualTo(2);
        log.complete();
        StepVerifier.create(live).verifyComplete();
    }

    @Test
    void foreign_text_is_cut_and_escaped() {
        assertThat(Printable.text(null)).isEmpty();
        assertThat(Printable.text("a\r\n\u001b[31mé\u202e\ud800😀"))
                .isEqualTo("a\\u000d\\u000a\\u001b[31mé\\u202e\\ud800😀");
        assertThat(Printable.text("\n".repeat(300))).hasSize(42 * 6 + 1).endsWith("…");
        assertThat(Printable.text("x".repeat(257))).isEqualTo("x".repeat(256) + "…");
    }

    @Test
    void only_the_hosts_own_errors_are_quoted() {
        IllegalStateException bare = new IllegalStateException("secret");
        bare.setStackTrace(new StackTraceElement[0]);

        assertThat(Printable.error(new HeadgateException("ours"))).isEqualTo("ours");
        assertThat(Printable.error(bare)).isEqualTo("java.lang.IllegalStateException");
        assertThat(Printable.error(new IllegalStateException("secret")))
                .startsWith("java.lang.IllegalStateException at " + getClass().getName())
                .doesNotContain("secret");
    }
}
