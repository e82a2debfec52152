package dev.streetbox.command;

import dev.streetbox.measure.JsonTree;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds the last 256 commands that were done or refused by what they asked for, each with its
 * answer, so that none is done twice. Safe for every thread.
 */
final class CommandMemory {
  /** Limits the commands; the oldest is removed first. */
  static final int CAPACITY = 256;

  private final Map<String, Answer> answers = new LinkedHashMap<>();
  private final Map<String, Boolean> delivered = new LinkedHashMap<>();

  /** Returns the answer to a command of an id under a published name, if it was seen before. */
  synchronized Optional<Answer> find(String box, String id) {
    return Optional.ofNullable(answers.get(key(box, id)));
  }

  /** Adds an answer that is not delivered yet. */
  synchronized void add(Answer answer) {
    put(answer, false);
  }

  private void put(Answer answer, boolean isDelivered) {
    String key = key(answer.box(), answer.id());
    answers.remove(key);
    answers.put(key, answer);
    delivered.put(key, isDelivered);
    if (answers.size() > CAPACITY) {
      String oldest = answers.keySet().iterator().next();
      answers.remove(oldest);
      delivered.remove(oldest);
    }
  }

  /** Notes that the broker has an answer. */
  synchronized void markDelivered(Answer answer) {
    delivered.computeIfPresent(key(answer.box(), answer.id()), (key, before) -> true);
  }

  /** Returns the answers that the broker may not have, the oldest first. */
  synchronized List<Answer> undelivered() {
    return answers.entrySet().stream()
        .filter(entry -> !delivered.get(entry.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** Returns the content for the file. */
  synchronized List<Object> content() {
    List<Object> content = new ArrayList<>();
    answers.forEach(
        (key, answer) ->
            content.add(
                Map.of(
                    "box", answer.box(),
                    "id", answer.id(),
                    "answer", answer.body(),
                    "correlation", HexFormat.of().formatHex(answer.correlationData()),
                    "delivered", delivered.get(key))));
    return content;
  }

  /** Adds what {@link #content} has returned; passes over what it cannot have returned. */
  synchronized void restore(List<JsonTree> content) {
    Map<String, Answer> later = new LinkedHashMap<>(answers);
    for (JsonTree one : content) {
      Optional<String> box = one.string("box");
      Optional<String> id = one.string("id");
      Optional<String> body = one.string("answer");
      if (box.isPresent() && id.isPresent() && body.isPresent()) {
        byte[] correlation = bytes(one.string("correlation").orElse(""));
        put(new Answer(box.get(), id.get(), body.get(), correlation), one.isTrue("delivered"));
      }
    }
    later.values().forEach(answer -> put(answer, false));
  }

  private static byte[] bytes(String hex) {
    try {
      return HexFormat.of().parseHex(hex);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private static String key(String box, String id) {
    return box + "/" + id;
  }
}
