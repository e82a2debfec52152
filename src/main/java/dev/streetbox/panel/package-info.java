/**
 * Recognises presses of the button and shows the lamp's patterns.
 *
 * <p>Edges of GPIO lines enter; presses, an open lid and a failing supply leave to whoever listens.
 * The package uses the lines of {@code bus} and the states of {@code report}, and must not know how
 * a report is stored or sent.
 */
package dev.streetbox.panel;
