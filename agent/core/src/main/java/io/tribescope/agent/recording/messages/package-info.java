/**
 * Messages of a channel: their kinds, why one could not be sent or applied, those on their way from
 * submission to the network, those seen before, and the dispatch queue.
 */
package io.tribescope.agent.recording.messages;
