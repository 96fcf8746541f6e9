package io.tribescope.testbed.nodes;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Writes a node's server.xml: the cluster set-up of Tomcat's own documentation, every address and
 * port stated.
 *
 * @param cluster null for a Tomcat without a cluster
 */
record ServerXml(
    String route,
    String address,
    int httpPort,
    int ajpPort,
    Path webapp,
    String contextPath,
    @Nullable ClusterElement cluster) {

  record ClusterElement(String address, int receiverPort, int multicastPort, int sendOptions) {}

  String text() {
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <Server port="-1">
          <Listener className="org.apache.catalina.startup.VersionLoggerListener"/>
          <Listener className="org.apache.catalina.core.JreMemoryLeakPreventionListener"/>
          <Listener className="org.apache.catalina.core.ThreadLocalLeakPreventionListener"/>
          <Service name="Catalina">
            <!-- No limit on a connection's life: a client's requests never meet a closed one. -->
            <Connector protocol="HTTP/1.1" address="%1$s" port="%2$d" connectionTimeout="20000"
                keepAliveTimeout="600000" maxKeepAliveRequests="-1"/>
            <Connector protocol="AJP/1.3" address="%1$s" port="%3$d" secretRequired="false"/>
            <Engine name="Catalina" defaultHost="localhost" jvmRoute="%4$s">
              %5$s
              <Host name="localhost" appBase="webapps" autoDeploy="false">
                <Context path="%6$s" docBase="%7$s"/>
              </Host>
            </Engine>
          </Service>
        </Server>
        """
        .formatted(
            address,
            httpPort,
            ajpPort,
            route,
            cluster == null ? "" : text(cluster),
            contextPath,
            webapp);
  }

  private static String text(ClusterElement cluster) {
    return """
        <Cluster className="org.apache.catalina.ha.tcp.SimpleTcpCluster" channelSendOptions="%1$d">
                <Manager className="org.apache.catalina.ha.session.DeltaManager"
                    expireSessionsOnShutdown="false" notifyListenersOnReplication="true"/>
                <Channel className="org.apache.catalina.tribes.group.GroupChannel">
                  <Membership className="org.apache.catalina.tribes.membership.McastService"
                      address="228.0.0.4" port="%2$d" bind="%3$s" frequency="500" dropTime="3000"/>
                  <Receiver className="org.apache.catalina.tribes.transport.nio.NioReceiver"
                      address="%3$s" port="%4$d" autoBind="0" selectorTimeout="5000" maxThreads="6"/>
                  <Sender className="org.apache.catalina.tribes.transport.ReplicationTransmitter">
                    <Transport
                        className="org.apache.catalina.tribes.transport.nio.PooledParallelSender"/>
                  </Sender>
                  <Interceptor
                      className="org.apache.catalina.tribes.group.interceptors.TcpFailureDetector"/>
                  <Interceptor
                      className="org.apache.catalina.tribes.group.interceptors.MessageDispatchInterceptor"/>
                </Channel>
                <Valve className="org.apache.catalina.ha.tcp.ReplicationValve" filter=""/>
                <Valve className="org.apache.catalina.ha.session.JvmRouteBinderValve"/>
                <ClusterListener className="org.apache.catalina.ha.session.ClusterSessionListener"/>
              </Cluster>"""
        .formatted(
            cluster.sendOptions(),
            cluster.multicastPort(),
            cluster.address(),
            cluster.receiverPort());
  }
}
