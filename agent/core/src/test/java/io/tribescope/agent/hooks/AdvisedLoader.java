package io.tribescope.agent.hooks;

import io.tribescope.agent.hooks.weaving.HookTransformer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Loads some classes advised, and all others from the class path; as a web application's loader it
 * can be stopped, and then refuses to load anything.
 */
public final class AdvisedLoader extends ClassLoader {
  private final HookTransformer transformer;
  private final Map<String, byte[]> own = new HashMap<>();
  private final List<String> childFirst = new ArrayList<>();
  private String refused = "";
  private boolean stopped;

  public AdvisedLoader(HookTransformer transformer) {
    super(AdvisedLoader.class.getClassLoader());
    this.transformer = transformer;
  }

  /** The class path's class of that name is to be loaded by this loader, advised. */
  public AdvisedLoader own(String name) throws IOException {
    byte[] code = plain(name);
    if (code == null) {
      throw new IOException("no class " + name);
    }
    return own(name, code);
  }

  private byte @Nullable [] plain(String name) {
    try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings(
      "NullAway") // null means "not a redefinition" to the transformer, and "unchanged"
  public AdvisedLoader own(String name, byte[] code) {
    byte[] advised =
        transformer.transform(
            this, name.replace('.', '/'), null, getClass().getProtectionDomain(), code);
    if (advised == null) {
      throw new AssertionError("not advised: " + name);
    }
    own.put(name, advised);
    return this;
  }

  /** Such a class is to be loaded by this loader, as this code. */
  AdvisedLoader asItIs(String name, byte[] code) {
    own.put(name, code);
    return this;
  }

  /** The code of a class of its own. */
  byte[] advised(String name) {
    return own.getOrDefault(name, new byte[0]);
  }

  /** From now on refuses the classes of that package. */
  AdvisedLoader refusing(String prefix) {
    refused = prefix;
    return this;
  }

  /** Loads all classes of that package itself, as they are where they are not advised. */
  public AdvisedLoader childFirst(String prefix) {
    childFirst.add(prefix);
    return this;
  }

  /** From now on refuses all. */
  void stop() {
    stopped = true;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (stopped || (!refused.isEmpty() && name.startsWith(refused))) {
      throw new IllegalStateException("Could not load [" + name + "]: the application was stopped");
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      byte[] code = own.get(name);
      if (code == null && childFirst.stream().anyMatch(name::startsWith)) {
        code = plain(name);
      }
      return code == null
          ? super.loadClass(name, resolve)
          : defineClass(name, code, 0, code.length);
    }
  }
}
