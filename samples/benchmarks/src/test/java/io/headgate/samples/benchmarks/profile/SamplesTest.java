package io.headgate.samples.benchmarks.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SamplesTest {

    @Test
    void theLargestStageComesFirstWithItsHottestLeaves() {
        Samples samples = new Samples();
        samples.add(List.of("io.headgate.host.ingress.Line.append"), 100);
        samples.add(List.of("java.lang.String.<init>", "io.headgate.host.ws.FrameCodec.text"), 200);
        samples.add(List.of("java.lang.String.indexOf", "io.headgate.host.ws.FrameCodec.text"), 700);

        assertThat(samples.lines().map(line -> line.strip().replaceAll(" +", " ")))
                .containsExactly(
                        "90.0 % decode",
                        "70.0 % java.lang.String.indexOf",
                        "20.0 % java.lang.String.<init>",
                        "10.0 % lane",
                        "10.0 % io.headgate.host.ingress.Line.append");
    }

    @Test
    void onlyTheFiveHottestLeavesAreShown() {
        Samples samples = new Samples();
        for (int number = 1; number <= 6; number++) {
            samples.add(List.of("io.headgate.host.ingress.Line.m" + number), number);
        }

        assertThat(samples.lines()).hasSize(6).noneMatch(line -> line.endsWith(".m1"));
    }
}
