/**
 * What the running agent says of itself, on a live screen.
 *
 * <p>{@code status.json} enters, once a second, and keys; lines of text leave. It must not know the
 * command line, the store, the parts of the agent.
 */
package dev.streetbox.screen;
