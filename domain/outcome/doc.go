// Package outcome is what came of the work, told honestly. Today it holds what
// studies found about peer support; the organisation's own measures, reports and
// exports come with their own tables.
//
// Evidence is data, evidence.json: each study with its design, how many people,
// its figure, its source and how much it can carry. Three rules: a study that
// found no difference stands beside those that found one; a figure that could
// not be read is said to be missing and never filled in; figures from before and
// after without anyone to compare carry a fixed caution. Nothing is added up
// across studies, and no word of cause is used where there was no comparison.
//
// Each figure was read in a public source, often its abstract alone.
package outcome
