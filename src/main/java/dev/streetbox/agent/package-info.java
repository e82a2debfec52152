/**
 * Wires the parts of a box together, starts them, watches them, stops them in reverse.
 *
 * <p>A configuration enters; a running box leaves. It must not know the command line, the text of
 * the configuration.
 */
package dev.streetbox.agent;
