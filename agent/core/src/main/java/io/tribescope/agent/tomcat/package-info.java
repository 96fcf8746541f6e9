/**
 * Reads Tomcat's own objects at a scrape: views, clusters, session managers, dispatch queues and
 * connection pools. By method handles and reflection, for the agent sees none of Tomcat's types;
 * what a version lacks is not known, and so absent.
 */
package io.tribescope.agent.tomcat;
