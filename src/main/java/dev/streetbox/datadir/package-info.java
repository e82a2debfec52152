/**
 * Keeps the small files of the box's data folder: secret, lock, boot numbers and their days; and
 * the request for {@code status.json} in the run folder.
 *
 * <p>Texts and numbers enter and leave; after a power cut a file has its old or its new content,
 * complete. The package must not use any other package.
 */
package dev.streetbox.datadir;
