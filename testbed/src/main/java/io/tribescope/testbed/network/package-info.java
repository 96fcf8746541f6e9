/**
 * Hosts and the links between them, which can be cut, and the ports that are free; and {@link
 * io.tribescope.testbed.network.BedRun}, what each part of a bed is made from. Knows the machine.
 */
package io.tribescope.testbed.network;
