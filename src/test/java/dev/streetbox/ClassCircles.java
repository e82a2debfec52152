package dev.streetbox;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds top-level classes of one package that depend on each other in a circle: the strongly
 * connected components of the dependency graph, a nested class counts as its top-level class.
 */
final class ClassCircles {
  private final Map<String, Set<String>> uses = new TreeMap<>();

  ClassCircles(JavaClasses code) {
    for (JavaClass one : code) {
      Set<String> targets = uses.computeIfAbsent(top(one.getName()), name -> new TreeSet<>());
      one.getDirectDependenciesFromSelf().stream()
          .map(dependency -> top(dependency.getTargetClass().getBaseComponentType().getName()))
          .filter(name -> folder(name).equals(folder(one.getName())))
          .forEach(targets::add);
    }
  }

  /** Returns the circles of that many classes or more, each sorted by name. */
  List<Set<String>> ofAtLeast(int classes) {
    Map<String, Set<String>> reach = new HashMap<>();
    uses.keySet().forEach(name -> reach.put(name, reachable(name)));
    List<Set<String>> circles = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String name : uses.keySet()) {
      Set<String> circle = new TreeSet<>(reach.get(name));
      circle.removeIf(other -> !reach.get(other).contains(name));
      if (circle.size() >= classes && seen.add(circle.iterator().next())) {
        circles.add(circle);
      }
    }
    return circles;
  }

  private Set<String> reachable(String from) {
    Set<String> reached = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(from));
    while (!open.isEmpty()) {
      for (String next : uses.getOrDefault(open.remove(), Set.of())) {
        if (reached.add(next)) {
          open.add(next);
        }
      }
    }
    reached.retainAll(uses.keySet());
    return reached;
  }

  private static String top(String name) {
    int nested = name.indexOf('$');
    return nested < 0 ? name : name.substring(0, nested);
  }

  private static String folder(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('.')));
  }
}
