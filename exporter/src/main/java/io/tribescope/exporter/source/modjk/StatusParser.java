package io.tribescope.exporter.source.modjk;

import io.tribescope.exporter.model.FailureReason;
import io.tribescope.exporter.model.ModJkStatus;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Parses the XML of mod_jk's status, the schema of mod_jk 1.2.20 and newer.
 *
 * <p>The answer is not to be trusted: no DTD is read, no entity is expanded or loaded, depth is
 * bounded. Namespaces are not resolved, because a status worker's {@code ns} and {@code xmlns} may
 * be set to a prefix that is bound to nothing; prefixes are cut off.
 */
final class StatusParser {
  /** A status is four levels deep: status, balancers, balancer, member. */
  private static final int MAX_DEPTH = 16;

  /** What may stand in front of the root element; possessive, or many comments take forever. */
  private static final String PROLOG =
      "\\s*(?:<\\?xml[^>]*>\\s*|<!--.*?-->\\s*|<!DOCTYPE(?!\\s+html\\b)[^>]*>\\s*)*+";

  private static final Pattern STATUS =
      Pattern.compile(PROLOG + "<(?:[^\\s<>/:]*:)?status\\b", Pattern.DOTALL);

  /** HTML 5 is written without regard to case, and is no XML then. */
  private static final Pattern HTML =
      Pattern.compile(
          PROLOG + "<(?:!doctype\\s+)?html\\b", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

  private final String text;

  private StatusParser(byte[] body) {
    // Before 1.2.41 a time zone's localized name could break the declared UTF-8; such a byte must
    // not cost the whole status. The declaration itself is ignored for a Reader.
    String decoded = new String(body, StandardCharsets.UTF_8);
    text = decoded.startsWith("\uFEFF") ? decoded.substring(1) : decoded;
  }

  /**
   * @throws UnreadableStatusException when the body is no whole status, or one that says that the
   *     request was refused
   */
  static ModJkStatus parse(byte[] body) throws UnreadableStatusException {
    return new StatusParser(body).parse();
  }

  private ModJkStatus parse() throws UnreadableStatusException {
    if (text.isBlank()) {
      throw new UnreadableStatusException(FailureReason.TRUNCATED, "the answer is empty");
    }
    if (HTML.matcher(text).lookingAt()) {
      throw unreadable("the answer is HTML; is this the URL of a mod_jk status worker?");
    }
    try {
      return read(factory().createXMLStreamReader(new StringReader(text)));
    } catch (XMLStreamException e) {
      throw notWellFormed(e);
    }
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setXMLResolver(
        (publicId, systemId, baseUri, namespace) -> {
          throw new XMLStreamException("external entities are not loaded");
        });
    return factory;
  }

  private ModJkStatus read(XMLStreamReader xml)
      throws XMLStreamException, UnreadableStatusException {
    StatusBuilder status = new StatusBuilder();
    int depth = 0;
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        depth++;
        String name = localName(xml);
        if (depth == 1) {
          requireStatus(name);
        }
        if (depth > MAX_DEPTH) {
          throw unreadable("its elements are nested deeper than those of a status");
        }
        status.start(name, new Attributes(xml));
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
        status.end(localName(xml));
      }
    }
    return status.build();
  }

  /** Without namespaces the parser hands out the qualified name. */
  private static String localName(XMLStreamReader xml) {
    String name = xml.getLocalName();
    return name.substring(name.lastIndexOf(':') + 1);
  }

  private static void requireStatus(String root) throws UnreadableStatusException {
    if (!root.equals("status")) {
      throw unreadable("the answer is XML, but no mod_jk status; is the URL right?");
    }
  }

  /** The parser's own message may quote the answer, so only the place is taken from it. */
  private UnreadableStatusException notWellFormed(XMLStreamException e) {
    if (!text.stripLeading().startsWith("<")) {
      return unreadable("the answer is not XML; is this the URL of a mod_jk status worker?");
    }
    boolean whole = text.stripTrailing().endsWith("status>");
    if (!whole && beginsAsAStatus()) {
      return new UnreadableStatusException(
          FailureReason.TRUNCATED,
          "the status ends in the middle, after %d characters".formatted(text.length()));
    }
    return unreadable(
        "the answer is not well-formed XML at line %d, column %d; mod_jk escapes nothing: look for"
                .formatted(e.getLocation().getLineNumber(), e.getLocation().getColumnNumber())
            + " a raw & or < in a JkMount, domain, route or redirect");
  }

  /** Also when it ends before its root element's name does: more of it could be a status. */
  private boolean beginsAsAStatus() {
    Matcher status = STATUS.matcher(text);
    return status.lookingAt() || status.hitEnd();
  }

  private static UnreadableStatusException unreadable(String message) {
    return new UnreadableStatusException(FailureReason.PARSE, message);
  }
}
