package dev.streetbox.measure;

/** Says whether a quantity is shown where there is little room. */
enum Prominence {
  /** Shown always. */
  MAIN,
  /** Shown where there is room. */
  DETAIL
}
