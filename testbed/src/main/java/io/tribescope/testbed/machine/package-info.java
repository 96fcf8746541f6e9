/**
 * What a bed does on the machine it runs on: commands and server processes, the guardian that ends
 * them, files, and programs compiled from the bed's own sources. Knows no other room.
 */
package io.tribescope.testbed.machine;
