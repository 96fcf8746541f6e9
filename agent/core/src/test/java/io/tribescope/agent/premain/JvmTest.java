package io.tribescope.agent.premain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JvmTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "org.apache.catalina.startup.Bootstrap start",
        "org.apache.catalina.startup.Bootstrap",
        "org.apache.catalina.startup.Bootstrap -config conf/stop/server.xml start",
        "com.example.Launcher stop",
        "/opt/app/launcher.jar version",
      })
  void aTomcatMayRunHere(String command) {
    assertThat(Jvm.mayRunTomcat(command)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.apache.catalina.startup.Bootstrap stop",
        "org.apache.catalina.startup.Bootstrap STOP",
        "org.apache.catalina.startup.Bootstrap -config conf/server.xml stop",
        "org.apache.catalina.startup.Bootstrap configtest",
        "org.apache.catalina.startup.Bootstrap version",
        "org.apache.catalina.util.ServerInfo",
        "jdk.jcmd/sun.tools.jcmd.JCmd 1 VM.flags",
        "jdk.compiler/com.sun.tools.javac.Main A.java",
        "sun.tools.jps.Jps",
        "com.sun.tools.javac.Main A.java",
      })
  void theAgentStaysOut(String command) {
    assertThat(Jvm.mayRunTomcat(command)).isFalse();
  }
}
