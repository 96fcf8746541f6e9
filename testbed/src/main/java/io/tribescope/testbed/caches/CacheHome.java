package io.tribescope.testbed.caches;

import io.tribescope.testbed.machine.Libraries;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A version of Ehcache with what it needs, as the build of the test bed fetched it, and the program
 * that runs its managers, compiled against it.
 *
 * @param classPath of a JVM with caches
 */
record CacheHome(List<Path> classPath) {
  static final String PROGRAM = "CacheProgram";

  /**
   * Compiles the program.
   *
   * @param version such as 2.10.9.2
   * @param transports directories of what replicates otherwise than over RMI
   * @param directory for the program, not there yet
   */
  static CacheHome of(String version, List<String> transports, Path directory) {
    List<Path> jars = new ArrayList<>(Libraries.jars("ehcache/" + version, "ehcache/logging"));
    transports.forEach(transport -> jars.addAll(Libraries.jars("ehcache/" + transport)));
    return new CacheHome(Libraries.program(CacheHome.class, PROGRAM, jars, directory));
  }
}
