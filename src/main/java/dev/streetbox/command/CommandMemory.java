package dev.streetbox.command;

import dev.streetbox.measure.JsonTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Holds the last 256 commands that were done or refused by what they asked for, each with its
 * answer, so that none is done twice. Safe for every thread.
 */
final class CommandMemory {
  /** Limits the commands; the oldest is removed first. */
  static final int CAPACITY = 256;

  private static final Pattern HEX = Pattern.compile("([0-9a-f]{2})*");

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
        (key, answer) -> {
          Map<String, Object> one = new LinkedHashMap<>();
          one.put("box", answer.box());
          one.put("id", answer.id());
          one.put("answer", answer.body());
          one.put("correlation", answer.correlation());
          one.put("delivered", delivered.get(key));
          content.add(one);
        });
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
        String correlation =
            one.string("correlation").filter(hex -> HEX.matcher(hex).matches()).orElse("");
        put(new Answer(box.get(), id.get(), body.get(), correlation), one.isTrue("delivered"));
      }
    }
    later.values().forEach(answer -> put(answer, false));
  }

  private static String key(String box, String id) {
    return box + "/" + id;
  }
}
