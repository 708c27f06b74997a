// Package table reads columns of numbers and text out of a CSV file with a
// header, row by row, and writes results as JSON. A file that cannot be taken
// is refused with the line and the column where it goes wrong; the cell itself
// is never repeated, because it may hold something about a person.
//
// It is ours because encoding/csv knows no kinds of columns and takes several
// times as long on files of millions of rows. It reads what that package
// reads: quotes, doubled quotes, line ends of either kind, blank lines; commas,
// semicolons or tabs between cells, whichever the header has most of.
package table
