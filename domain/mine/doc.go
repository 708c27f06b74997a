// Package mine is what a person can do with what is held about them: see all of
// it in plain words, say that something is not right, keep proof of who looked,
// take it along, and leave.
//
// Nothing here knows what the other domains hold. It asks the field lists: each
// record that is about a person is found by its column, shown by its labels and
// left out of nothing. So a field that is added tomorrow is shown tomorrow.
//
// Leaving is at once. What the person allowed is taken back, their sign-in ends,
// what walks with them is told to stop, and their key is destroyed: their names,
// notes and answers cannot be read any more, in no table, log, backup or search.
// What a law asks to keep stays without those words until a date that a rule in
// rules.json names, with its source; where no source gives a number of years,
// the rule says so and the organisation decides. Counts stay counts.
//
// Sources: 42 CFR 2.25 and 45 CFR 164.528 (accounting of what was told, 3 and 6
// years). GDPR articles 15 to 17 and 20 (to see, put right, erase, take along).
package mine
