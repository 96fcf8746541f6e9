/**
 * The agent as a part of its Tomcat: that it harms nothing and keeps to itself, on which versions
 * its hooks take, and that its documents list what it exposes.
 */
package io.tribescope.system.agent;
