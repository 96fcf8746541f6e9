package io.tribescope.agent.hooks;

import io.tribescope.agent.hooks.ehcache.CacheBootstrapHooks;
import io.tribescope.agent.hooks.ehcache.CacheEventHooks;
import io.tribescope.agent.hooks.ehcache.CacheJGroupsHooks;
import io.tribescope.agent.hooks.ehcache.CacheJmsHooks;
import io.tribescope.agent.hooks.ehcache.CacheNotifyHooks;
import io.tribescope.agent.hooks.ehcache.CachePeerHooks;
import io.tribescope.agent.hooks.ehcache.CacheReceiveHooks;
import io.tribescope.agent.hooks.ehcache.CacheSendHooks;
import io.tribescope.agent.hooks.jasperreports.AttributeHooks;
import io.tribescope.agent.hooks.tribes.ApplyHooks;
import io.tribescope.agent.hooks.tribes.FailoverHooks;
import io.tribescope.agent.hooks.tribes.LifecycleHooks;
import io.tribescope.agent.hooks.tribes.MembershipHooks;
import io.tribescope.agent.hooks.tribes.QueueHooks;
import io.tribescope.agent.hooks.tribes.ReceiveHooks;
import io.tribescope.agent.hooks.tribes.ReceiverHooks;
import io.tribescope.agent.hooks.tribes.RequestHooks;
import io.tribescope.agent.hooks.tribes.SessionHooks;
import io.tribescope.agent.hooks.tribes.SubmitHooks;
import io.tribescope.agent.hooks.tribes.TransferHooks;
import io.tribescope.agent.hooks.tribes.TransmitHooks;
import io.tribescope.agent.hooks.weaving.Hook;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

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
}
