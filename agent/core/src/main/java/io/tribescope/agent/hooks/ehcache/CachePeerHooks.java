package io.tribescope.agent.hooks.ehcache;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.tribescope.agent.bridge.Bridge;
import io.tribescope.agent.bridge.Notes;
import io.tribescope.agent.hooks.weaving.Hook;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;
import org.jspecify.annotations.Nullable;

/** How a cache manager finds its peers over RMI, and how it can be found itself. */
public final class CachePeerHooks {
  private static final String PACKAGE = "net.sf.ehcache.distribution.";

  private CachePeerHooks() {}

  public static List<Hook> all() {
    ElementMatcher<MethodDescription> register =
        named("registerPeer").and(takesArguments(String.class));
    return Arrays.asList(
        new Hook(
            "cache-peer-lookup",
            PACKAGE + "RMICacheManagerPeerProvider",
            named("lookupRemoteCachePeer").and(takesArguments(String.class)),
            "ehcache.CachePeerHooks$LookUp"),
        new Hook(
            "cache-peer-heartbeat",
            PACKAGE + "MulticastRMICacheManagerPeerProvider",
            register,
            "ehcache.CachePeerHooks$RegisterPeer"),
        new Hook(
            "cache-peer-configure",
            PACKAGE + "ManualRMICacheManagerPeerProvider",
            register,
            "ehcache.CachePeerHooks$RegisterPeer"),
        new Hook(
            "cache-listener",
            PACKAGE + "RMICacheManagerPeerListener",
            isConstructor().and(takesArgument(3, named("net.sf.ehcache.CacheManager"))),
            "ehcache.CachePeerHooks$Listen"));
  }

  static final class LookUp {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Notes enter(@Advice.Argument(0) String url) {
      return Bridge.cachePeers().peerLookingUp(url);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.Enter @Nullable Notes begun,
        @Advice.Return Object peer,
        @Advice.Thrown Throwable failure) {
      Bridge.cachePeers().peerLookedUp(begun, peer, failure);
    }
  }

  static final class RegisterPeer {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Notes enter(@Advice.This Object provider, @Advice.Argument(0) String url) {
      return Bridge.cachePeers().heartbeat(provider, url);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Notes begun) {
      Bridge.cachePeers().heartbeatHandled(begun);
    }
  }

  static final class Listen {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(0) String hostName, @Advice.Argument(3) Object manager) {
      Bridge.cachePeers().listenerConfigured(manager, hostName);
    }
  }
}
