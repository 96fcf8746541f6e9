package io.tribescope.testbed.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class DemoTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--nodes=1       | --nodes: 1 is not within 2 and 8",
        "--rate=0        | --rate: 0 is not within 1 and 500",
        "--minutes=-1    | --minutes: -1 is not within 1 and 10080",
        "--tomcat=9      | --tomcat: '9' is no released 8.5, 9.0, 10.1 or 11.0, such as 9.0.117",
        "--nodes=three   | Invalid value for option '--nodes': 'three' is not an int",
        "--storry        | Unknown option: '--storry'",
      })
  void aBadOptionGetsOneLine(String argument, String message) {
    StringWriter err = new StringWriter();
    int exitCode = Demo.commandLine().setErr(new PrintWriter(err)).execute(argument);
    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString()).isEqualTo("demo: " + message + "; see ./demo --help\n");
  }

  @Test
  void theScriptsHelpTellsOfEveryOptionAndItsDefault() throws IOException {
    Path script = Path.of(System.getProperty("tribescope.root", ".."), "demo");
    String help = Files.readString(script);
    CommandLine commandLine = Demo.commandLine();
    assertThat(commandLine.getCommandSpec().options()).hasSize(8);
    for (OptionSpec option : commandLine.getCommandSpec().options()) {
      Matcher line = Pattern.compile("(?m)^  " + option.longestName() + " (.*)$").matcher(help);
      assertThat(line.find()).as(option.longestName()).isTrue();
      if (option.defaultValue() != null) {
        assertThat(line.group(1)).contains("default " + option.defaultValue());
      }
    }
  }
}
