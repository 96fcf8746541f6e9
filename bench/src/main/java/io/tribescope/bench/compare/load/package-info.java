/**
 * What is asked of the Tomcats: the first answer, requests that write into sessions as fast as they
 * are answered, and scrapes of their agents. It runs in the comparison's own JVM, on plain sockets:
 * a general HTTP client would take as much CPU as the Tomcats that are measured.
 */
package io.tribescope.bench.compare.load;
