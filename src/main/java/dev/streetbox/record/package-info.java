/**
 * One row a second, and the time of day it belongs to.
 *
 * <p>The board and clock readings enter; rows and anchors leave to the outbox. Of the sensors the
 * package knows the board, of the outbox what takes rows and what earlier boots knew of the time.
 * It must not know a driver, how rows are stored, or how they are sent.
 */
package dev.streetbox.record;
