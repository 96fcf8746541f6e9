/** Hooks in JasperReports Server's own classes. */
package io.tribescope.agent.hooks.jasperreports;
