/**
 * Sends minute means of an area to a platform of environmental data by HJ 212-2017. The edition of
 * 2025, in force since 2026-01-01, could not be read and is not spoken. Only the backend's program
 * has this package.
 */
package dev.streetbox.hj212;
