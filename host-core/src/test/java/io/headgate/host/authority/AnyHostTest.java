package io.headgate.host.authority;

import static io.headgate.host.authority.Access.SUBSCRIBE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** R2: any host is granted by who says so twice, and to who asks for it. */
final class AnyHostTest {

    private static final String ANY = "wss://*/v1/**";
    private static final String HOST = "wss://gateway.example.com/v1/**";

    @Test
    void anEntryThatSaysSoIsForAnyHost() {
        String yaml = """
                version: 1
                grants:
                  - plugin: chat
                    websocket:
                      - {target: "wss://*/v1/**", any-host: true, access: [subscribe]}
                      - {target: "wss://gateway.example.com/v1/**", any-host: false, access: [subscribe]}
                """;

        assertThat(GrantFile.parse("g.yaml", yaml).grants())
                .containsExactly(
                        Grant.of("chat", WebSocketGrant.ofAnyHost(ANY, SUBSCRIBE), WebSocketGrant.of(HOST, SUBSCRIBE)));
    }

    @Test
    void codeSaysSoByTheNameOfItsFactory() {
        assertThatThrownBy(() -> WebSocketGrant.of(ANY, SUBSCRIBE))
                .isInstanceOf(TargetException.class)
                .hasMessage("no usable target: it is for any host: name the host, or use WebSocketGrant.ofAnyHost");
        assertThatThrownBy(() -> WebSocketGrant.ofAnyHost(HOST, SUBSCRIBE))
                .isInstanceOf(TargetException.class)
                .hasMessage(
                        "no usable target: it must be for any host: write '*' as the host, or use WebSocketGrant.of");
    }

    @ParameterizedTest
    @CsvSource({
        "wss://*/v1/**, wss://*/v1/**, wss://elsewhere.example.org/v1/x, true",
        "wss://*/v1/**, wss://*/v1/**, wss://127.0.0.1/v1/x, true",
        "wss://*/v1/**, wss://*/v1/**, wss://elsewhere.example.org/v2, false",
        "wss://*/v1/**, wss://*/v1/**, ws://elsewhere.example.org:443/v1, false",
        "wss://*/v1/**, wss://gateway.example.com/v1/**, wss://gateway.example.com/v1/x, true",
        "wss://*/v1/**, wss://gateway.example.com/v1/**, wss://elsewhere.example.org/v1/x, false",
        "wss://gateway.example.com/v1/**, wss://*/v1/**, wss://gateway.example.com/v1/x, true",
        "wss://gateway.example.com/v1/**, wss://*/v1/**, wss://elsewhere.example.org/v1/x, false",
    })
    void whatIsAskedForAndWhatIsGivenMeet(String asked, String given, String target, boolean allowed) {
        ConnectionDeclaration declared = ConnectionDeclaration.of("c", asked, Set.of(SUBSCRIBE), List.of());
        ServiceDeclaration service = new ServiceDeclaration("s", "a.B", List.of(declared));
        WebSocketGrant entry =
                given.equals(ANY) ? WebSocketGrant.ofAnyHost(given, SUBSCRIBE) : WebSocketGrant.of(given, SUBSCRIBE);
        Authority authority =
                Authority.of(new Manifest("chat", "1", List.of(service)), service, Grant.of("chat", entry), 1);

        assertThat(authority.subscribe("c", Target.parse(target)).equals(Verdict.ALLOWED))
                .isEqualTo(allowed);
        assertThat(authority.declaredTarget("c")).isEmpty();
    }
}
