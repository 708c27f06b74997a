package field

import "testing"

type visit struct{ ID, Person, Place, Note string }

func visits() *Record[visit] {
	return Define("x_visit", Keys[visit]{ID: []string{"visit"}, Subject: func(v *visit) string { return v.Person }},
		Field[visit]{Column: "visit", Kind: Ref, At: func(v *visit) any { return &v.ID }},
		Field[visit]{Column: "person", Kind: Ref, At: func(v *visit) any { return &v.Person }},
		Field[visit]{Column: "place", Kind: Text, At: func(v *visit) any { return &v.Place }},
		Field[visit]{Column: "note", Kind: Long, Sealed: true, At: func(v *visit) any { return &v.Note }},
	)
}

func TestAnExcerptAsksForItsColumnsAndTheKey(t *testing.T) {
	got := visits().Excerpt("place", "person").record.sql.list
	if want := "SELECT visit, person, place FROM x_visit "; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestAnExcerptThatCannotBe(t *testing.T) {
	for what, columns := range map[string][]string{
		"a column that is not there":        {"person", "weather"},
		"a look that nobody could write up": {"place"},
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: an excerpt of %v was made", what, columns)
				}
			}()
			visits().Excerpt(columns...)
		}()
	}
}
