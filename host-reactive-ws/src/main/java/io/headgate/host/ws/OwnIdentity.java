package io.headgate.host.ws;

import io.headgate.host.authority.ClientIdentity;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Shows the grant's client certificate to a peer that asks for one of its kind, whatever issuers it names: whether it takes it is
 * for the peer to say.
 */
final class OwnIdentity extends X509ExtendedKeyManager {

    private static final String ALIAS = "grant";

    private final Optional<ClientIdentity> identity;
    private final Runnable asked;

    /** @param asked run when the peer asks for a certificate */
    OwnIdentity(Optional<ClientIdentity> identity, Runnable asked) {
        this.identity = identity;
        this.asked = asked;
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, SSLEngine engine) {
        asked.run();
        return identity.filter(known -> Arrays.stream(keyTypes)
                        .anyMatch(type -> type.equalsIgnoreCase(known.key().getAlgorithm())))
                .map(known -> ALIAS)
                .orElse(null);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return identity.map(known -> known.chain().toArray(X509Certificate[]::new))
                .orElse(null);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return identity.map(ClientIdentity::key).orElse(null);
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal[] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal[] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return null;
    }
}
