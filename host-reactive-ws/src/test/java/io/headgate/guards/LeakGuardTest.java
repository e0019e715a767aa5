package io.headgate.guards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.container;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Shows that leak detection bites: without this, a guard that was never installed would look like a clean house. */
final class LeakGuardTest {

    private static final String HINT = "dropped on purpose";

    @Test
    void isInstalledAtTheLevelThatTracksEveryBuffer() {
        ByteBufAllocator.DEFAULT.buffer(1).release();

        assertThat(ReportingLeakDetector.isInstalled()).isTrue();
        assertThat(ResourceLeakDetector.getLevel()).isEqualTo(Level.PARANOID);
    }

    @Test
    void reportsADroppedBuffer() throws InterruptedException {
        dropABuffer();

        assertThat(ReportingLeakDetector.drain()).singleElement().asString().contains("ByteBuf", HINT);
    }

    @Test
    void isSilentAboutAReleasedBuffer() throws InterruptedException {
        ByteBufAllocator.DEFAULT.buffer(16).release();

        assertThat(ReportingLeakDetector.drain()).isEmpty();
    }

    @Test
    void failsTheClassThatDroppedABuffer() {
        Events containers = run(Leaking.class).containerEvents();

        containers
                .assertThatEvents()
                .haveExactly(
                        1, event(container(Leaking.class), finishedWithFailure(message(text -> text.contains(HINT)))));
    }

    @Test
    void leavesAClassAloneThatReleasedItsBuffer() {
        run(Tidy.class).allEvents().assertStatistics(events -> events.failed(0));
    }

    private static org.junit.platform.testkit.engine.EngineExecutionResults run(Class<?> testClass) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(testClass))
                .execute();
    }

    /** A frame of its own, so that no local variable keeps the buffer alive. */
    private static void dropABuffer() {
        ByteBufAllocator.DEFAULT.buffer(16).touch(HINT);
    }

    @ExtendWith(LeakGuard.class)
    static final class Leaking {
        @Test
        void passesButDropsABuffer() {
            dropABuffer();
        }
    }

    @ExtendWith(LeakGuard.class)
    static final class Tidy {
        @Test
        void releases() {
            assertThat(ByteBufAllocator.DEFAULT.buffer(16).release()).isTrue();
        }
    }
}
