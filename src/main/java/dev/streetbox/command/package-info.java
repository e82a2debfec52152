/**
 * Does what the backend's commands ask, once each, and answers.
 *
 * <p>Input: commands as they arrived. Output: answers, and one file that makes commands and their
 * effects durable together. This package does not depend on the broker's connection.
 */
package dev.streetbox.command;
