package com.jaspersoft.jasperserver.core.util;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;

/** A fake: the product's class in as much as a hook meets it. */
public final class TolerantObjectWrapper {
  /** Calls what the product calls when it serializes the attribute. */
  public boolean isKept(Object attribute) throws IOException {
    return testIsSerializable(attribute);
  }

  private boolean testIsSerializable(Object attribute) throws IOException {
    try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
      out.writeObject(attribute);
      return true;
    } catch (IOException notSerializable) {
      return false;
    }
  }
}
