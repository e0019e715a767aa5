package io.headgate.host.service;

import io.headgate.host.authority.Authority;
import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Limits;
import io.headgate.host.authority.LivenessSettings;
import io.headgate.host.authority.Manifest;
import io.headgate.host.authority.ReconnectSettings;
import io.headgate.host.authority.RestartSettings;
import io.headgate.host.command.OpenTokens;
import io.headgate.host.command.OutcomeListener;
import io.headgate.host.diagnostics.DiagnosticLog;
import io.headgate.host.recording.ServiceRecorder;
import io.headgate.host.transport.test.InMemoryDriver;
import java.util.function.Supplier;
import reactor.core.scheduler.Scheduler;

/** What the parts of a service are given, for tests of one part without a host. The manifest is {@link HostFixture#MANIFEST}. */
final class Environments {

    private static final Manifest MANIFEST = Manifest.parse("plugin.yaml", HostFixture.MANIFEST);

    static final Authority NOTHING = Authority.of(MANIFEST, MANIFEST.services().get(0), null, 1);
    static final Authority GRANTED = Authority.of(
            MANIFEST,
            MANIFEST.services().get(0),
            GrantFile.parse("grants.yaml", HostFixture.GRANTS)
                    .grantFor(MANIFEST)
                    .orElseThrow(),
            2);

    private Environments() {}

    static ServiceEnvironment of(Supplier<Authority> authority, ReconnectSettings reconnect, Scheduler timer) {
        return new ServiceEnvironment(
                "test",
                authority,
                Limits.defaults(),
                RestartSettings.defaults(),
                reconnect,
                LivenessSettings.defaults(),
                HostSettings.defaults(),
                HostSettings.defaults().commands().mailbox(1),
                new OpenTokens(timer, Limits.defaults().opens()),
                InMemoryDriver.on(timer),
                timer,
                new DiagnosticLog(10),
                ServiceRecorder.OFF,
                OutcomeListener.NONE,
                () -> 0);
    }
}
