/**
 * Replicated Ehcaches, in JVMs of their own and within web applications: what was sent, received
 * and lost, and what is wrong in how they are configured.
 */
package io.tribescope.system.caches;
