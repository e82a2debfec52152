package dev.streetbox.mqtt;

/**
 * Holds what a client announces in CONNECT.
 *
 * @param incomingBytes the largest packet of the broker (Maximum Packet Size); of a larger PUBLISH,
 *     which no broker should send, the payload is passed over, and another packet ends the
 *     connection
 * @param keepAliveS the longest time without a packet of the client (Keep Alive), in seconds
 */
record PacketLimits(int incomingBytes, int keepAliveS) {}
