package dev.streetbox.part;

/** Names how well a part measures a quantity, the worst first. */
public enum Precision {
  /** At the part's own electronics, which warm themselves. */
  BOARD("of its board"),
  /** Inside the part's housing, or only to correct the part's other values. */
  HOUSING("in its housing"),
  /** In the air, by a part that is made for it. */
  OWN("");

  private final String where;

  Precision(String where) {
    this.where = where;
  }

  /** Returns where the part measures, for people, as {@code of its board}; empty for the air. */
  public String where() {
    return where;
  }
}
