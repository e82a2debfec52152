package dev.streetbox.mqtt;

import java.util.Arrays;
import java.util.Optional;

/** Lists the packets that a broker may send to this client (MQTT 5, table 2-1). */
enum PacketType {
  CONNACK(2),
  PUBLISH(3),
  PUBACK(4),
  SUBACK(9),
  PINGRESP(13),
  DISCONNECT(14),
  AUTH(15);

  private final int number;

  PacketType(int number) {
    this.number = number;
  }

  /** Returns the first byte of a packet with these flags. */
  int header(int flags) {
    return (number << 4) | flags;
  }

  /** Returns the type of a packet by its first byte; empty if the client awaits no such packet. */
  static Optional<PacketType> of(int header) {
    return Arrays.stream(values()).filter(type -> type.number == header >> 4).findFirst();
  }
}
