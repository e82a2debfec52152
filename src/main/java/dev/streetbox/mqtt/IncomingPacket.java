package dev.streetbox.mqtt;

/**
 * Holds one packet of the broker, not yet parsed.
 *
 * @param type the type of the packet
 * @param flags the lower four bits of the first byte; not 0 in PUBLISH only
 * @param fields what follows the Remaining Length
 */
record IncomingPacket(PacketType type, int flags, PacketFields fields) {}
