package dev.streetbox.measure;

import java.util.Arrays;
import java.util.Optional;

/** Lists the encodings of a batch, which the MQTT 5 content type declares to subscribers. */
public enum Encoding {
  /** Plain JSON. */
  JSON("json", "application/json"),
  /** The same JSON compressed by gzip, to a fifth of the bytes for 60 rows. */
  JSON_GZIP("json+gzip", "application/json+gzip"),
  /** Columns of differences in CBOR, compressed by DEFLATE, to a tenth of the bytes for 60 rows. */
  COMPACT("compact", "application/vnd.streetbox.compact");

  private final String key;
  private final String contentType;

  Encoding(String key, String contentType) {
    this.key = key;
    this.contentType = contentType;
  }

  /** Returns the name in the configuration. */
  public String key() {
    return key;
  }

  /** Returns the MQTT 5 content type. */
  public String contentType() {
    return contentType;
  }

  /** Returns the encoding of a configuration name, if there is one. */
  public static Optional<Encoding> of(String key) {
    return Arrays.stream(values()).filter(encoding -> encoding.key.equals(key)).findFirst();
  }
}
