/** Hooks in Ehcache's replicators over RMI, JMS and JGroups. None stands on the path of a get. */
package io.tribescope.agent.hooks.ehcache;
