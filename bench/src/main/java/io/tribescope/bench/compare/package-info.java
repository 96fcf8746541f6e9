/**
 * What an agent costs a Tomcat, beside none and beside other agents: pairs of real Tomcats under
 * load, one pair after the other, and how many samples of a flight recording have a frame of ours.
 * {@link io.tribescope.bench.compare.Compare} runs it all; {@link
 * io.tribescope.bench.compare.TomcatPair} is the only class that asks the test bed for anything.
 * The load stands in {@code load}; what comes out, its statistics and the page that tells of it, in
 * {@code results}.
 */
package io.tribescope.bench.compare;
