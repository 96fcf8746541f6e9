/**
 * Tomcats with their server.xml and their application, the httpd in front of them, and the database
 * behind them. A JVM of another kind is made from {@link io.tribescope.testbed.nodes.JvmNode}, too.
 */
package io.tribescope.testbed.nodes;
