package io.headgate.host.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.recording.RecordingEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What waits to be recorded is bounded, and whatever is not recorded is told in its place. */
final class BacklogTest {

    private static final int LARGE = Backlog.MAX_CHARACTERS / 3;

    private Backlog backlog = new Backlog();

    /** Positive: so many are put, each the larger the more; negative: so many are taken. */
    @Property(tries = 300)
    void whatGoesInComesOutInOrderOrIsMissingInItsPlace(
            @ForAll @Size(max = 30) List<@IntRange(min = -4000, max = 6000) Integer> steps) {
        backlog = new Backlog();
        long put = 0;
        List<Long> came = new ArrayList<>();
        for (int step : steps) {
            if (step > 0) {
                for (int each = 0; each < step; each++) {
                    backlog.put(entry(put++, step % 7 == 0 && each % 100 == 0 ? LARGE : 5));
                }
            } else {
                take(-step, came);
            }
            assertThat(sum(backlog.status("p/s", "d"))).isEqualTo(put);
        }
        take(Integer.MAX_VALUE, came);
        backlog.tell();
        take(Integer.MAX_VALUE, came);

        assertThat(came).isEqualTo(LongStream.range(0, put).boxed().toList());
        assertThat(backlog.status("p/s", "d").waiting()).isZero();
    }

    private void take(int most, List<Long> came) {
        for (int each = 0; each < most; each++) {
            Backlog.Waiting next = backlog.take();
            if (next == null) {
                return;
            }
            if (next.entry() instanceof RecordingEntry.Missing missing) {
                long from = came.isEmpty() ? 0 : came.get(came.size() - 1) + 1;
                LongStream.range(from, from + missing.count()).forEach(came::add);
                each--;
            } else {
                came.add(next.entry().atMillis());
                backlog.written();
            }
        }
    }

    @Example
    void isBoundedInEntriesAndInCharacters() {
        for (int each = 0; each < Backlog.MAX_ENTRIES + 10; each++) {
            backlog.put(entry(each, 5));
        }
        assertThat(backlog.status("p/s", "d").waiting()).isEqualTo(Backlog.MAX_ENTRIES);
        assertThat(backlog.status("p/s", "d").missing()).isEqualTo(10);

        Backlog large = new Backlog();
        for (int each = 0; each < 5; each++) {
            large.put(entry(each, LARGE));
        }
        assertThat(large.status("p/s", "d").waiting()).isEqualTo(3);
        assertThat(large.status("p/s", "d").missing()).isEqualTo(2);
    }

    @Example
    void somebodyIsCalledOnceUntilThereIsNothingLeft() {
        assertThat(backlog.put(entry(1, 5))).isTrue();
        assertThat(backlog.put(entry(2, 5))).isFalse();
        backlog.take();
        backlog.take();
        assertThat(backlog.put(entry(3, 5))).isFalse();
        backlog.take();
        assertThat(backlog.take()).isNull();
        assertThat(backlog.put(entry(4, 5))).isTrue();
    }

    @Example
    void behindAFailureAllIsMissing() {
        backlog.put(entry(1, 5));
        backlog.put(entry(2, 5));
        backlog.take();
        backlog.fail("the disk is full");
        backlog.put(entry(3, 5));

        RecordingStatus status = backlog.status("p/s", "d");
        assertThat(status.missing()).isEqualTo(3);
        assertThat(sum(status)).isEqualTo(3);
        assertThat(status.failure()).contains("the disk is full");
        assertThat(backlog.take()).isNull();
    }

    @Example
    void whatIsMissingIsToldToTheIncarnationThatLacksIt() {
        Life second = new Life(2, 7);
        for (int each = 0; each < Backlog.MAX_ENTRIES + 10; each++) {
            backlog.put(entry(each, 5));
        }
        backlog.begin(second);
        for (int each = 0; each < Backlog.MAX_ENTRIES; each++) {
            backlog.take();
            backlog.written();
        }
        backlog.put(entry(0, 5));

        assertThat(backlog.take())
                .isEqualTo(new Backlog.Waiting(Life.FIRST, new RecordingEntry.Missing(Backlog.MAX_ENTRIES + 9, 10)));
        assertThat(backlog.take()).isEqualTo(new Backlog.Waiting(second, entry(0, 5)));
    }

    @Example
    void anIdCountsAsWhatItIs() {
        OutputCommand large = OutputCommand.reconnect("chat").withId("x".repeat(LARGE));
        for (int each = 0; each < 5; each++) {
            backlog.put(new RecordingEntry.Command(each, large));
        }
        assertThat(backlog.status("p/s", "d").waiting()).isEqualTo(3);
    }

    private static long sum(RecordingStatus status) {
        return status.recorded() + status.missing() + status.waiting();
    }

    private static RecordingEntry entry(long at, int characters) {
        return new RecordingEntry.Command(at, OutputCommand.sendText("chat", "x".repeat(characters)));
    }
}
