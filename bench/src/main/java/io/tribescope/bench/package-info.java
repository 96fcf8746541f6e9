/** What the agent costs, measured. */
package io.tribescope.bench;
