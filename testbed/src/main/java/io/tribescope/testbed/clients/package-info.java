/**
 * Who asks the servers: users with sessions who know what they wrote, and scrapes of metrics. Knows
 * the machine.
 */
package io.tribescope.testbed.clients;
