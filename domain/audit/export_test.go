package audit

// HistoryQueries are for the test that asks how the database would run them.
func HistoryQueries() []string { return []string{selectOwn, selectListed} }
