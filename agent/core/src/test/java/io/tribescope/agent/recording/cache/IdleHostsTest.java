package io.tribescope.agent.recording.cache;

import static io.tribescope.agent.bridge.CacheOperation.PUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.recording.cache.records.CachePeerRecord;
import io.tribescope.agent.recording.cache.records.CacheRecord;
import io.tribescope.agent.recording.cache.records.CacheRecords;
import io.tribescope.agent.recording.cache.records.CallsInProgress;
import io.tribescope.agent.recording.cache.records.IdleHosts;
import io.tribescope.agent.recording.cache.records.PeerHosts;
import io.tribescope.agent.recording.cache.records.PeerUrl;
import io.tribescope.agent.recording.cache.records.ProviderRecord;
import io.tribescope.agent.recording.cache.records.StubHosts;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class IdleHostsTest {
  private static final long HOUR = TimeUnit.HOURS.toNanos(1);
  private static final long DAY = TimeUnit.HOURS.toNanos(24);

  private final CacheRecords records = new CacheRecords();
  private final PeerHosts hosts = new PeerHosts();
  private final StubHosts stubs = new StubHosts();
  private final CallsInProgress calls = new CallsInProgress();
  private final IdleHosts idle = new IdleHosts(records, hosts, stubs, calls);
  private final Object key = new Object();
  private final CacheRecord cache = Objects.requireNonNull(records.add(key, key));
  private long now = 1;

  /** Sends something to each of so many hosts. */
  private void sendTo(int number) {
    for (int i = 0; i < number; i++) {
      cache.peer(hosts.ofHost("h" + i)).sent(0, PUT, 1);
    }
  }

  private void after(long nanos) {
    now += nanos;
    idle.forget(now);
  }

  private void keepBusy(int host) {
    cache.peer(host).sent(0, PUT, 1);
  }

  @Test
  void fewAreRememberedHoweverLongTheyAreSilent() {
    sendTo(47);
    after(0);
    after(10 * DAY);
    after(10 * DAY);
    assertThat(hosts.all()).hasSize(47);
    assertThat(cache.peers()).hasSize(47);
  }

  @Test
  void ofManyThoseThatAreSilentForADayMakeRoom() {
    sendTo(PeerHosts.OTHER);
    assertThat(hosts.ofHost("more")).isEqualTo(PeerHosts.OTHER);
    Object stub = new Object();
    stubs.put(stub, 5);
    Object provider = new Object();
    Objects.requireNonNull(records.provider(provider)).heard("//h7:40001/c", hosts, now);
    int called = calls.begin(0, cache, 8, now);
    after(0);
    keepBusy(3);
    after(DAY - HOUR);
    assertThat(hosts.all()).hasSize(PeerHosts.OTHER);

    after(2 * HOUR);
    // One that was sent to, one that was heard of, one that is being called.
    assertThat(hosts.all()).isEqualTo(List.of("h3", "h7", "h8"));
    assertThat(cache.peers()).extracting(CachePeerRecord::host).containsExactly(3, 7, 8);
    assertThat(stubs.get(stub)).isEqualTo(PeerHosts.OTHER);
    // Nobody gets a number yet that somebody may still count by.
    assertThat(hosts.ofHost("new")).isEqualTo(PeerHosts.OTHER);
    cache.peer(0).sent(0, PUT, 1);

    after(2 * HOUR);
    assertThat(hosts.ofHost("new")).isZero();
    assertThat(cache.peer(0).sent(PUT)).isZero();
    assertThat(hosts.ofHost("h3")).isEqualTo(3);
    assertThat(hosts.ofHost("h5")).isEqualTo(1);
    assertThat(hosts.saturated()).isTrue();

    // They are few now.
    calls.end(called);
    after(2 * DAY);
    assertThat(hosts.all()).containsExactly("new", "h5", "h3", "h7", "h8");
  }

  /** Each of three had looked its number up just before that was retired. */
  @Test
  void aNumberThatSomebodyIsLateWithIsNobodyElses() {
    sendTo(PeerHosts.OTHER);
    after(0);
    after(DAY + HOUR);
    assertThat(hosts.all()).isEmpty();
    Object stub = new Object();
    stubs.put(stub, 0);
    int called = calls.begin(0, cache, 1, now);
    Object provider = new Object();
    ProviderRecord told = Objects.requireNonNull(records.provider(provider));
    PeerUrl url = Objects.requireNonNull(told.heard("//late:40001/c", hostsOf("late", 2), now));
    assertThat(url.host()).isEqualTo(2);

    after(2 * HOUR);
    assertThat(hosts.ofHost("new")).isZero();
    assertThat(stubs.get(stub)).isEqualTo(PeerHosts.OTHER);
    assertThat(hosts.ofHost("next")).isEqualTo(3);

    calls.end(called);
    after(2 * HOUR);
    assertThat(hosts.ofHost("after the call")).isEqualTo(1);
    assertThat(hosts.ofHost("another")).isEqualTo(4);
    assertThat(provider).isNotNull();
  }

  /** As they were before that host's number was retired. */
  private static PeerHosts hostsOf(String host, int number) {
    PeerHosts before = new PeerHosts();
    for (int i = 0; i < number; i++) {
      before.ofHost("h" + i);
    }
    assertThat(before.ofHost(host)).isEqualTo(number);
    return before;
  }
}
