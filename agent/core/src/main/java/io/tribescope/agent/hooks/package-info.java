/**
 * Every hook there is. A family of join points stands in one file: what is matched, and the advice
 * that is inlined there, a few instructions and one call of the bridge. Advice is compiled against
 * Tomcat 9.0 and Ehcache 2.10, read as bytes and never loaded.
 */
package io.tribescope.agent.hooks;
