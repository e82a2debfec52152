/**
 * What is wrong with a box, and what to type or to plug.
 *
 * <p>A configuration and a machine enter; findings leave. It must not know the command line, how
 * findings are printed, or what a running agent says of itself.
 */
package dev.streetbox.doctor;
