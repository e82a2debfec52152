package dev.streetbox.mqtt;

/**
 * Holds one packet of the broker, not yet parsed.
 *
 * @param type the type of the packet
 * @param flags the lower four bits of the first byte; not 0 in PUBLISH only
 * @param omittedBytes the Remaining Length of a PUBLISH that is above the limit, of which only
 *     topic and packet identifier were read; 0 of a whole packet
 * @param fields what follows the Remaining Length, or the part of it that was read
 */
record IncomingPacket(PacketType type, int flags, int omittedBytes, PacketFields fields) {}
