package io.tribescope.testbed;

import static org.assertj.core.api.Assertions.assertThat;

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

  private static Document parse(ServerXml.@Nullable ClusterElement cluster) throws Exception {
    String text =
        new ServerXml("node1", "198.18.0.11", 8080, 8009, Path.of("/bed/webapp"), cluster).text();
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(text)));
  }

  private static String find(Document xml, String path) throws Exception {
    return XPathFactory.newInstance().newXPath().evaluate(path, xml);
  }
}
