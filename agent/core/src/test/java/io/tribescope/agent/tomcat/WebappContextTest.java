package io.tribescope.agent.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.loader.ParallelWebappClassLoader;
import org.apache.catalina.webresources.StandardRoot;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** On Tomcat's own loader of 8.5 and newer; on fakes of those of 6 and 7. */
class WebappContextTest {
  private static ClassLoader loader(String path, String version) {
    StandardHost host = new StandardHost();
    host.setName("shop.example");
    StandardContext its = new StandardContext();
    its.setPath(path);
    its.setWebappVersion(version);
    its.setParent(host);
    ParallelWebappClassLoader loader = new ParallelWebappClassLoader();
    loader.setResources(new StandardRoot(its));
    return loader;
  }

  @Test
  void aWebappIsNamedByItsHostPathAndVersion() {
    assertThat(WebappContext.of(loader("/app", ""))).isEqualTo("shop.example/app");
    assertThat(WebappContext.of(loader("/app", "2"))).isEqualTo("shop.example/app##2");
    assertThat(WebappContext.of(loader("/a/b", ""))).isEqualTo("shop.example/a/b");
  }

  @Test
  void theRootIsNamedByItsHostAlone() {
    assertThat(WebappContext.of(loader("", ""))).isEqualTo("shop.example");
    assertThat(WebappContext.of(loader("", "2"))).isEqualTo("shop.example##2");
  }

  @Test
  void aLoaderBelowTheWebappsIsTheWebapps() {
    ClassLoader child = new ClassLoader(loader("/app", "")) {};
    assertThat(WebappContext.of(new ClassLoader(child) {})).isEqualTo("shop.example/app");
  }

  @Test
  void noWebappIsNone() {
    assertThat(WebappContext.of(null)).isEmpty();
    assertThat(WebappContext.of(ClassLoader.getSystemClassLoader())).isEmpty();
    assertThat(WebappContext.of(new ParallelWebappClassLoader())).isEmpty();
  }

  @Test
  void theOldLoadersAreAskedForTheirDirectory() {
    FakeDirectory directory = new FakeDirectory("localhost", "/app##2");
    assertThat(WebappContext.of(new FakeOldLoader(directory))).isEqualTo("localhost/app##2");
    assertThat(WebappContext.of(new FakeOldLoader(new FakeDirectory("localhost", ""))))
        .isEqualTo("localhost");
    assertThat(WebappContext.of(new FakeOldLoader(null))).isEmpty();
  }

  /** A fake of WebappClassLoader as Tomcat 6 and 7 have it. */
  public static final class FakeOldLoader extends URLClassLoader {
    private final @Nullable FakeDirectory resources;

    FakeOldLoader(@Nullable FakeDirectory resources) {
      super(new URL[0]);
      this.resources = resources;
    }

    public @Nullable FakeDirectory getResources() {
      return resources;
    }

    /** The display name. */
    public String getContextName() {
      return "The shop";
    }
  }

  /** A fake of their ProxyDirContext. */
  public static final class FakeDirectory {
    private final String host;
    private final String context;

    FakeDirectory(String host, String context) {
      this.host = host;
      this.context = context;
    }

    public String getHostName() {
      return host;
    }

    public String getContextName() {
      return context;
    }
  }
}
