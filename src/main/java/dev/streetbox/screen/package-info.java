/**
 * Shows the running agent's state on a live screen.
 *
 * <p>Input: {@code status.json}, requested and read once a second, and keys. Output: lines of text.
 * The package uses neither the command line nor the store nor the agent's classes.
 */
package dev.streetbox.screen;
