/**
 * Encodes JSON batches in a tenth of their bytes, and decodes them again byte for byte.
 *
 * <p>Input and output: the JSON of a batch. The form is described in {@code
 * deploy/contract/compact.cddl}.
 */
package dev.streetbox.compact;
