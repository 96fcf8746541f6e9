/**
 * The shipped dashboards and rules as tests read them: which files there are, and which queries the
 * dashboards would send.
 */
@NullMarked
package io.tribescope.dashboards;

import org.jspecify.annotations.NullMarked;
