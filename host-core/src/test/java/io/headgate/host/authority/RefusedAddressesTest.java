package io.headgate.host.authority;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an operator is shown of the addresses that a dial was refused for. */
final class RefusedAddressesTest {

    @Test
    void saysHowManyMoreThereAreOnlyWhereThereAreMore() {
        assertThat(refused(1).shown()).isEqualTo("10.0.0.1");
        assertThat(refused(2).shown()).isEqualTo("10.0.0.1 and 1 more");
    }

    private static RefusedAddresses refused(int count) {
        return new RefusedAddresses(count, 3, List.of(InetAddresses.forString("10.0.0.1")));
    }
}
