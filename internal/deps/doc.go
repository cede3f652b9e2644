// Package deps holds the rules of how this repository is put together, as
// tests: who may import whom and why, what the pure packages may not do, and
// how long functions and files may grow. It reads the source, for all build
// tags at once, and every rule is tested with an example that breaks it.
package deps
