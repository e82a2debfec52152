package dev.streetbox.publish;

/** Names the lanes that rows are sent on. */
enum Lane {
  /** Carries the newest rows, once every live period. */
  LIVE("live"),
  /** Carries all other rows that the broker does not have, oldest first. */
  BACKLOG("backlog"),
  /** Carries rows once more that the broker has had, on the topic of the backlog. */
  RESEND("backlog");

  private final String topic;

  Lane(String topic) {
    this.topic = topic;
  }

  /** Returns the last level of the lane's topic. */
  String key() {
    return topic;
  }
}
