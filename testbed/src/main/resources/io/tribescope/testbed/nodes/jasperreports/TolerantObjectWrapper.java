package com.jaspersoft.jasperserver.core.util;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;

/**
 * Has the name, the methods and the conduct of JasperReports Server's class: it tries whether its
 * object can be serialized, and otherwise a {@link MissingObject} goes in its place.
 */
public class TolerantObjectWrapper implements Serializable {
  private static final long serialVersionUID = 1;

  private transient Object wrapped;

  public TolerantObjectWrapper(Object wrapped) {
    this.wrapped = wrapped;
  }

  public Object getObject() {
    return wrapped;
  }

  private boolean testIsSerializable(Object object) throws IOException {
    try (ObjectOutputStream trial = new ObjectOutputStream(OutputStream.nullOutputStream())) {
      trial.writeObject(object);
      return true;
    } catch (Exception notSerializable) {
      return false;
    }
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    out.writeObject(testIsSerializable(wrapped) ? wrapped : new MissingObject());
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    wrapped = in.readObject();
  }

  /** What Tomcat's JMX shows of the attribute. */
  @Override
  public String toString() {
    return String.valueOf(wrapped == null ? null : wrapped.getClass());
  }
}
