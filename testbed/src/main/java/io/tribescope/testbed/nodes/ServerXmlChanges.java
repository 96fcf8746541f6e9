package io.tribescope.testbed.nodes;

import io.tribescope.testbed.machine.TestBedException;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * What a test wants otherwise than {@link ServerXml} writes it. An element goes by the simple name
 * of its class ({@code DeltaManager}), or without a class by its tag ({@code Engine}).
 */
final class ServerXmlChanges {
  private record Change(String element, Consumer<Element> how) {}

  private final List<Change> changes = new ArrayList<>();

  void set(String element, String attribute, String value) {
    changes.add(new Change(element, found -> found.setAttribute(attribute, value)));
  }

  void remove(String element) {
    changes.add(new Change(element, found -> found.getParentNode().removeChild(found)));
  }

  /** Adds an element to the end of another. */
  void add(String element, String xml) {
    changes.add(
        new Change(
            element,
            found ->
                found.appendChild(
                    found.getOwnerDocument().importNode(parse(xml).getDocumentElement(), true))));
  }

  /**
   * The text with all changes made.
   *
   * @throws TestBedException when an element is not there
   */
  String applyTo(String xml) {
    if (changes.isEmpty()) {
      return xml;
    }
    Document document = parse(xml);
    try {
      changes.forEach(change -> change.how().accept(find(document, change.element())));
      StringWriter changed = new StringWriter();
      TransformerFactory.newInstance()
          .newTransformer()
          .transform(new DOMSource(document), new StreamResult(changed));
      return changed.toString();
    } catch (TransformerException e) {
      throw new TestBedException("cannot change a server.xml", e);
    }
  }

  private static Document parse(String xml) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(xml)));
    } catch (IOException | SAXException | ParserConfigurationException e) {
      throw new TestBedException("not XML: " + xml, e);
    }
  }

  private static Element find(Document document, String name) {
    NodeList all = document.getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      Element element = (Element) all.item(i);
      String className = element.getAttribute("className");
      String simple = className.substring(className.lastIndexOf('.') + 1);
      if (name.equals(className.isEmpty() ? element.getTagName() : simple)) {
        return element;
      }
    }
    throw new TestBedException("no element " + name + " in the server.xml");
  }
}
