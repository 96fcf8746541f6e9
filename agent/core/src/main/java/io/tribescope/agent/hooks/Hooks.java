package io.tribescope.agent.hooks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every hook there is, a family after the other. */
public final class Hooks {
  private Hooks() {}

  public static List<Hook> all() {
    List<Hook> hooks = new ArrayList<>();
    hooks.addAll(LifecycleHooks.all());
    hooks.addAll(SubmitHooks.all());
    hooks.addAll(TransmitHooks.all());
    hooks.addAll(ReceiveHooks.all());
    hooks.addAll(ApplyHooks.all());
    hooks.addAll(TransferHooks.all());
    hooks.addAll(SessionHooks.all());
    hooks.addAll(RequestHooks.all());
    hooks.addAll(FailoverHooks.all());
    hooks.addAll(MembershipHooks.all());
    hooks.addAll(ReceiverHooks.all());
    hooks.addAll(QueueHooks.all());
    hooks.addAll(AttributeHooks.all());
    hooks.addAll(CacheEventHooks.all());
    hooks.addAll(CacheNotifyHooks.all());
    hooks.addAll(CacheSendHooks.all());
    hooks.addAll(CacheReceiveHooks.all());
    hooks.addAll(CachePeerHooks.all());
    hooks.addAll(CacheBootstrapHooks.all());
    hooks.addAll(CacheJmsHooks.all());
    hooks.addAll(CacheJGroupsHooks.all());
    return Collections.unmodifiableList(hooks);
  }

  /** The hooks by the internal name of their class, as the JVM names it to a transformer. */
  static Map<String, List<Hook>> byInternalName(List<Hook> hooks) {
    Map<String, List<Hook>> byName = new HashMap<>();
    for (Hook hook : hooks) {
      byName.computeIfAbsent(hook.className.replace('.', '/'), name -> new ArrayList<>()).add(hook);
    }
    return byName;
  }
}
