package io.tribescope.agent.recording.sessions;

import io.tribescope.agent.bridge.AttributeEvents;
import io.tribescope.agent.recording.counters.OffenderCounts;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Attributes that applications left out of what they serialize, by the class loader of each
 * application, which is held weakly. Thread-safe. Only what was dropped comes here; a lock is taken
 * for an application's first.
 */
public final class DroppedAttributes implements AttributeEvents {
  /** So many applications that drop something; beyond them a new one is not counted. */
  private static final int LIMIT = 256;

  private volatile List<Application> applications = Collections.emptyList();
  private volatile boolean saturated;

  /** What one application dropped. */
  public static final class Application {
    private final WeakReference<Object> loader;
    private final OffenderCounts counts = new OffenderCounts();

    private Application(Object loader) {
      this.loader = new WeakReference<>(loader);
    }

    /** Null once it is gone. */
    public @Nullable Object loader() {
      return loader.get();
    }

    /** By the attribute's class; at most 50, then {@code other}. */
    public Map<String, Long> byClass() {
      return counts.counts();
    }
  }

  @Override
  public void attributeDropped(Object loader, String type) {
    Application known = find(loader);
    if (known == null) {
      known = add(loader);
    }
    if (known != null) {
      known.counts.count(type);
    }
  }

  private @Nullable Application find(Object loader) {
    for (Application application : applications) {
      if (application.loader() == loader) {
        return application;
      }
    }
    return null;
  }

  private synchronized @Nullable Application add(Object loader) {
    Application known = find(loader);
    if (known != null) {
      return known;
    }
    List<Application> live = new ArrayList<>(all());
    if (live.size() >= LIMIT) {
      saturated = true;
      return null;
    }
    Application added = new Application(loader);
    live.add(added);
    applications = live;
    return added;
  }

  /** Those whose loader is still there. */
  public List<Application> all() {
    List<Application> live = new ArrayList<>();
    for (Application application : applications) {
      if (application.loader() != null) {
        live.add(application);
      }
    }
    return live;
  }

  /** Whether an application was ever left out for want of room. */
  public boolean saturated() {
    return saturated;
  }
}
