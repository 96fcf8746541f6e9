package io.tribescope.exporter.command;

import io.tribescope.exporter.http.ExporterServer;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "serve",
    description = "Serve metrics until stopped; the default command.",
    sortOptions = false,
    showDefaultValues = true,
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Provider.class)
final class ServeCommand implements Callable<Integer> {
  private static final int CANNOT_LISTEN = 1;

  @Mixin private ServeOptions options = new ServeOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    try {
      ExporterServer server = Serve.start(options);
      Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
    } catch (BadOptionsException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    } catch (IOException e) {
      spec.commandLine()
          .getErr()
          .printf(
              "tribescope-exporter: cannot listen on %s port %d (%s);"
                  + " choose another --host or --port%n",
              options.host, options.port, e.getMessage());
      return CANNOT_LISTEN;
    }
    new CountDownLatch(1).await();
    return 0;
  }
}
