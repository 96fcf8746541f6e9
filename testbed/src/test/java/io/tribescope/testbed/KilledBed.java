package io.tribescope.testbed;

import io.tribescope.testbed.nodes.Cluster;

/** Opens a bed with something of everything, says so, and waits to be killed. */
final class KilledBed {
  private KilledBed() {}

  public static void main(String[] arguments) throws Exception {
    Bed bed = Bed.open("killed");
    Cluster cluster = bed.cluster().start();
    bed.httpd(cluster);
    bed.prometheus().start();
    cluster.node(2).freeze();
    System.out.printf("%s%n%s%n", bed.run().guardian().mark(), bed.run().networkName());
    System.in.read();
  }
}
