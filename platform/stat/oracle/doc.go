// Package oracle holds the statistics against R: random data sets go to one R
// process, which answers with survival, stats and lme4, and every figure is
// compared. It has tests only.
//
// The random sets are of the awkward kinds on purpose: ties, times of 0, times
// that differ by rounding only, one event, hardly any events, many groups,
// people who are all alike. A tenth of the thousand runs by default, all of
// them with ALONGSIDE_SOAK=1, others with ALONGSIDE_SEED. R with those packages
// must be there: apt-get install r-base-core r-cran-survival r-cran-lme4.
package oracle
