package io.tribescope.agent.bridge;

/**
 * What the event at a method's begin hands to the one at its end. Woven code carries it from one to
 * the other and knows nothing of it. The end gets null when the begin failed: it then leaves alone
 * what it did not begin.
 */
public interface Notes {}
