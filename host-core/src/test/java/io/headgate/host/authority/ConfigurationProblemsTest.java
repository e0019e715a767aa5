package io.headgate.host.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.headgate.host.ConfigurationException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** R8: a file that is wrong anywhere gives nothing, and says where and why in words that show no secret. */
final class ConfigurationProblemsTest {

    private static final String TOP = "version: 1\ngrants:\n  - plugin: chat\n";
    private static final String ENTRY = TOP + "    websocket:\n      - target: wss://h/\n";
    private static final String CONNECTION = """
            version: 1
            id: chat
            release: 1.0.0
            services:
              - name: s
                class: a.B
                connections:
                  - name: c
            """;

    @ParameterizedTest
    @MethodSource("badGrantFiles")
    void aBadGrantFileIsRefusedWithItsPlaceAndReason(String yaml, List<String> lines) {
        assertThat(problemsOfGrants(yaml)).isEqualTo(lines);
    }

    @ParameterizedTest
    @MethodSource("badManifests")
    void aBadManifestIsRefusedWithItsPlaceAndReason(String yaml, List<String> lines) {
        ConfigurationException error =
                catchThrowableOfType(ConfigurationException.class, () -> Manifest.parse("p.yaml", yaml));

        assertThat(error).isNotNull().hasMessage(String.join("\n", lines));
    }

    static List<Arguments> badGrantFiles() {
        return List.of(
                row("", "g.yaml:1:1: the file is empty"),
                row("# nothing\n", "g.yaml:1:1: the file is empty"),
                row("---\n", "g.yaml:2:1: expected a mapping with the keys version, grants, found nothing"),
                row("just text", "g.yaml:1:1: expected a mapping with the keys version, grants, found \"just text\""),
                row("- version: 1", "g.yaml:1:1: expected a mapping with the keys version, grants, found a list"),
                row("version: 1", "g.yaml:1:1: grants: missing: expected a list of grants, [] for none"),
                row("grants: []", "g.yaml:1:1: version: missing: expected 1"),
                row("version: 2\ngrants: []", "g.yaml:1:10: version: expected 1, found 2"),
                row("version: \"1\"\ngrants: []", "g.yaml:1:10: version: expected 1, found \"1\""),
                row(
                        "version: 1\ngrants: []\nmode: open\n",
                        "g.yaml:3:1: mode: unknown key: expected one of version, grants"),
                row(
                        "version: 1\ngrants: []\nversion: 1\n",
                        "g.yaml:3:1: version: the key is there twice, first at 1:1"),
                row("version: 1\ngrants:\n", "g.yaml:2:8: grants: expected a list, found nothing"),
                row("version: 1\ngrants: {}\n", "g.yaml:2:9: grants: expected a list, found a mapping"),
                row(
                        "version: 1\ngrants: [chat]\n",
                        "g.yaml:2:10: grants[0]: expected a mapping with the keys plugin, release, digest, websocket, limits, reconnect, liveness, restart, settings, found \"chat\""),
                row(
                        "version: 1\ngrants: []\n---\nversion: 1\n",
                        "g.yaml:4:1: a file must have one YAML document, this is a second one"),
                row(
                        "version: 1\ngrants: [\n",
                        "g.yaml:2:10: not valid YAML here or shortly after: check indentation (no tabs), quotes, brackets and the space after ':'"),
                row(
                        "version: 1\n\tgrants: []\n",
                        "g.yaml:1:11: not valid YAML here or shortly after: check indentation (no tabs), quotes, brackets and the space after ':'"),
                row(
                        "version: 1\ngrants: s3cret: x\n",
                        "g.yaml:2:15: not valid YAML here or shortly after: check indentation (no tabs), quotes, brackets and the space after ':'"),
                row(
                        "# \uD83D\uDE00\r\nversion: &v 1\r\ngrants: &g []\r\n",
                        "g.yaml:2:10: neither an anchor ('&') nor a tag ('!') is allowed",
                        "g.yaml:3:9: neither an anchor ('&') nor a tag ('!') is allowed"),
                row(
                        "&r\nversion: 1\ngrants: &g\n  - plugin: a\n",
                        "g.yaml:1:1: neither an anchor ('&') nor a tag ('!') is allowed",
                        "g.yaml:3:9: neither an anchor ('&') nor a tag ('!') is allowed"),
                row(
                        "version: 1\ngrants: *g\n",
                        "g.yaml:2:9: an alias ('*') is not allowed: write the value out",
                        "g.yaml:2:9: grants: expected a list, found \"g\""),
                row(
                        "version: !!int 1\ngrants: !s3cret []\n",
                        "g.yaml:1:10: neither an anchor ('&') nor a tag ('!') is allowed",
                        "g.yaml:2:9: neither an anchor ('&') nor a tag ('!') is allowed"),
                row(
                        "&a version: 1\n!!str grants: []\n",
                        "g.yaml:1:1: a key must have neither an anchor ('&') nor a tag ('!')",
                        "g.yaml:2:1: a key must have neither an anchor ('&') nor a tag ('!')"),
                row(
                        "version: 1\n? [grants]\n: []\n",
                        "g.yaml:2:4: not valid YAML here or shortly after: check indentation (no tabs), quotes, brackets and the space after ':'"),
                row(
                        "version: 1\ngrants: " + "[".repeat(16) + "]".repeat(16),
                        "g.yaml:2:24: mappings and lists must be nested at most 16 deep"),
                row(
                        "version: 1\ngrants:\n  - {}\n",
                        "g.yaml:3:5: grants[0].plugin: missing: expected a name of 1 to 64 of the characters a-z A-Z 0-9 . _ -"),
                row(
                        "version: 1\ngrants:\n  - plugin: chat\n  - plugin: chat\n",
                        "g.yaml:4:13: grants[1].plugin: \"chat\" is there twice"),
                row(
                        "version: 1\ngrants:\n  - plugin: 12\n",
                        "g.yaml:3:13: grants[0].plugin: expected a name of 1 to 64 of the characters a-z A-Z 0-9 . _ -, found 12: put a number, true or false in quotes"),
                row(
                        "version: 1\ngrants:\n  - plugin: a b\n  - plugin: " + "x".repeat(70),
                        "g.yaml:3:13: grants[0].plugin: expected a name of 1 to 64 of the characters a-z A-Z 0-9 . _ -, found \"a b\"",
                        "g.yaml:4:13: grants[1].plugin: expected a name of 1 to 64 of the characters a-z A-Z 0-9 . _ -, found \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…\""),
                row(
                        "version: 1\ngrants:\n  - plugin: \"\\u202e\\t\"\n",
                        "g.yaml:3:13: grants[0].plugin: expected a name of 1 to 64 of the characters a-z A-Z 0-9 . _ -, found \"\\u202e\\t\""),
                row(
                        TOP + "    release: 1.2\n",
                        "g.yaml:4:14: grants[0].release: expected a release of 1 to 64 of the characters a-z A-Z 0-9 . _ + -, found 1.2: put a number, true or false in quotes"),
                row(
                        TOP + "    release:\n",
                        "g.yaml:4:13: grants[0].release: expected a release of 1 to 64 of the characters a-z A-Z 0-9 . _ + -, found nothing"),
                row(
                        TOP + "    release: [1]\n",
                        "g.yaml:4:14: grants[0].release: expected a release of 1 to 64 of the characters a-z A-Z 0-9 . _ + -, found a list"),
                row(
                        TOP + "    digest: sha256:9f86\n",
                        "g.yaml:4:13: grants[0].digest: expected sha256: and 64 hexadecimal digits, found \"sha256:9f86\""),
                row(
                        TOP + "    limits: {queue-events: many}\n",
                        "g.yaml:4:28: grants[0].limits.queue-events: expected a whole number from 1 to 1048576, found \"many\""),
                row(
                        TOP + "    limits: {queue-events: 0}\n",
                        "g.yaml:4:28: grants[0].limits.queue-events: expected a whole number from 1 to 1048576, found 0"),
                row(
                        TOP + "    limits: {queue-events: 1048577}\n",
                        "g.yaml:4:28: grants[0].limits.queue-events: expected a whole number from 1 to 1048576, found 1048577"),
                row(
                        TOP + "    limits: {queue-events: 99999999999999999999}\n",
                        "g.yaml:4:28: grants[0].limits.queue-events: expected a whole number from 1 to 1048576, found 99999999999999999999"),
                row(
                        TOP + "    limits: {queue-events: 1.5, queue-bytes: 1023, message-bytes: 65MiB}\n",
                        "g.yaml:4:28: grants[0].limits.queue-events: expected a whole number from 1 to 1048576, found 1.5",
                        "g.yaml:4:46: grants[0].limits.queue-bytes: expected a size from 1KiB to 1GiB, such as 64KiB or 8MiB, found 1023",
                        "g.yaml:4:67: grants[0].limits.message-bytes: expected a size from 1 to 64MiB, such as 64KiB or 8MiB, found \"65MiB\""),
                row(
                        TOP + "    limits: {queue-bytes: 8MB, message-bytes: 08, overflow: block}\n",
                        "g.yaml:4:27: grants[0].limits.queue-bytes: expected a size from 1KiB to 1GiB, such as 64KiB or 8MiB, found \"8MB\"",
                        "g.yaml:4:47: grants[0].limits.message-bytes: expected a size from 1 to 64MiB, such as 64KiB or 8MiB, found \"08\"",
                        "g.yaml:4:61: grants[0].limits.overflow: expected one of drop-newest, drop-oldest, close, hold, found \"block\""),
                row(
                        TOP + "    limits: {queue-bytes: 64KiB}\n",
                        "g.yaml:4:13: grants[0].limits: expected message-bytes to be at most queue-bytes, 65536 bytes, found 1048576"),
                row(
                        TOP + "    limits: {connection-share: 0%}\n",
                        "g.yaml:4:32: grants[0].limits.connection-share: expected a whole percent from 1% to 100%, such as 25%, found \"0%\""),
                row(
                        TOP + "    limits: {connection-share: 101%}\n",
                        "g.yaml:4:32: grants[0].limits.connection-share: expected a whole percent from 1% to 100%, such as 25%, found \"101%\""),
                row(
                        TOP + "    limits: {connection-share: 25}\n",
                        "g.yaml:4:32: grants[0].limits.connection-share: expected a whole percent from 1% to 100%, such as 25%, found 25: put a number, true or false in quotes"),
                row(
                        TOP + "    limits: {queue-events: 1, overflow: drop-oldest}\n",
                        "g.yaml:4:13: grants[0].limits: expected queue-events to be at least 2 events, with overflow drop-oldest, which keeps one for the plugin, found 1: raise it"),
                row(
                        TOP + "    limits: {queue-bytes: 1MiB, overflow: drop-oldest}\n",
                        "g.yaml:4:13: grants[0].limits: expected message-bytes to be at most half of queue-bytes, 1048576 bytes, with overflow drop-oldest, which keeps one for the plugin, found 1048576: lower it, or raise queue-bytes"),
                row(
                        TOP + "    limits: {queue-events: 7, overflow: drop-oldest, connection-share: 25%}\n",
                        "g.yaml:4:13: grants[0].limits: expected connection-share to be at least 2 of the 7 queue-events, with overflow drop-oldest, which keeps one for the plugin, found 25%: raise one of them"),
                row(
                        TOP + "    limits: {connection-share: 12%}\n",
                        "g.yaml:4:13: grants[0].limits: expected message-bytes to be at most a connection's share of queue-bytes, 1006632 bytes, found 1048576: lower it, or raise queue-bytes or connection-share"),
                row(
                        TOP + "    limits: {overflow: drop-oldest, connection-share: 24%}\n",
                        "g.yaml:4:13: grants[0].limits: expected message-bytes to be at most half of a connection's share of queue-bytes, 2013265 bytes, with overflow drop-oldest, which keeps one for the plugin, found 1048576: lower it, or raise queue-bytes or connection-share"),
                row(
                        TOP + "    limits: 8MiB\n",
                        "g.yaml:4:13: grants[0].limits: expected a mapping with the keys queue-events, queue-bytes, message-bytes, overflow, connection-share, hold, binary, opens, found \"8MiB\""),
                row(
                        TOP + "    limits: {queue_events: 1}\n",
                        "g.yaml:4:14: grants[0].limits.queue_events: unknown key: expected one of queue-events, queue-bytes, message-bytes, overflow, connection-share, hold, binary, opens"),
                row(
                        TOP + "    reconnect: {policy: manual, first: 1s, per-day: 10}\n",
                        "g.yaml:4:40: grants[0].reconnect.first: expected policy to be `backoff`, since the key has no effect with `manual`",
                        "g.yaml:4:53: grants[0].reconnect.per-day: expected policy to be `backoff`, since the key has no effect with `manual`"),
                row(
                        TOP + "    reconnect: {policy: backoff, first: 2m, max: 60s}\n",
                        "g.yaml:4:16: grants[0].reconnect: expected first to be at most max, 1m, found 2m"),
                row(
                        TOP + "    reconnect: {policy: backoff, attempts: 0, permanent-statuses: [101, 403, 403]}\n",
                        "g.yaml:4:44: grants[0].reconnect.attempts: expected a whole number from 1 to 1000000, found 0",
                        "g.yaml:4:68: grants[0].reconnect.permanent-statuses[0]: expected a whole number from 300 to 599, found 101",
                        "g.yaml:4:78: grants[0].reconnect.permanent-statuses[2]: the same value is in the list twice"),
                row(
                        TOP + "    reconnect: {}\n",
                        "g.yaml:4:16: grants[0].reconnect.policy: missing: expected one of manual, backoff"),
                row(
                        TOP + "    liveness: {ping-interval: 9ms, pong-timeout: never, no-bytes: off, no-data: 2d}\n",
                        "g.yaml:4:31: grants[0].liveness.ping-interval: expected never or a duration from 10ms to 1d, such as 250ms, 10s or 5m, found \"9ms\"",
                        "g.yaml:4:50: grants[0].liveness.pong-timeout: expected a duration from 10ms to 1d, such as 250ms, 10s or 5m, found \"never\"",
                        "g.yaml:4:67: grants[0].liveness.no-bytes: expected never or a duration from 10ms to 1d, such as 250ms, 10s or 5m, found \"off\"",
                        "g.yaml:4:81: grants[0].liveness.no-data: expected never or a duration from 10ms to 1d, such as 250ms, 10s or 5m, found \"2d\""),
                row(
                        TOP + "    liveness: {ping-interval: never, pong-timeout: 1s}\n",
                        "g.yaml:4:52: grants[0].liveness.pong-timeout: expected ping-interval to be a duration, since the key has no effect with `never`"),
                row(
                        TOP + "    restart: {attempts: -1, first: 1, max: 0s, stable-after: 2d, waiting: keep}\n",
                        "g.yaml:4:25: grants[0].restart.attempts: expected a whole number from 0 to 1000000, found -1",
                        "g.yaml:4:36: grants[0].restart.first: expected a duration from 1ms to 1d, such as 250ms, 10s or 5m, found 1",
                        "g.yaml:4:44: grants[0].restart.max: expected a duration from 1ms to 1d, such as 250ms, 10s or 5m, found \"0s\"",
                        "g.yaml:4:62: grants[0].restart.stable-after: expected a duration from 1ms to 1d, such as 250ms, 10s or 5m, found \"2d\"",
                        "g.yaml:4:75: grants[0].restart.waiting: expected one of hand-over, discard, found \"keep\""),
                row(
                        TOP + "    restart: {first: 2m}\n",
                        "g.yaml:4:14: grants[0].restart: expected first to be at most max, 1m, found 2m"),
                row(
                        TOP + "    settings: s3cret\n",
                        "g.yaml:4:15: grants[0].settings: expected a mapping of names to texts, found something else (not shown)"),
                row(
                        TOP + "    settings: [s3cret]\n",
                        "g.yaml:4:15: grants[0].settings: expected a mapping of names to texts, found a list"),
                row(
                        TOP + "    settings: {a: 1234, b: true, c: [s3cret], d: {s3cret: x}}\n",
                        "g.yaml:4:19: grants[0].settings.a: expected text of at most 4096 characters, found something else (not shown): put a number, true or false in quotes",
                        "g.yaml:4:28: grants[0].settings.b: expected text of at most 4096 characters, found something else (not shown): put a number, true or false in quotes",
                        "g.yaml:4:37: grants[0].settings.c: expected text of at most 4096 characters, found a list",
                        "g.yaml:4:50: grants[0].settings.d: expected text of at most 4096 characters, found a mapping"),
                row(
                        TOP + "    settings: {token:s3cret, s3cret, s3cret/x: y}\n",
                        "g.yaml:4:16: grants[0].settings: expected a name of 1 to 64 of the characters a-z A-Z 0-9 . _ -, then ':', a space and a text; found something else (not shown)",
                        "g.yaml:4:30: grants[0].settings: expected a name of 1 to 64 of the characters a-z A-Z 0-9 . _ -, then ':', a space and a text; found something else (not shown)",
                        "g.yaml:4:38: grants[0].settings: expected a name of 1 to 64 of the characters a-z A-Z 0-9 . _ -, then ':', a space and a text; found something else (not shown)"),
                row(
                        TOP + "    settings: {a: s3cret, a: s3cret}\n",
                        "g.yaml:4:27: grants[0].settings.a: the key is there twice"),
                row(
                        TOP + "    settings: {a: '" + "s3cret".repeat(700) + "'}\n",
                        "g.yaml:4:19: grants[0].settings.a: expected text of at most 4096 characters, found something else (not shown)"),
                row(
                        TOP + "    settings:\n",
                        "g.yaml:4:14: grants[0].settings: expected a mapping of names to texts, found nothing"),
                row(
                        TOP + "    websocket: [{target:wss://u:s3cret@h/}]\n",
                        "g.yaml:4:17: grants[0].websocket[0].target: missing: expected a ws or wss URI or pattern",
                        "g.yaml:4:17: grants[0].websocket[0].access: missing: expected a list of subscribe, send, exchange",
                        "g.yaml:4:18: grants[0].websocket[0]: unknown key (not shown: is the space after ':' missing?): expected one of target, any-host, query, access, subprotocols, addresses, send-budget, tls, headers"),
                row(
                        TOP + "    websocket: [{target: wss://u:s3cret@h/, access: [send]}]\n",
                        "g.yaml:4:26: grants[0].websocket[0].target: no usable target: user-info is not allowed"),
                row(
                        TOP + "    websocket: [{target: wss://h/?s3cret, access: [send]}]\n",
                        "g.yaml:4:26: grants[0].websocket[0].target: no usable target: a pattern has no query: it comes from the URI that a manifest declares, or from a plugin whose entry has `query: any`"),
                row(
                        TOP + "    websocket: [{target: 12, access: [send]}]\n",
                        "g.yaml:4:26: grants[0].websocket[0].target: expected a ws or wss URI or pattern, found something else (not shown): put a number, true or false in quotes"),
                row(
                        ENTRY,
                        "g.yaml:5:9: grants[0].websocket[0].access: missing: expected a list of subscribe, send, exchange"),
                row(
                        ENTRY + "        access: []\n",
                        "g.yaml:6:17: grants[0].websocket[0].access: expected a list of subscribe, send, exchange, found an empty list"),
                row(
                        ENTRY + "        access: send\n",
                        "g.yaml:6:17: grants[0].websocket[0].access: expected a list, found \"send\""),
                row(
                        ENTRY + "        access: [send, SEND, write, send]\n",
                        "g.yaml:6:17: grants[0].websocket[0].access: expected at most 3 elements, found 4"),
                row(
                        ENTRY + "        access: [wss://s3cret/]\n",
                        "g.yaml:6:18: grants[0].websocket[0].access[0]: expected one of subscribe, send, exchange, found a URI (not shown)"),
                row(
                        ENTRY + "        access: [send]\n        subprotocols: [chat, a b, chat]\n",
                        "g.yaml:7:30: grants[0].websocket[0].subprotocols[1]: expected an HTTP token of 1 to 64 characters, found \"a b\"",
                        "g.yaml:7:35: grants[0].websocket[0].subprotocols[2]: the same value is in the list twice"),
                row(
                        ENTRY
                                + "        access: [send]\n        subprotocols: [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q]\n",
                        "g.yaml:7:23: grants[0].websocket[0].subprotocols: expected at most 16 elements, found 17"),
                row(
                        ENTRY
                                + "        access: [send]\n        addresses: all\n        headers: {Authorization: s3cret, Host: s3cret}\n        query: any\n",
                        "g.yaml:7:20: grants[0].websocket[0].addresses: expected public, private, loopback, trusted-proxy or a CIDR such as 10.1.0.0/16, or a list of these, found \"all\": a range must be an address, a slash and the length of its prefix",
                        "g.yaml:8:18: grants[0].websocket[0].headers: expected access to have `subscribe` or `exchange`, since headers are sent with a dial only",
                        "g.yaml:8:42: grants[0].websocket[0].headers.Host: the header Host is not a grant's to set: the host makes it, or it would change how the request is read",
                        "g.yaml:9:16: grants[0].websocket[0].query: expected access to have `subscribe`, since the key has no effect without it"),
                row(
                        ENTRY + "        access: [subscribe]\n        query: token=s3cret\n",
                        "g.yaml:7:16: grants[0].websocket[0].query: expected one of declared, any, found something else (not shown)"),
                row(
                        ENTRY + "        access: [send]\n        any-host: true\n",
                        "g.yaml:7:19: grants[0].websocket[0].any-host: expected false, since the target names its host: remove the key, or write '*' as the target's host"),
                row(
                        ENTRY.replace("//h/", "//*/s3cret") + "        access: [send]\n",
                        "g.yaml:5:17: grants[0].websocket[0].target: expected a host, found '*', which is any host: write `any-host: true` in this entry as well, or name the host"),
                row(
                        ENTRY.replace("//h/", "//*/s3cret") + "        access: [send]\n        any-host: false\n",
                        "g.yaml:5:17: grants[0].websocket[0].target: expected a host, found '*', which is any host: write `any-host: true` in this entry as well, or name the host"),
                row(
                        ENTRY + "        access: [send]\n        any-host: yes\n",
                        "g.yaml:7:19: grants[0].websocket[0].any-host: expected true or false, found \"yes\""),
                row(
                        ENTRY + "        access: [send]\n        any-host: 1.5\n",
                        "g.yaml:7:19: grants[0].websocket[0].any-host: expected true or false, found 1.5"),
                row(
                        ENTRY.replace("//h/", "//*.co.uk/") + "        access: [send]\n",
                        "g.yaml:5:17: grants[0].websocket[0].target: no usable target: '*.' must not be followed by a public suffix, under which anybody can have a name"),
                row(
                        ENTRY + "        access: [send]\n        send-budget: 120\n",
                        "g.yaml:7:22: grants[0].websocket[0].send-budget: expected a send budget such as 120/60s, 1 to 1000000 texts in 1ms to 1d, found 120: put a number, true or false in quotes"),
                row(
                        ENTRY + "        access: [send]\n        send-budget: 0/60s\n",
                        "g.yaml:7:22: grants[0].websocket[0].send-budget: expected a send budget such as 120/60s, 1 to 1000000 texts in 1ms to 1d, found \"0/60s\""),
                row(
                        ENTRY + "        access: [send]\n        send-budget: 1000001/60s\n",
                        "g.yaml:7:22: grants[0].websocket[0].send-budget: expected a send budget such as 120/60s, 1 to 1000000 texts in 1ms to 1d, found \"1000001/60s\""),
                row(
                        ENTRY + "        access: [send]\n        send-budget: 120/60\n",
                        "g.yaml:7:22: grants[0].websocket[0].send-budget: expected a send budget such as 120/60s, 1 to 1000000 texts in 1ms to 1d, found \"120/60\""),
                row(
                        ENTRY + "        access: [send]\n        send-budget: 120 / 60s\n",
                        "g.yaml:7:22: grants[0].websocket[0].send-budget: expected a send budget such as 120/60s, 1 to 1000000 texts in 1ms to 1d, found \"120 / 60s\""),
                row(
                        ENTRY + "        access: [send]\n        send-budget: -1/60s\n",
                        "g.yaml:7:22: grants[0].websocket[0].send-budget: expected a send budget such as 120/60s, 1 to 1000000 texts in 1ms to 1d, found \"-1/60s\""),
                row(
                        ENTRY + "        access: [send]\n        send-budget: 120/2d\n",
                        "g.yaml:7:22: grants[0].websocket[0].send-budget: expected a send budget such as 120/60s, 1 to 1000000 texts in 1ms to 1d, found \"120/2d\""),
                row(
                        ENTRY + "        access: [send]\n        send-budget: 120/0s\n",
                        "g.yaml:7:22: grants[0].websocket[0].send-budget: expected a send budget such as 120/60s, 1 to 1000000 texts in 1ms to 1d, found \"120/0s\""),
                row(
                        ENTRY + "        access: [send]\n        send-budget: 120/60s burst 20\n",
                        "g.yaml:7:22: grants[0].websocket[0].send-budget: expected a send budget such as 120/60s, 1 to 1000000 texts in 1ms to 1d, found \"120/60s burst 20\""),
                row(
                        ENTRY + "        access: [send]\n        send-budget: 99999999999999999999/1s\n",
                        "g.yaml:7:22: grants[0].websocket[0].send-budget: expected a send budget such as 120/60s, 1 to 1000000 texts in 1ms to 1d, found \"99999999999999999999/1s\""),
                row(
                        ENTRY + "        access: [send]\n        send-budget: {texts: 120, per: 60s}\n",
                        "g.yaml:7:22: grants[0].websocket[0].send-budget: expected a send budget such as 120/60s, 1 to 1000000 texts in 1ms to 1d, found a mapping"),
                row(
                        ENTRY + "        access: [send]\n        send-budget: [120/60s]\n",
                        "g.yaml:7:22: grants[0].websocket[0].send-budget: expected a send budget such as 120/60s, 1 to 1000000 texts in 1ms to 1d, found a list"),
                row(
                        ENTRY + "        access: [send]\n        send-budget: \n",
                        "g.yaml:7:21: grants[0].websocket[0].send-budget: expected a send budget such as 120/60s, 1 to 1000000 texts in 1ms to 1d, found nothing"),
                row(
                        ENTRY + "        access: [subscribe]\n        send-budget: 120/60s\n",
                        "g.yaml:7:22: grants[0].websocket[0].send-budget: expected access to have `send`, since the key has no effect without it"),
                row("version: 1\ngrants: []\nx: \u0007\n", "g.yaml:3:4: the character U+0007 is not allowed"),
                row("version: 1\ngrants: []\n# \u2028\n", "g.yaml:3:3: the character U+2028 is not allowed"));
    }

    static List<Arguments> badManifests() {
        return List.of(
                row("", "p.yaml:1:1: the file is empty"),
                row(
                        "version: 1\nid: a/b\nrelease: 1.0.0 beta\nservices: []\n",
                        "p.yaml:2:5: id: expected a name of 1 to 64 of the characters a-z A-Z 0-9 . _ -, found \"a/b\"",
                        "p.yaml:3:10: release: expected a release of 1 to 64 of the characters a-z A-Z 0-9 . _ + -, found \"1.0.0 beta\"",
                        "p.yaml:4:11: services: expected a list of at least one service, found an empty list"),
                row(
                        "version: 1\nid: chat\nservices: [{name: s, class: 1a.B}, {name: s, class: a.B, connections: none}]\n",
                        "p.yaml:1:1: release: missing: expected a release of 1 to 64 of the characters a-z A-Z 0-9 . _ + -",
                        "p.yaml:3:29: services[0].class: expected a Java class name of at most 256 characters, found \"1a.B\"",
                        "p.yaml:3:43: services[1].name: \"s\" is there twice",
                        "p.yaml:3:71: services[1].connections: expected a list, found \"none\""),
                row(
                        CONNECTION,
                        "p.yaml:8:9: services[0].connections[0].target: missing: expected a ws or wss URI or pattern",
                        "p.yaml:8:9: services[0].connections[0].access: missing: expected a list of subscribe, send, exchange"),
                row(
                        CONNECTION + "        target: wss://*.h.example/?a=b\n        access: [send]\n",
                        "p.yaml:9:17: services[0].connections[0].target: no usable target: a pattern has no query: it comes from the URI that a manifest declares, or from a plugin whose entry has `query: any`"),
                row(
                        CONNECTION + "        target: wss://h/#s3cret\n        access: [send]\n",
                        "p.yaml:9:17: services[0].connections[0].target: no usable target: a fragment is not allowed"),
                row(
                        CONNECTION
                                + "        target: wss://h/\n        access: [send, send]\n        subprotocols: [\"\"]\n        headers: {}\n",
                        "p.yaml:10:24: services[0].connections[0].access[1]: the same value is in the list twice",
                        "p.yaml:11:24: services[0].connections[0].subprotocols[0]: expected an HTTP token of 1 to 64 characters, found \"\"",
                        "p.yaml:12:9: services[0].connections[0].headers: unknown key: expected one of name, target, access, subprotocols"),
                row(
                        CONNECTION
                                + "        target: wss://h/\n        access: [send]\n      - name: c\n        target: wss://h/\n        access: [send]\n",
                        "p.yaml:11:15: services[0].connections[1].name: \"c\" is there twice"),
                row(
                        CONNECTION + "        target: wss://h/\n        access: [read]\nservice: []\n",
                        "p.yaml:10:18: services[0].connections[0].access[0]: expected one of subscribe, send, exchange, found \"read\"",
                        "p.yaml:11:1: service: unknown key: expected one of version, id, release, services"));
    }

    @Test
    void reportsTheFirstHundredProblemsAndCountsTheRest() {
        StringBuilder yaml = new StringBuilder("version: 1\ngrants: []\n");
        for (int i = 0; i < 150; i++) {
            yaml.append("key").append(i).append(": x\n");
        }
        List<String> problems = problemsOfGrants(yaml.toString());

        assertThat(problems).hasSize(101).last().isEqualTo("g.yaml: 50 more problems");
    }

    private static List<String> problemsOfGrants(String yaml) {
        ConfigurationException error =
                catchThrowableOfType(ConfigurationException.class, () -> GrantFile.parse("g.yaml", yaml));
        assertThat(error).isNotNull();
        assertThat(error.getMessage()).doesNotContain("s3cret");
        assertThat(error).hasNoCause();
        List<String> lines = error.problems().stream()
                .map(ConfigurationException.Problem::toString)
                .toList();
        assertThat(error).hasMessage(String.join("\n", lines));
        return lines;
    }

    private static Arguments row(String yaml, String... lines) {
        return Arguments.of(yaml, List.of(lines));
    }
}
