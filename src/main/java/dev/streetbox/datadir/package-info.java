/**
 * Keeps the small files of the box's data folder: secret, lock, boot numbers and their days.
 *
 * <p>Texts and numbers enter and leave; after a power cut a file has its old or its new content,
 * complete. The package must not use any other package.
 */
package dev.streetbox.datadir;
