package io.headgate.host.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.plugin.IngressEvent;
import java.util.SplittableRandom;

/** One connection in a {@link LaneStorm}: what its one producer offered, and what the plugin saw of it on its one worker. */
final class StormConnection {

    private final LaneConnection lane;

    // Owned by the producer.
    private long epoch = 1;
    private long sequence;
    private Tally texts = Tally.ZERO;
    private long states;
    private long answers;

    // Owned by the worker.
    private Tally seenTexts = Tally.ZERO;
    private long seenStates;
    private long seenAnswers;
    private long answersTold;
    private long gaps;
    private long missing;
    private long last;
    private String disorder = "";

    StormConnection(LaneConnection lane) {
        this.lane = lane;
    }

    void offer(SplittableRandom random) {
        long number = ++sequence;
        int kind = random.nextInt(100);
        if (kind < 3) {
            states++;
            lane.accept(new IngressEvent.Opened(lane.name(), ++epoch, number, number, ""));
        } else if (kind < 6) {
            states++;
            lane.accept(new IngressEvent.ReconnectNeeded(lane.name(), epoch, number, number, "why"));
        } else if (kind < 10) {
            answers++;
            lane.accept(new IngressEvent.CommandFailed(lane.name(), epoch, number, number, "id", "m", 0));
        } else {
            int bytes = 20 + random.nextInt(60);
            texts = texts.plus(new Tally(1, bytes));
            lane.accept(new IngressEvent.Text(lane.name(), epoch, number, number, "t", bytes));
        }
    }

    void saw(IngressEvent event) {
        if (event.sequence() <= last && disorder.isEmpty()) {
            disorder = event + " after sequence " + last;
        }
        last = event.sequence();
        if (event instanceof IngressEvent.Text text) {
            seenTexts = seenTexts.plus(new Tally(1, text.bytes()));
        } else if (event instanceof IngressEvent.Gap gap) {
            gaps++;
            missing += gap.count();
        } else if (event instanceof IngressEvent.CommandFailed failed) {
            seenAnswers++;
            answersTold += 1 + failed.more();
        } else {
            seenStates++;
        }
    }

    /** What holds whenever nobody is at work. */
    void assertTheLedger() {
        EventCounts counts = lane.snapshot();
        assertThat(disorder).isEmpty();
        assertThat(counts.conserved()).isTrue();
        assertThat(counts.received()).isEqualTo(texts);
        assertThat(counts.delivered()).isEqualTo(seenTexts);
        assertThat(counts.queued()).isEqualTo(Tally.ZERO);
        assertThat(counts.gaps()).isEqualTo(gaps);
        assertThat(counts.controls().delivered()).isEqualTo(seenStates + seenAnswers);
    }

    /** What holds beside that when all that waited was delivered. */
    void assertNothingUntold() {
        EventCounts counts = lane.snapshot();
        assertThat(missing).isEqualTo(counts.dropped().events());
        assertThat(answersTold).isEqualTo(answers);
        assertThat(seenStates + counts.controls().replaced()).isEqualTo(states);
        assertThat(counts.controls().discarded()).isZero();
    }
}
