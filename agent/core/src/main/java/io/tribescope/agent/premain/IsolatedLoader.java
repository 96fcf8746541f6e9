package io.tribescope.agent.premain;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * Holds the agent and its libraries where no application sees them and they see no application: its
 * classes stand below {@code isolated/} in the agent's jar, ending in {@code .classdata} so that no
 * scanner of class files takes them for its own (on Java 8 Tomcat scans the jars of the system
 * loader). The parent is the platform's loader; of the system loader only the bridge is seen.
 */
final class IsolatedLoader extends ClassLoader {
  private static final String ROOT = "isolated/";
  private static final String BRIDGE = "io.tribescope.agent.bridge.";
  private static final String CLASS = ".class";

  private final JarFile jar;
  private final String jarUrl;
  private final ProtectionDomain domain;

  static {
    registerAsParallelCapable();
  }

  /**
   * Declared to return a plain ClassLoader, so that the verifier need not load this class with its
   * caller, the gate, which stands in every JVM.
   */
  static ClassLoader of(File jar, ProtectionDomain domain) throws IOException {
    return new IsolatedLoader(jar, domain);
  }

  private IsolatedLoader(File jar, ProtectionDomain domain) throws IOException {
    super(ClassLoader.getSystemClassLoader().getParent());
    // Without verification: Byte Buddy, say, is read on the thread that starts Tomcat.
    this.jar = new JarFile(jar, false);
    this.jarUrl = "jar:" + jar.toURI() + "!/";
    this.domain = domain;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.startsWith(BRIDGE)) {
      return ClassLoader.getSystemClassLoader().loadClass(name);
    }
    return super.loadClass(name, resolve);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] code;
    try (InputStream in = open(name.replace('.', '/') + CLASS)) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      code = readFully(in);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
    definePackageOf(name);
    return defineClass(name, code, 0, code.length, domain);
  }

  /** Java 8 leaves that to the loader: without it, libraries get null from Class.getPackage(). */
  private void definePackageOf(String className) {
    int end = className.lastIndexOf('.');
    if (end > 0 && getPackage(className.substring(0, end)) == null) {
      try {
        definePackage(className.substring(0, end), null, null, null, null, null, null, null);
      } catch (IllegalArgumentException e) {
        // Another thread has just defined it.
      }
    }
  }

  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    InputStream platform = getParent().getResourceAsStream(name);
    if (platform != null) {
      return platform;
    }
    try {
      return open(name);
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  protected @Nullable URL findResource(String name) {
    String entry = entry(name);
    try {
      return jar.getEntry(entry) == null ? null : new URL(jarUrl + entry);
    } catch (MalformedURLException e) {
      return null;
    }
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL url = findResource(name);
    return url == null
        ? Collections.<URL>emptyEnumeration()
        : Collections.enumeration(Collections.singleton(url));
  }

  private @Nullable InputStream open(String name) throws IOException {
    JarEntry entry = jar.getJarEntry(entry(name));
    return entry == null ? null : jar.getInputStream(entry);
  }

  private static String entry(String name) {
    return ROOT + name + (name.endsWith(CLASS) ? "data" : "");
  }

  private static byte[] readFully(InputStream in) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(8192);
    byte[] buffer = new byte[8192];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      out.write(buffer, 0, read);
    }
    return out.toByteArray();
  }
}
