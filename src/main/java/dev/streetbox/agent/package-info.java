/**
 * Wires the parts of a box, starts them, watches them, and stops them in reverse order.
 *
 * <p>Input is a checked configuration, output a running box. The package does not depend on the
 * command line or on the text of the configuration.
 */
package dev.streetbox.agent;
