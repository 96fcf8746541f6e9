/**
 * A test bed of real servers: Tomcat clusters and JVMs with replicated Ehcaches on hosts of their
 * own, httpd with mod_jk, Prometheus, Alertmanager, and a client that knows what it did. {@link
 * io.tribescope.testbed.Bed} is the way in; what it hands out stands in the packages below.
 */
package io.tribescope.testbed;
