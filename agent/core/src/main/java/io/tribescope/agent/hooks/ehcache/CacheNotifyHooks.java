package io.tribescope.agent.hooks.ehcache;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;

import io.tribescope.agent.bridge.Bridge;
import io.tribescope.agent.bridge.TransportEvents;
import io.tribescope.agent.hooks.weaving.Hook;
import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.OffsetMapping;
import net.bytebuddy.description.annotation.AnnotationDescription;
import net.bytebuddy.description.method.ParameterDescription;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import net.sf.ehcache.Ehcache;
import net.sf.ehcache.Element;
import net.sf.ehcache.distribution.CacheReplicator;
import net.sf.ehcache.distribution.RMIAsynchronousCacheReplicator;
import net.sf.ehcache.distribution.RMISynchronousCacheReplicator;

/**
 * Where a replicator is told of a change. What it passes over with a line in the log, by its own
 * conditions, is lost. They differ in what is to be replicated, and in whether the whole element
 * must be serializable or its key alone: {@link Replicated} and {@link Whole} say so of each.
 */
public final class CacheNotifyHooks {
  private static final String PACKAGE = "net.sf.ehcache.distribution.";
  private static final String SYNCHRONOUS = PACKAGE + "RMISynchronousCacheReplicator";
  private static final String ASYNCHRONOUS = PACKAGE + "RMIAsynchronousCacheReplicator";
  private static final String JMS = PACKAGE + "jms.JMSCacheReplicator";
  private static final String JGROUPS = PACKAGE + "jgroups.JGroupsCacheReplicator";

  private static final OffsetMapping.Factory<?> ELEMENT = constant(Whole.class, true);
  private static final OffsetMapping.Factory<?> KEY = constant(Whole.class, false);
  private static final OffsetMapping.Factory<?> AS_UPDATES_TRAVEL =
      field(Whole.class, "replicateUpdatesViaCopy");

  private CacheNotifyHooks() {}

  /** Whether changes of the kind are to be replicated at all. */
  @interface Replicated {}

  /** Whether the whole element must be serializable, and not its key alone. */
  @interface Whole {}

  /** The number of a transport that is not RMI. */
  @interface Transport {}

  public static List<Hook> all() {
    return Arrays.asList(
        // Asks for the whole element even where it sends an invalidation.
        put("cache-notify-put", SYNCHRONOUS, ELEMENT),
        put("cache-notify-put", ASYNCHRONOUS, field(Whole.class, "replicatePutsViaCopy")),
        update("cache-notify-update", SYNCHRONOUS, AS_UPDATES_TRAVEL),
        update("cache-notify-update", ASYNCHRONOUS, AS_UPDATES_TRAVEL),
        remove("cache-notify-remove", SYNCHRONOUS),
        remove("cache-notify-remove", ASYNCHRONOUS),
        put("cache-jms-notify-put", JMS, ELEMENT),
        // An update that would travel as an invalidation, too.
        update("cache-jms-notify-update", JMS, ELEMENT),
        remove("cache-jms-notify-remove", JMS),
        put("cache-jgroups-notify-put", JGROUPS, ELEMENT),
        update("cache-jgroups-notify-update", JGROUPS, AS_UPDATES_TRAVEL),
        remove("cache-jgroups-notify-remove", JGROUPS));
  }

  private static Hook put(String name, String replicator, OffsetMapping.Factory<?> whole) {
    return notify(name, replicator, "Put", "replicatePuts", whole);
  }

  private static Hook update(String name, String replicator, OffsetMapping.Factory<?> whole) {
    return notify(name, replicator, "Updated", "replicateUpdates", whole);
  }

  private static Hook remove(String name, String replicator) {
    return notify(name, replicator, "Removed", "replicateRemovals", KEY);
  }

  private static Hook notify(
      String name, String replicator, String what, String wanted, OffsetMapping.Factory<?> whole) {
    boolean overRmi = replicator.equals(SYNCHRONOUS) || replicator.equals(ASYNCHRONOUS);
    Hook hook =
        new Hook(
                name,
                replicator,
                named("notifyElement" + what)
                    .and(takesArgument(0, named("net.sf.ehcache.Ehcache"))),
                overRmi
                    ? "ehcache.CacheNotifyHooks$OverRmi"
                    : "ehcache.CacheNotifyHooks$OverTransport")
            .binding(field(Replicated.class, wanted))
            .binding(whole);
    return overRmi
        ? hook
        : hook.binding(
            constant(
                Transport.class,
                replicator.equals(JMS) ? TransportEvents.JMS : TransportEvents.JGROUPS));
  }

  private static <T extends Annotation> OffsetMapping.Factory<T> constant(
      Class<T> parameter, Object value) {
    return OffsetMapping.ForStackManipulation.Factory.of(parameter, value);
  }

  /** The replicator's field of that name. */
  private static <T extends Annotation> OffsetMapping.Factory<T> field(
      Class<T> parameter, String name) {
    return new OffsetMapping.Factory<T>() {
      @Override
      public Class<T> getAnnotationType() {
        return parameter;
      }

      @Override
      public OffsetMapping make(
          ParameterDescription.InDefinedShape target,
          AnnotationDescription.Loadable<T> annotation,
          AdviceType type) {
        return new OffsetMapping.ForField.Unresolved.WithImplicitType(
            target.getType(), true, Assigner.Typing.STATIC, name);
      }
    };
  }

  /** The replicator may have been registered before the agent saw that. */
  static final class OverRmi {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.This RMISynchronousCacheReplicator replicator,
        @Replicated boolean replicated,
        @Whole boolean whole,
        @Advice.Argument(0) Ehcache cache,
        @Advice.Argument(1) Element element) {
      if (replicated
          && replicator.alive()
          && !(whole ? element.isSerializable() : element.isKeySerializable())) {
        Bridge.caches()
            .unserializable(
                cache.getCacheEventNotificationService(),
                cache,
                replicator,
                replicator instanceof RMIAsynchronousCacheReplicator);
      } else {
        Bridge.caches()
            .replicating(
                cache.getCacheEventNotificationService(),
                cache,
                replicator,
                replicator instanceof RMIAsynchronousCacheReplicator);
      }
    }
  }

  static final class OverTransport {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.This CacheReplicator replicator,
        @Replicated boolean replicated,
        @Whole boolean whole,
        @Transport int transport,
        @Advice.Argument(0) Ehcache cache,
        @Advice.Argument(1) Element element) {
      if (replicated
          && replicator.alive()
          && !(whole ? element.isSerializable() : element.isKeySerializable())) {
        Bridge.transports()
            .unserializable(transport, cache.getCacheEventNotificationService(), cache);
      }
    }
  }
}
