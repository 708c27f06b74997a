// Package assessment is the questionnaires that people in recovery are asked,
// and what may be read from the answers.
//
// An instrument is data: a folder in instruments with instrument.json (items,
// answers, scoring, cut-offs, licence, sources) and examples.json (worked scores
// that the tests hold it to). Nothing else is needed to add one. The loader
// takes nothing half: a range that the answers cannot give, a cut-off that
// leaves a gap, an example that scores otherwise stops the tests and names the
// place.
//
// Three rules stand above the rest. A score that may not be computed is none: no
// guess for a missing answer unless the authors allow it, no total where none is
// valid. What is not known stays "not known": an instrument whose scoring could
// not be read says so and is not scored, a figure from memory is listed as
// unverified wherever it shows. Text that is not certain to the word, or whose
// licence does not let an open program carry it, is not shipped;
// docs/generated/instruments.md lists each gap.
//
// Tiers: A ships with its text where that is certain. B is free to use under
// terms that an open licence cannot cover (not for sale, unchanged, with credit):
// it is an optional pack, off until someone turns it on. C is a scoring
// definition alone: whoever uses it brings the text and the right to it.
//
// Sittings and a person's own picture of their answers come later; today this
// part reads files and keeps nothing.
package assessment
