package io.headgate.samples.webflux;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.Resource;
import org.springframework.validation.annotation.Validated;

/**
 * What is set under {@code headgate}. What an operator gives a plugin, limits among it, is in the grant file.
 *
 * @param manifest what the plugin asks for; default the one in the jar
 * @param grants what the operator gives
 * @param watchGrants how often the grant file is looked at; default 2 s
 * @param stopGrace how long calls under way may take to be decided when the host is stopped; default 5 s
 * @param events of {@code GET /events}
 * @param messages of {@code POST /messages}
 */
@Validated
@ConfigurationProperties("headgate")
record HeadgateProperties(
        @DefaultValue("classpath:META-INF/headgate/plugin.yaml")
        Resource manifest,

        @DefaultValue("grants.yaml") Path grants,

        @DefaultValue("2s") @DurationMin(millis = 10) @DurationMax(days = 1)
        Duration watchGrants,

        @DefaultValue("5s") @DurationMin @DurationMax(days = 1)
        Duration stopGrace,

        @DefaultValue @Valid Events events,
        @DefaultValue @Valid Messages messages) {

    /**
     * Of the streams of events.
     *
     * @param streams how many there may be at once; default 64
     * @param buffer how many events may wait for one of them; default 256
     */
    record Events(
            @DefaultValue("64") @Min(1) @Max(100_000) int streams,
            @DefaultValue("256") @Min(1) @Max(1_000_000) int buffer) {}

    /**
     * Of the messages to be sent.
     *
     * @param atOnce how many may be undecided at once; default 128
     * @param patience how long a call waits to be told what became of its message; default 10 s
     * @param budgetWait how long a message waits for a token of its connection's send budget; default 2 s
     */
    record Messages(
            @DefaultValue("128") @Min(1) @Max(65_536) int atOnce,

            @DefaultValue("10s") @DurationMin(millis = 1) @DurationMax(days = 1)
            Duration patience,

            @DefaultValue("2s") @DurationMin(millis = 1) @DurationMax(days = 1)
            Duration budgetWait) {}
}
