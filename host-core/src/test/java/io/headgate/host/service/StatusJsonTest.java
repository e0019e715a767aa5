package io.headgate.host.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.headgate.host.health.HealthRule;
import io.headgate.host.status.StatusJson;
import io.headgate.host.transport.test.InMemoryPeer;
import io.headgate.plugin.Health;
import io.headgate.plugin.OutputCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A status as JSON is what its schema says, and nothing besides. */
final class StatusJsonTest {

    private static final Path SCHEMA =
            Path.of(System.getProperty("basedir", ".")).resolve("../docs/reference/status.schema.json");
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private static HostFixture fresh() {
        return new HostFixture();
    }

    private static HostFixture busy() {
        HostFixture fixture = new HostFixture();
        fixture.taking = events -> events.delayElements(Duration.ofHours(1), fixture.time);
        InMemoryPeer peer = fixture.chat();
        for (int text = 0; text < 10; text++) {
            peer.text("text " + text);
        }
        fixture.issue(OutputCommand.sendText("chat", "hello"));
        fixture.issue(OutputCommand.sendText("feed", "denied"));
        fixture.issue(OutputCommand.reportStatus(Health.FAILING, "no \"database\""));
        return fixture;
    }

    private static HostFixture failing() {
        HostFixture fixture = new HostFixture(
                (events, context) ->
                        events.thenMany(Flux.<OutputCommand>empty()).mergeWith(Flux.error(new IllegalStateException())),
                settings -> settings);
        return fixture.start();
    }

    static Stream<Named<HostFixture>> hosts() {
        return Stream.of(
                Named.of("not started", fresh()), Named.of("busy", busy()), Named.of("its plugin fails", failing()));
    }

    private static String json(HostFixture fixture) {
        HostStatus status = fixture.host.status();
        return StatusJson.write(status, HealthRule.defaults().of(status));
    }

    /** Nothing is there that the schema does not name, although it lets later versions bring more. */
    private static Schema closedSchema() throws IOException {
        String closed =
                Files.readString(SCHEMA).replace("\"required\":", "\"additionalProperties\": false, \"required\":");
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(closed, InputFormat.JSON);
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void isWhatItsSchemaSays(HostFixture fixture) throws IOException {
        try (fixture) {
            String json = json(fixture);

            assertThat(closedSchema().validate(json, InputFormat.JSON)).isEmpty();
            assertThat(json).doesNotContain("\n").doesNotContain("secret");
        }
    }

    @Test
    @DisplayName("the schema minds a field that is missing, one of another type, and a state that there is not")
    void theSchemaSeesWhatIsWrong() throws IOException {
        try (HostFixture fixture = busy()) {
            String json = json(fixture);
            for (String wrong : List.of(
                    json.replace("\"epoch\":1,", ""),
                    json.replace("\"epoch\":1,", "\"epoch\":\"1\","),
                    json.replace("\"state\":\"open\"", "\"state\":\"OPEN\""),
                    json.replace("\"epoch\":1,", "\"epoch\":1,\"era\":2,"))) {
                assertThat(wrong).isNotEqualTo(json);
                assertThat(closedSchema().validate(wrong, InputFormat.JSON)).isNotEmpty();
            }
        }
    }

    @Test
    void saysWhatTheStatusSays() {
        try (HostFixture fixture = busy()) {
            JsonNode service = MAPPER.readTree(json(fixture)).at("/services/0");
            JsonNode chat = service.at("/connections/0");

            assertThat(chat.at("/state").asString()).isEqualTo("open");
            assertThat(chat.at("/events/drops/queue-events/events").asLong())
                    .isEqualTo(fixture.connection("chat").events().dropped().events());
            assertThat(service.at("/commands/refusedBy/send-not-granted").asLong())
                    .isEqualTo(1);
            assertThat(service.at("/reported/health").asString()).isEqualTo("failing");
            assertThat(service.at("/life/inHand/event/connection").asString()).isEqualTo("vault");
            JsonNode health = MAPPER.readTree(json(fixture)).at("/health");
            assertThat(health.at("/readiness").asString()).isEqualTo("not-ready");
            assertThat(health.at("/findings/0/cause").asString()).isEqualTo("reported-failing");
            assertThat(health.at("/findings/0/remedy").asString()).isEqualTo("read what the plugin reports");
        }
    }
}
