/**
 * Holds the program of the backend: the commands of the box's program, and those that only a
 * backend needs. The package is part of the backend's distribution only.
 */
package dev.streetbox.backend;
