/**
 * The small files of the box's data folder: its secret, its lock, which boots there were and when.
 *
 * <p>Texts and numbers enter and leave; a power cut leaves the old content or the new one, whole.
 * It must not know any other package: not the rows, not the store, not the broker.
 */
package dev.streetbox.datadir;
