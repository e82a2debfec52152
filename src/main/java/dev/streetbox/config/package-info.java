/**
 * Reads the configuration file.
 *
 * <p>The input is a TOML file. The output is the agent's settings, or every mistake with its line,
 * its column and what to type instead. This package does not use the command line.
 */
package dev.streetbox.config;
