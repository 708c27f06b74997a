// Package statcli is `alongside stats`: statistics on a CSV file, for somebody
// who has figures to account for and no database. It reads flags and columns,
// asks platform/stat, and prints words or, with --json, the same as JSON. It
// never changes the data: what it cannot take it refuses, with line and column.
package statcli
