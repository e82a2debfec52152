/**
 * One row a second, and the time of day it belongs to.
 *
 * <p>The board and clock readings enter; rows and anchors leave. It must not know where rows are
 * stored, how they are sent.
 */
package dev.streetbox.record;
