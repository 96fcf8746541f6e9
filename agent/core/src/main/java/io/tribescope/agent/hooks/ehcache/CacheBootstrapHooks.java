package io.tribescope.agent.hooks.ehcache;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;

import io.tribescope.agent.bridge.Bridge;
import io.tribescope.agent.bridge.Notes;
import io.tribescope.agent.hooks.weaving.Hook;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;
import net.sf.ehcache.Ehcache;
import org.jspecify.annotations.Nullable;

/** Where a cache that starts fetches what its peers hold, over RMI. */
public final class CacheBootstrapHooks {
  private static final String LOADER = "net.sf.ehcache.distribution.RMIBootstrapCacheLoader";

  private CacheBootstrapHooks() {}

  public static List<Hook> all() {
    ElementMatcher.Junction<MethodDescription> ofCache =
        takesArgument(0, named("net.sf.ehcache.Ehcache"));
    return Arrays.asList(
        new Hook(
            "cache-bootstrap",
            LOADER,
            named("doLoad").and(ofCache),
            "ehcache.CacheBootstrapHooks$Load"),
        new Hook(
            "cache-bootstrap-peers",
            LOADER,
            named("acquireCachePeers").and(ofCache),
            "ehcache.CacheBootstrapHooks$AcquirePeers"));
  }

  static final class Load {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Notes enter(@Advice.Argument(0) Ehcache cache) {
      return Bridge.cacheBootstraps()
          .bootstrapping(cache.getCacheEventNotificationService(), cache);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Notes begun, @Advice.Thrown Throwable failure) {
      Bridge.cacheBootstraps().bootstrapped(begun, failure);
    }
  }

  static final class AcquirePeers {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Return List<?> peers) {
      Bridge.cacheBootstraps().bootstrapPeersFound(peers == null ? 0 : peers.size());
    }
  }
}
