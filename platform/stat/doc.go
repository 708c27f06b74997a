// Package stat computes the figures that a programme is judged by: rates with
// honest intervals, change before and after, agreement between raters, and
// what a difference of a given size would need to be seen. Its sub-packages
// hold time until something happens (survival), regression, mixed models and
// comparisons without a lottery (model), text columns as numbers (design),
// reading of tables (table), pictures (plot) and the distributions (dist).
// They are apart so that a reader of one subject has one folder of a few
// hundred lines, and so that reading a file never pulls in a model.
//
// Two rules hold throughout. A function that cannot answer (no events, one
// group, too few) returns a Refusal in words and no number. A value that has
// no answer inside an otherwise good result, where R prints NA, is NaN.
//
// It is not a library because Go has none for survival analysis, mixed models
// or exact and score intervals; linear algebra and the special functions come
// from gonum. Each function names its formula, its source and what R calls it,
// and the tests hold it against R.
package stat
