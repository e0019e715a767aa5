package io.headgate.host.status;

import io.headgate.host.health.HealthCause;
import io.headgate.host.health.HealthFinding;
import io.headgate.host.health.HealthReport;
import io.headgate.host.service.HostStatus;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;

/**
 * A status as one JSON object, on one line: {@code version}, the fields of {@link HostStatus} under their own names, and
 * {@code health}. Constants are in lower case with hyphens, what is optional and absent is {@code null}. Names do not change within
 * a version; a later one may bring further fields. docs/reference/status.schema.json is its schema.
 */
public final class StatusJson {

    private static final int VERSION = 1;

    private static final JsonMapper MAPPER =
            JsonMapper.builder().addModule(constants()).build();

    private StatusJson() {}

    /**
     * Writes a status.
     *
     * @param status how everything is
     * @param health what that means
     * @return the object, without an end of the line
     */
    public static String write(HostStatus status, HealthReport health) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("version", VERSION);
        json.setAll((ObjectNode) MAPPER.valueToTree(status));
        ObjectNode healthJson = json.putObject("health");
        healthJson.put("readiness", health.readiness().wireName());
        healthJson.putArray("findings");
        health.findings().forEach(finding -> healthJson.withArray("findings").add(finding(finding)));
        return MAPPER.writeValueAsString(json);
    }

    private static ObjectNode finding(HealthFinding finding) {
        HealthCause cause = finding.cause();
        ObjectNode json = MAPPER.valueToTree(finding);
        json.put("readiness", cause.readiness().wireName());
        json.put("remedy", cause.remedy());
        return json;
    }

    private static SimpleModule constants() {
        return new SimpleModule()
                .addSerializer(Enum.class, new Constant() {
                    @Override
                    void write(String name, JsonGenerator json) {
                        json.writeString(name);
                    }
                })
                .addKeySerializer(Enum.class, new Constant() {
                    @Override
                    void write(String name, JsonGenerator json) {
                        json.writeName(name);
                    }
                });
    }

    /** An enum's constant as files and metrics spell it. */
    @SuppressWarnings("rawtypes") // Jackson's key for all enums is the raw class.
    private abstract static class Constant extends ValueSerializer<Enum> {

        abstract void write(String name, JsonGenerator json);

        @Override
        public void serialize(Enum constant, JsonGenerator json, SerializationContext context) {
            write(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), json);
        }
    }
}
