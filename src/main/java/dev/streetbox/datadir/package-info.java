/**
 * The small files of the box's data folder, each durable before its method returns.
 *
 * <p>Texts and numbers enter and leave; a power cut leaves the old content or the new one, whole.
 * The package knows no other package of Streetbox: not rows, not the store, not the broker.
 */
package dev.streetbox.datadir;
