package dev.streetbox.publish;

import dev.streetbox.command.Answer;
import dev.streetbox.command.Commands;
import dev.streetbox.command.HandledCommand;
import dev.streetbox.command.ReceivedCommand;
import dev.streetbox.mqtt.Connection;
import dev.streetbox.mqtt.ConnectionEvent;
import dev.streetbox.mqtt.DeliveryOutcome;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Passes commands that arrive to {@link Commands}, acknowledges them, and selects the answer to
 * send next. A durable command is acknowledged as soon as it is handled; another one only when the
 * broker has its answer, so that a command whose answer is lost is delivered once more. Answers are
 * few at a time, so that a flood of commands delays no row. Used by the publisher's thread; all
 * times are of the rows' clock.
 */
final class CommandLane {
  /** Limits the answers in flight. */
  private static final int MAX_IN_FLIGHT = 2;

  /** The shortest time between two answers, in ms. */
  private static final long GAP_MS = 50;

  /** Limits the answers that wait: those of the memory of commands and the latest refusals. */
  private static final int MAX_WAITING = 300;

  /**
   * Holds a message that is not acknowledged yet.
   *
   * @param connection the connection on which it arrived
   */
  private record Receipt(Connection connection, ConnectionEvent.Arrived arrived) {}

  private final Commands commands;
  private final CommandTopics topics;
  private final TopicBackoff backoff = new TopicBackoff();
  private final Map<Long, Receipt> receipts = new LinkedHashMap<>();
  private final Deque<HandledCommand> waiting = new ArrayDeque<>();
  private final Map<Long, HandledCommand> inFlight = new LinkedHashMap<>();
  private long lastNumber;
  private long nextMs = Long.MIN_VALUE;

  CommandLane(Commands commands, CommandTopics topics) {
    this.commands = commands;
    this.topics = topics;
  }

  /** Takes a message that has arrived on a connection. */
  void onArrived(Connection connection, ConnectionEvent.Arrived arrived) {
    lastNumber++;
    if (arrived.id() != 0) {
      receipts.put(lastNumber, new Receipt(connection, arrived));
    }
    ReceivedCommand.Arrival arrival =
        new ReceivedCommand.Arrival(arrived.message().retained(), arrived.id() != 0);
    commands.receive(topics.received(lastNumber, arrived.message(), arrival));
  }

  /** Returns whether a message that has arrived on a connection is not acknowledged yet. */
  boolean hasUnacknowledged(Connection connection) {
    return receipts.values().stream().anyMatch(receipt -> receipt.connection() == connection);
  }

  /** Takes over what was done and refused since the last call. */
  void takeHandled() {
    Optional<HandledCommand> next = commands.next();
    while (next.isPresent()) {
      HandledCommand handled = next.get();
      boolean isSent = handled.answer().isPresent() && waiting.size() < MAX_WAITING;
      if (handled.durable() || !isSent) {
        acknowledge(handled);
      }
      if (isSent) {
        waiting.addLast(handled);
      }
      next = commands.next();
    }
  }

  /** Returns the answer to send now, if any. */
  Optional<Answer> next(long nowMs) {
    return backoff.isOpen(nowMs) && inFlight.size() < MAX_IN_FLIGHT && nowMs >= nextMs
        ? Optional.ofNullable(waiting.peekFirst()).flatMap(HandledCommand::answer)
        : Optional.empty();
  }

  /** Returns whether an answer may become due without any event. */
  boolean isWaiting() {
    return !waiting.isEmpty();
  }

  /** Notes that the answer that {@link #next} has returned was sent. */
  void markSent(long id, long nowMs) {
    inFlight.put(id, waiting.removeFirst());
    nextMs = nowMs + GAP_MS;
  }

  /** Gives the answer up that {@link #next} has returned, because the broker accepts none such. */
  void giveUp() {
    finish(waiting.removeFirst());
  }

  /**
   * Applies the broker's answer to a message.
   *
   * @return whether the message was the answer to a command
   */
  boolean onAnswer(long id, DeliveryOutcome outcome, long nowMs) {
    Optional<HandledCommand> answered = Optional.ofNullable(inFlight.remove(id));
    answered.ifPresent(
        handled -> {
          backoff.onAnswer(outcome, nowMs);
          switch (outcome) {
            case DELIVERED, SPLIT, TOO_LARGE -> finish(handled);
            case LATER -> waiting.addFirst(handled);
            case HOLD -> {
              waiting.addFirst(handled);
              giveUpUndurable();
            }
          }
        });
    return answered.isPresent();
  }

  /** Applies the loss of the connection on which the answers in flight were sent. */
  void onConnectionLost(Connection lost) {
    new ArrayDeque<>(inFlight.values()).descendingIterator().forEachRemaining(waiting::addFirst);
    inFlight.clear();
    forget(lost);
  }

  /** Applies the loss of a connection: what arrived on it and is not acknowledged comes again. */
  void forget(Connection lost) {
    receipts.values().removeIf(receipt -> receipt.connection() == lost);
    waiting.removeIf(handled -> !handled.durable() && !receipts.containsKey(handled.number()));
  }

  /** Acknowledges what waits for an answer that the broker denies, so that commands still pass. */
  private void giveUpUndurable() {
    waiting.removeIf(
        handled -> {
          if (!handled.durable()) {
            acknowledge(handled);
          }
          return !handled.durable();
        });
  }

  private void finish(HandledCommand handled) {
    acknowledge(handled);
    if (handled.durable()) {
      handled.answer().ifPresent(commands::markDelivered);
    }
  }

  private void acknowledge(HandledCommand handled) {
    Optional.ofNullable(receipts.remove(handled.number()))
        .ifPresent(receipt -> receipt.connection().acknowledge(receipt.arrived()));
  }
}
