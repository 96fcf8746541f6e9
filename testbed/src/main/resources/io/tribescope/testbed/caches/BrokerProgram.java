import org.apache.activemq.broker.BrokerService;

/**
 * Runs a broker of ActiveMQ, in memory.
 *
 * <p>Argument: the address and port to serve at.
 */
public class BrokerProgram {
  public static void main(String[] arguments) throws Exception {
    BrokerService broker = new BrokerService();
    broker.setPersistent(false);
    broker.setUseJmx(false);
    broker.addConnector("tcp://" + arguments[0]);
    broker.start();
    broker.waitUntilStarted();
    System.out.println("The broker is up");
    broker.waitUntilStopped();
  }
}
