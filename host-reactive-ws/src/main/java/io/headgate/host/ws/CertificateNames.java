package io.headgate.host.ws;

import io.netty.util.NetUtil;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** For which hosts a certificate is: its subject alternative names of one kind, and nothing else of it. */
record CertificateNames(String kind, List<String> names) {

    private static final int DNS = 2;
    private static final int IP = 7;

    /** Those that a host of that kind is looked for among. */
    static CertificateNames of(X509Certificate certificate, String host) {
        boolean address = NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host);
        int type = address ? IP : DNS;
        return new CertificateNames(
                address ? "IP address" : "DNS name",
                alternatives(certificate)
                        .filter(name -> Integer.valueOf(type).equals(name.get(0)))
                        .map(name -> String.valueOf(name.get(1)))
                        .toList());
    }

    private static Stream<List<?>> alternatives(X509Certificate certificate) {
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            return all == null ? Stream.of() : all.stream().filter(Objects::nonNull);
        } catch (CertificateParsingException unreadable) {
            return Stream.of();
        }
    }

    String some() {
        return names.stream().limit(3).collect(Collectors.joining(", "))
                + (names.size() > 3 ? " and " + (names.size() - 3) + " more" : "");
    }
}
