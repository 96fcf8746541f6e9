/**
 * From a change on a Tomcat to a page: the shipped rules in a real Prometheus, the shipped routes
 * in a real Alertmanager.
 */
package io.tribescope.system.alerts;
