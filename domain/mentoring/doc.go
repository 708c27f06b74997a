// Package mentoring is where a person and their mentor work on goals in the
// person's own words. Today it holds the arithmetic of goal attainment scaling,
// which needs no database; cohorts, matching, agreements and the goals
// themselves, with the person's own rating beside another's, come with the
// mentoring programme.
//
// Goal attainment scaling: each goal has five levels set before support starts,
// −2 much less than expected, −1 somewhat less, 0 as expected, +1 somewhat more,
// +2 much more. The ratings of several goals become one number,
//
//	T = 50 + 10·Σ(w·x) / √((1−ρ)·Σw² + ρ·(Σw)²)
//
// with ρ = 0.3, the correlation that is taken for granted between goals
// (Kiresuk and Sherman 1968). The first print of Turner-Stokes 2009 (Clinical
// Rehabilitation 23:362-370) has the formula wrong on two pages, and an erratum
// mends it; the tests hold to worked values and not to that print.
//
// What the number cannot carry is part of this package too. The levels are
// ranks, and T multiplies them: in one study more than 14 in 100 simulated
// people differed from the linear score by more than what matters (Tennant
// 2007); two raters agreed poorly (Bovend'Eerdt 2011). So the spread of ratings
// always stands beside T, and T is never a target nor a way to rank peers.
package mentoring
