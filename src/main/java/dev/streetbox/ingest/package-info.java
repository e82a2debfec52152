/**
 * Stores the messages of boxes in PostgreSQL: a transaction, then the PUBACK; each row once by
 * (box, boot, seq). Asks boxes to send again what the database lacks.
 *
 * <p>Input: deliveries of package {@code listen}. Output: the tables of {@code schema.sql}. The
 * package is part of the backend's distribution only.
 */
package dev.streetbox.ingest;
