package io.tribescope.agent.recording.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Who has found no room comes with every change, and must not wait for one who adds. */
class CacheRoomTest extends CacheReports {
  @Test
  void aCacheForWhichThereIsNoRoomTakesNoLock() throws Exception {
    List<Object> known = objects(1025);
    known.forEach(one -> calls.cacheReplicated(one, one, one, false));
    assertThat(recorder.records().saturated()).isTrue();
    whileOneAdds(() -> calls.replicating(listeners, cache, replicator, true));
    assertThat(recorder.records().all()).hasSize(1024);
    assertThat(known).hasSize(1025);
  }

  @Test
  void aProviderForWhichThereIsNoRoomTakesNoLock() throws Exception {
    List<Object> known = objects(1024);
    known.forEach(
        one -> {
          calls.heartbeat(one, URL);
          calls.heartbeatHandled();
        });
    assertThat(recorder.records().saturated()).isFalse();
    calls.heartbeat(provider, URL);
    calls.heartbeatHandled();
    assertThat(recorder.records().saturated()).isTrue();
    whileOneAdds(
        () -> {
          calls.heartbeat(provider, URL);
          calls.heartbeatHandled();
        });
    assertThat(recorder.records().knownProvider(provider)).isNull();
    assertThat(recorder.records().providers()).hasSize(known.size());
  }

  @Test
  void aGroupForWhichThereIsNoRoomTakesNoLock() throws Exception {
    List<Object> known = objects(1025);
    known.forEach(one -> calls.groupPolled("c", true, one));
    assertThat(recorder.records().saturated()).isTrue();
    whileOneAdds(() -> calls.groupPolled("c", true, known.get(1024)));
  }

  /** Another thread does that, while one is within what adds caches and does not come out. */
  private void whileOneAdds(Runnable hook) throws InterruptedException {
    CountDownLatch locked = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    Thread adding =
        new Thread(
            () -> {
              synchronized (recorder.records()) {
                locked.countDown();
                try {
                  done.await();
                } catch (InterruptedException e) {
                  // The test has ended.
                }
              }
            });
    adding.start();
    locked.await();
    Thread change = new Thread(hook);
    try {
      change.start();
      change.join(10_000);
      assertThat(change.isAlive()).isFalse();
    } finally {
      done.countDown();
      adding.join();
      change.join();
    }
  }
}
