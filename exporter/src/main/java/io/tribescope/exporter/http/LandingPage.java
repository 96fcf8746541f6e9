package io.tribescope.exporter.http;

import java.util.Collection;

/** The page at {@code /}: where to find what. */
final class LandingPage {
  private LandingPage() {}

  /**
   * @param aliases letters, digits, dot, hyphen and underscore, safe as they stand in HTML and URLs
   */
  static String of(String version, Collection<String> aliases) {
    StringBuilder targets = new StringBuilder();
    for (String alias : aliases) {
      targets.append("<li><a href=\"/probe?target=%s\">%s</a></li>\n".formatted(alias, alias));
    }
    return """
    <!DOCTYPE html>
    <html lang="en">
    <head><meta charset="utf-8"><title>Tribescope exporter</title>
    <style>body { font-family: sans-serif; margin: 2em; }</style></head>
    <body>
    <h1>Tribescope exporter</h1>
    <p>Version %s. Let Prometheus scrape the targets; each scrape asks mod_jk anew.</p>
    <h2>Targets</h2>
    <ul>
    %s</ul>
    <h2>The exporter itself</h2>
    <ul>
    <li><a href="/metrics">metrics</a></li>
    <li><a href="/-/healthy">healthy</a></li>
    <li><a href="/-/ready">ready</a></li>
    </ul>
    </body>
    </html>
    """
        .formatted(version, targets);
  }
}
