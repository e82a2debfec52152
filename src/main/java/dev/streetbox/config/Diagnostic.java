package dev.streetbox.config;

/**
 * Describes one mistake in a configuration file.
 *
 * @param line from 1
 * @param column from 1
 * @param text the mistake, and after a semicolon what to type instead
 */
record Diagnostic(int line, int column, String text) {}
