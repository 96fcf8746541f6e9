package io.tribescope.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class HookContextsTest {
  /** Two threads of one id, as a subclass of Thread can have: they meet in one place. */
  private static final class Named extends Thread {
    private final long id;

    Named(long id, Runnable task) {
      super(task);
      this.id = id;
    }

    @Override
    @SuppressWarnings("deprecation")
    public long getId() {
      return id;
    }
  }

  @Test
  void aThreadHasAlwaysTheSameContext() {
    HookContext context = HookContexts.current();
    assertThat(HookContexts.current()).isSameAs(context);
    assertThat(context.thread).isSameAs(Thread.currentThread());
  }

  @Test
  void threadsThatMeetInOnePlaceHaveContextsOfTheirOwn() throws Exception {
    int threads = 4;
    Set<HookContext> met =
        Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
    CountDownLatch together = new CountDownLatch(threads);
    Thread[] started = new Thread[threads];
    boolean[] same = new boolean[threads];
    for (int i = 0; i < threads; i++) {
      int number = i;
      started[i] =
          new Named(
              77_777,
              () -> {
                HookContext first = HookContexts.current();
                met.add(first);
                together.countDown();
                try {
                  together.await();
                } catch (InterruptedException e) {
                  return;
                }
                same[number] = HookContexts.current() == first;
              });
      started[i].start();
    }
    for (Thread thread : started) {
      thread.join();
    }
    assertThat(met).hasSize(threads);
    assertThat(same).containsOnly(true);
  }

  @Test
  void aContextGoesWithItsThreadAndItsPlaceIsFreeAgain() throws Exception {
    WeakReference<?>[] gone = new WeakReference<?>[2];
    runToItsEnd(
        () -> {
          gone[0] = new WeakReference<>(HookContexts.current());
          gone[1] = new WeakReference<>(Thread.currentThread());
        });
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              System.gc();
              return gone[0].get() == null && gone[1].get() == null;
            });
  }

  private static void runToItsEnd(Runnable task) throws InterruptedException {
    Thread thread = new Named(88_888, task);
    thread.start();
    thread.join();
  }
}
