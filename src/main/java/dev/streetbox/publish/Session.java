package dev.streetbox.publish;

import java.util.List;

/**
 * What a connection is to the broker.
 *
 * @param clientId the name that the broker keeps the session under
 * @param expiryS how many seconds the broker keeps it after a loss; 0 for a session that begins
 *     afresh each time
 * @param will the message that the broker publishes if the client disappears: one, or none
 */
record Session(String clientId, long expiryS, List<Message> will) {}
