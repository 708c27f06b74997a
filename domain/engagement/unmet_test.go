package engagement

import (
	"context"
	"slices"
	"testing"

	"alongside/domain/access"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

func lead() context.Context { return as("cora", access.Coordinator) }

// file takes in people as a file does.
func (w *world) file(some ...people.Person) {
	w.Helper()
	r := people.NewRegistry(people.Deps{DB: w.d, Clock: w.clk, People: people.New(), Allow: func(*db.Tx, string) error { return nil }})
	rows := make([]people.Incoming, len(some))
	for i, p := range some {
		key := w.id()
		rows[i] = people.Incoming{Line: i + 2, Key: key, Said: key, Person: p}
	}
	_, err := r.TakeIn(lead(), rows, people.Taking{})
	w.must(err)
}

func (w *world) unmet(after ref.Person) Unmet {
	w.Helper()
	u, err := w.s.Unmet(lead(), after)
	w.must(err)
	return u
}

// ids are who stands on the list, by name.
func (u Unmet) ids() (out []ref.Person, names []string) {
	for _, p := range u.People {
		out, names = append(out, p.ID), append(names, p.Name)
	}
	slices.Sort(names)
	return out, names
}

// TestWhoCameByAFileAndHasNobodyIsFound: they stand on coverage until somebody
// walks with them, alone or with others, and nobody else does.
func TestWhoCameByAFileAndHasNobodyIsFound(t *testing.T) {
	each(t, func(w *world) {
		w.file(people.Person{Name: "Aspen"}, people.Person{Name: "Brook", NoCalls: true}, people.Person{Name: "Cedar"}, people.Person{Name: "Drift"})
		c, err := w.s.Coverage(lead(), 0)
		w.must(err)
		ids, names := w.unmet("").ids()
		if c.Unmet != 4 || !slices.Equal(names, []string{"Aspen", "Brook", "Cedar", "Drift"}) {
			w.Fatalf("%d: %v", c.Unmet, names)
		}
		w.must(w.s.Match(lead(), ids[0], "ines", ""))
		w.must(w.s.MatchAll(lead(), []ref.Person{ids[1], ids[2], ids[1]}, "rosa"))
		if left, _ := w.unmet("").ids(); !slices.Equal(left, ids[3:]) {
			w.Errorf("left: %v", left)
		}
		if n := w.count("SELECT COUNT(*) FROM engagement_walk WHERE tenant = $1 AND ended_at = 0 AND peer = 'rosa'"); n != 4 {
			w.Errorf("rosa walks with %d", n)
		}
		w.wants(w.s.MatchAll(lead(), nil, "rosa"), errs.Invalid, "nobody ticked")
		w.wants(w.s.MatchAll(lead(), []ref.Person{ids[3], w.fern}, "cora"), errs.Invalid, "no peer")
		w.wants(w.s.MatchAll(lead(), []ref.Person{ids[3], "elsewhere"}, "ines"), errs.NotFound, "not here")
		if left, _ := w.unmet("").ids(); len(left) != 1 {
			w.Errorf("with all or with none: %v", left)
		}
		_, err = w.s.Unmet(rosa(), "")
		w.wants(err, errs.Denied, "a peer")
		w.wants(w.s.MatchAll(rosa(), ids[3:], "rosa"), errs.Denied, "a peer matches")
	})
}

// TestAJoinedRecordDoesNotWaitTwice: records that are one person wait once, and
// not at all when somebody walks with one of them; parted, each is as it was.
func TestAJoinedRecordDoesNotWaitTwice(t *testing.T) {
	each(t, func(w *world) {
		w.file(people.Person{Name: "Aspen"}, people.Person{Name: "Brook"})
		ids, _ := w.unmet("").ids()
		var first, second people.Merge
		join := func(m *people.Merge, kept, joined ref.Person) {
			w.must(w.d.Write(lead(), func(tx *db.Tx) (err error) { *m, err = people.New().Merge(tx, kept, joined); tx.Settle(); return err }))
		}
		join(&first, ids[0], ids[1])
		if left, _ := w.unmet("").ids(); !slices.Equal(left, ids[:1]) {
			w.Errorf("joined: %v", left)
		}
		join(&second, ids[0], w.blue)
		if left, _ := w.unmet("").ids(); len(left) != 0 {
			w.Errorf("joined to someone who is walked with: %v", left)
		}
		for _, m := range []people.Merge{second, first} {
			w.must(w.d.Write(lead(), func(tx *db.Tx) error { _, err := people.New().Unmerge(tx, m.ID); tx.Settle(); return err }))
		}
		if left, _ := w.unmet("").ids(); !slices.Equal(left, ids) {
			w.Errorf("parted: %v", left)
		}
	})
}

// TestTheListOfThoseWhoWaitGoesOn from page to page, and leaves nobody out.
func TestTheListOfThoseWhoWaitGoesOn(t *testing.T) {
	each(t, func(w *world) {
		w.file(slices.Repeat([]people.Person{{Name: "Aspen"}}, mostGaps+3)...)
		one := w.unmet("")
		ids, _ := one.ids()
		two, _ := w.unmet(ids[len(ids)-1]).ids()
		if !one.More || len(ids) != mostGaps || len(two) != 3 || slices.Contains(ids, two[0]) {
			w.Errorf("%d, %d, more %v", len(ids), len(two), one.More)
		}
		if p := one.People[0]; !p.Alike || p.Site != "site of "+string(p.ID) || p.CreatedAt.IsZero() {
			w.Errorf("two of one name look alike: %+v", p)
		}
	})
}

// TestTwoOfOneNameOnTheListsOfAPeer are told apart on Today, among those they
// walk with and on coverage; who has a name of their own is shown as before.
func TestTwoOfOneNameOnTheListsOfAPeer(t *testing.T) {
	each(t, func(w *world) {
		other := w.person(people.Person{Name: "blue", Pronouns: "they/them"})
		w.walk("rosa", other)
		for _, p := range []ref.Person{w.blue, other, w.reed} {
			worry := w.call(p)
			worry.Went = WentWorry
			w.note(worry)
		}
		d, err := w.s.Today(rosa())
		w.must(err)
		list, err := w.s.Caseload(rosa())
		w.must(err)
		got := map[ref.Person][]*people.Shown{}
		for _, l := range d.Lines {
			got[l.Item.Person] = append(got[l.Item.Person], l.Namesake)
		}
		for _, c := range list {
			got[c.Walk.Person] = append(got[c.Walk.Person], c.Namesake)
		}
		for p, all := range got {
			for _, n := range all {
				if want := p != w.reed; want != (n != nil) || n != nil && n.Site != "site of "+string(p) {
					w.Errorf("%s: %+v", p, n)
				}
			}
		}
		if len(got) != 3 || got[other][0].Pronouns != "they/them" {
			w.Errorf("%+v", got)
		}
		for _, p := range []ref.Person{w.blue, other} {
			w.must(w.d.Write(rosa(), func(tx *db.Tx) error { return w.s.EndAll(tx, p) }))
		}
		c, err := w.s.Coverage(lead(), 0)
		w.must(err)
		if len(c.Gaps) != 2 || !c.Gaps[0].Person.Alike || !c.Gaps[1].Person.Alike {
			w.Errorf("%+v", c.Gaps)
		}
	})
}
