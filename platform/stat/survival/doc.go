// Package survival asks how long it is until something happens, when for some
// people it has not happened yet: how many are still in support after 28 days,
// whether two programmes differ, what goes with staying. A person who left the
// study or reached its end without the event is censored: known to have stayed
// that long, and no more is claimed.
//
// Every function assumes that being censored says nothing about what would
// have come (non-informative censoring). Where people leave because they are
// unwell, no formula here repairs it.
//
// A Study counts people by group, time and what ended the time, as they are
// read: memory grows with distinct times, not with people. Curves, log-rank
// tests, restricted means and incidence come from the counts; Cox regression
// needs every row and takes arrays.
//
// It is ours because Go has no library for it; R's survival package is the
// oracle in the tests, down to its rule for times that differ by rounding only.
package survival
