package dev.streetbox.measure;

import java.util.Arrays;
import java.util.Optional;

/** How a batch's bytes are written; the subscriber learns it from the MQTT 5 content type. */
public enum Encoding {
  /** Plain JSON. */
  JSON("json", "application/json"),
  /** The same JSON, compressed: a fifth of the bytes at 60 rows. */
  JSON_GZIP("json+gzip", "application/json+gzip");

  private final String key;
  private final String contentType;

  Encoding(String key, String contentType) {
    this.key = key;
    this.contentType = contentType;
  }

  /** The name in the configuration. */
  public String key() {
    return key;
  }

  /** The MQTT 5 content type. */
  public String contentType() {
    return contentType;
  }

  /** The encoding of a configuration name, if there is one. */
  public static Optional<Encoding> of(String key) {
    return Arrays.stream(values()).filter(encoding -> encoding.key.equals(key)).findFirst();
  }
}
