/**
 * The configuration as people write it.
 *
 * <p>A file of TOML enters; the agent's settings leave, or every mistake with its line, its column
 * and what to type. It must not know the command line, and nothing of what the settings do.
 */
package dev.streetbox.config;
