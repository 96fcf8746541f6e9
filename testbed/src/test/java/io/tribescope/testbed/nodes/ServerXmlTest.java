package io.tribescope.testbed.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ServerXmlTest {
  private static final ServerXml.ClusterElement CLUSTER =
      new ServerXml.ClusterElement("198.18.0.11", 4000, 45564, 6);

  @Test
  void statesEveryAddressAndPort() throws Exception {
    Document xml = parse(CLUSTER);
    assertThat(find(xml, "/Server/@port")).isEqualTo("-1");
    assertThat(find(xml, "//Engine/@jvmRoute")).isEqualTo("node1");
    assertThat(find(xml, "//Connector[@protocol='HTTP/1.1']/@port")).isEqualTo("8080");
    assertThat(find(xml, "//Connector[@protocol='AJP/1.3']/@port")).isEqualTo("8009");
    assertThat(find(xml, "count(//Connector[@address='198.18.0.11'])")).isEqualTo("2");
    assertThat(find(xml, "//Context/@docBase")).isEqualTo("/bed/webapp");
    assertThat(find(xml, "//Context/@path")).isEqualTo("/app");
    assertThat(find(xml, "//Cluster/@channelSendOptions")).isEqualTo("6");
    assertThat(find(xml, "//Membership/@port")).isEqualTo("45564");
    assertThat(find(xml, "//Membership/@bind")).isEqualTo("198.18.0.11");
    assertThat(find(xml, "//Receiver/@address")).isEqualTo("198.18.0.11");
    assertThat(find(xml, "//Receiver/@port")).isEqualTo("4000");
  }

  @Test
  void hasNoClusterWhenNoneIsWanted() throws Exception {
    assertThat(find(parse(null), "count(//Cluster)")).isEqualTo("0");
  }

  @Test
  void isChangedWhereATestWantsIt() throws Exception {
    ServerXmlChanges changes = new ServerXmlChanges();
    changes.set("NioReceiver", "maxThreads", "2");
    changes.set("MessageDispatchInterceptor", "alwaysSend", "false");
    changes.set("Engine", "backgroundProcessorDelay", "1");
    changes.remove("JvmRouteBinderValve");
    changes.add("Context", "<Resource name='jdbc/shop'/>");
    changes.add("Server", "<GlobalNamingResources><Resource name='a'/></GlobalNamingResources>");

    Document xml = document(changes.applyTo(text(CLUSTER)));

    assertThat(find(xml, "//Receiver/@maxThreads")).isEqualTo("2");
    assertThat(find(xml, "//Interceptor[@alwaysSend]/@className"))
        .isEqualTo("org.apache.catalina.tribes.group.interceptors.MessageDispatchInterceptor");
    assertThat(find(xml, "//Engine/@backgroundProcessorDelay")).isEqualTo("1");
    assertThat(find(xml, "//Valve/@className"))
        .isEqualTo("org.apache.catalina.ha.tcp.ReplicationValve");
    assertThat(find(xml, "count(//Valve)")).isEqualTo("1");
    assertThat(find(xml, "//Host/Context/Resource/@name")).isEqualTo("jdbc/shop");
    assertThat(find(xml, "/Server/GlobalNamingResources/Resource/@name")).isEqualTo("a");
  }

  @Test
  void saysWhichElementIsNotThere() {
    ServerXmlChanges changes = new ServerXmlChanges();
    changes.set("BackupManager", "rpcTimeout", "1");
    assertThatThrownBy(() -> changes.applyTo(text(CLUSTER)))
        .hasMessage("no element BackupManager in the server.xml");
  }

  private static Document parse(ServerXml.@Nullable ClusterElement cluster) throws Exception {
    return document(text(cluster));
  }

  private static String text(ServerXml.@Nullable ClusterElement cluster) {
    return new ServerXml(
            "node1", "198.18.0.11", 8080, 8009, Path.of("/bed/webapp"), "/app", cluster)
        .text();
  }

  private static Document document(String text) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(text)));
  }

  private static String find(Document xml, String path) throws Exception {
    return XPathFactory.newInstance().newXPath().evaluate(path, xml);
  }
}
