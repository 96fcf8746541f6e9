package com.jaspersoft.jasperserver.core.util;

import java.io.Serializable;

/** Stands on the other nodes for an attribute that could not be serialized. */
public class MissingObject implements Serializable {
  private static final long serialVersionUID = 1;
}
