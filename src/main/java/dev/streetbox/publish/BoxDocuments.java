package dev.streetbox.publish;

import dev.streetbox.measure.JsonText;

/**
 * Writes the two messages in which a box describes itself (contract, "about" and "diag"). Both are
 * called by the publisher's thread.
 *
 * @param about writes the members of {@code about} that follow the head
 * @param diag writes the members of {@code diag} that follow the head
 */
public record BoxDocuments(JsonText.Content about, JsonText.Content diag) {}
