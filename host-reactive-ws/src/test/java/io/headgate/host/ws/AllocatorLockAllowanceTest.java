package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.AdaptiveByteBufAllocator;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.StampedLock;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;

/**
 * BlockHound is on: the wait that the allowance is for ends when the lock is free, and is not refused. Netty's fields are
 * reached by name, so a Netty that has others turns this red.
 */
final class AllocatorLockAllowanceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Test
    void a_magazine_in_use_is_waited_for() throws Exception {
        Object magazine = magazine();
        StampedLock inUse = (StampedLock) field(magazine, "allocationLock");
        long held = inUse.writeLock();
        CompletableFuture<Thread> freeing = new CompletableFuture<>();
        CompletableFuture<Void> freed = new CompletableFuture<>();
        Schedulers.parallel().schedule(() -> {
            freeing.complete(Thread.currentThread());
            try {
                method(magazine, "free").invoke(magazine);
                freed.complete(null);
            } catch (ReflectiveOperationException refused) {
                freed.completeExceptionally(refused);
            }
        });
        awaitParked(freeing.get(PATIENCE.toSeconds(), TimeUnit.SECONDS), freed);
        inUse.unlockWrite(held);
        assertThat(freed).succeedsWithin(PATIENCE);
    }

    private static void awaitParked(Thread thread, CompletableFuture<Void> freed) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (thread.getState() != Thread.State.WAITING && !freed.isDone() && System.nanoTime() - deadline < 0) {
            Thread.onSpinWait();
        }
    }

    private static Object magazine() throws ReflectiveOperationException {
        Object pool = field(new AdaptiveByteBufAllocator(), "heap");
        Object group = ((Object[]) field(pool, "sizeClassedMagazineGroups"))[0];
        return ((Object[]) field(group, "magazines"))[0];
    }

    private static Object field(Object owner, String name) throws ReflectiveOperationException {
        Field field = owner.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(owner);
    }

    private static Method method(Object owner, String name) throws ReflectiveOperationException {
        Method method = owner.getClass().getDeclaredMethod(name);
        method.setAccessible(true);
        return method;
    }
}
