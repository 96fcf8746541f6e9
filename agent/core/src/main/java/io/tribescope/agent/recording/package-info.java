/**
 * What becomes of the events that woven code reports: a recording for each subject, which {@link
 * io.tribescope.agent.recording.Recorder} makes and connects to the bridge. A recording looks up
 * what an event is about, and tells it to the records in the rooms below: counters, messages,
 * receipts, members, sessions and channels. No type of Tomcat's comes in here, only identities.
 *
 * <p>All of it runs inside Tomcat's calls, on many threads at once: no lock, no allocation, nothing
 * of the application's is kept. Figures are read at a scrape.
 */
package io.tribescope.agent.recording;
