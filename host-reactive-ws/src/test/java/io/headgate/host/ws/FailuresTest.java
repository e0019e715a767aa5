package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.plugin.FailureKind;
import io.netty.channel.ChannelException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What is told of a foreign failure: what the kernel said or its class, never its words; and of an error of the machine's own, where it is. */
final class FailuresTest {

    @Test
    void aPeersDoingIsTheNameOfItsClass() {
        assertThat(Failures.broken(new IOException("secret")))
                .hasMessage("the connection broke (IOException)")
                .hasNoCause();
    }

    @Test
    void whatTheKernelSaidIsToldAndNothingBesides() {
        assertThat(Failures.broken(new IOException("recv(secret) failed: Connection reset by peer: /secret")))
                .hasMessage("the connection broke (Connection reset by peer)")
                .hasNoCause();
        assertThat(Failures.broken(new ChannelException(new IOException("socket() failed: Too many open files"))))
                .hasMessage("the connection broke (Too many open files)");
        assertThat(Failures.broken(new IllegalStateException("Connection refused")))
                .hasMessage("the connection broke (IllegalStateException)");
    }

    @Test
    void anErrorIsToldWithItsPlace() {
        assertThat(Failures.broken(new LinkageError("secret")))
                .hasNoCause()
                .satisfies(told -> assertThat(told.kind()).isEqualTo(FailureKind.TRANSPORT))
                .satisfies(told -> assertThat(told.getMessage())
                        .startsWith("the connection broke (LinkageError at FailuresTest.anErrorIsToldWithItsPlace:")
                        .doesNotContain("secret")
                        .hasSizeLessThanOrEqualTo(256));
    }
}
