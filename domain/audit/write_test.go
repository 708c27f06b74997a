package audit_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"

	"alongside/domain/audit"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/scope"
)

func TestALookWithoutARecordIsUndone(t *testing.T) {
	onBoth(t, func(l *log) {
		look := func(e *audit.Entry) error {
			return l.db.Write(l.ctx, func(tx *db.Tx) error {
				tx.OweLook("person1")
				tx.OweChange("person2")
				if e == nil {
					return nil
				}
				return audit.Write(tx, *e)
			})
		}
		one := audit.Entry{Kind: audit.Look, Action: "handoff.see", Subjects: []string{"person1"}}
		both := audit.Entry{Kind: audit.Look, Action: "handoff.board", Subjects: []string{"person2", "person1", "person2"}}
		if err := look(nil); !errs.Is(err, errs.Internal) {
			t.Errorf("no leaf: %v", err)
		}
		if err := look(&one); !errs.Is(err, errs.Internal) {
			t.Errorf("a leaf that names one of two: %v", err)
		}
		l.sequence()
		if got := l.verify(nil); got != "no log" {
			t.Errorf("a refused transaction left: %s", got)
		}
		if err := look(&both); err != nil {
			t.Errorf("a leaf that names both: %v", err)
		}
	})
}

// One leaf is about all that is owed, and about whom it names besides.
func TestOneLeafForAllThatIsOwed(t *testing.T) {
	onBoth(t, func(l *log) {
		l.must(l.db.Write(l.ctx, func(tx *db.Tx) error {
			tx.OweLook("person1")
			tx.OweChange("person2")
			return audit.Record(tx, audit.Entry{Kind: audit.Look, Action: "handoff.see"}, "person3")
		}))
		l.sequence()
		for _, who := range []string{"person1", "person2", "person3"} {
			if got := l.history(who, 5, 0); len(got) != 1 || got[0].Number != 0 {
				t.Errorf("%s: %+v", who, got)
			}
		}
	})
}

func TestALeafSaysWhoDidWhatAndWhy(t *testing.T) {
	onBoth(t, func(l *log) {
		digest := sha256.Sum256([]byte("sealed"))
		l.write(audit.Entry{
			Kind: audit.Disclosure, Action: "handoff.status", Subjects: []string{"person1"}, Record: "handoff_handoff/h1",
			Changes: []field.Change{{Column: "state", Digest: digest}, {Column: "at", Digest: digest}}, To: "site1", Under: "consent1",
		})
		want := `{"n":0,"v":1,"kind":"disclosure","action":"handoff.status","at":1772366460000000,"actor":"acct1",` +
			`"role":"peer","purpose":"TREAT","record":"handoff_handoff/h1","about":"person1","to":"site1","under":"consent1",` +
			`"changes":[{"c":"state","h":"HASH"},{"c":"at","h":"HASH"}]}`
		got := string(l.row(0).entry)
		want = strings.ReplaceAll(want, "HASH", base64Of(digest[:]))
		if got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		leaf := l.history("person1", 5, 0)[0]
		if !leaf.When().Equal(l.clk.Now()) || leaf.To != "site1" || leaf.Under != "consent1" || len(leaf.Changes) != 2 {
			t.Errorf("read back: %+v", leaf)
		}
	})
}

// What could be a name, a number or an address has no way into a leaf, and what
// is refused is not quoted.
func TestPersonalWordsAreRefused(t *testing.T) {
	good := audit.Entry{Kind: audit.Look, Action: "handoff.see", Subjects: []string{"person1"}, Record: "handoff_handoff/h1"}
	bad := map[string]func(e *audit.Entry){
		"an unknown kind":        func(e *audit.Entry) { e.Kind = "glance" },
		"no kind":                func(e *audit.Entry) { e.Kind = "" },
		"an action of one word":  func(e *audit.Entry) { e.Action = "see" },
		"an action in capitals":  func(e *audit.Entry) { e.Action = "Handoff.See" },
		"an action with a name":  func(e *audit.Entry) { e.Action = "handoff.see Rosa Marín" },
		"no action":              func(e *audit.Entry) { e.Action = "" },
		"a name as subject":      func(e *audit.Entry) { e.Subjects = []string{"Rosa Marín"} },
		"an empty subject":       func(e *audit.Entry) { e.Subjects = []string{"person1", ""} },
		"a set as subject":       func(e *audit.Entry) { e.Subjects = []string{"set:abc"} },
		"an address as record":   func(e *audit.Entry) { e.Record = "rosa@example.org" },
		"a number as recipient":  func(e *audit.Entry) { e.To = "+1 555 0100" },
		"a sentence as column":   func(e *audit.Entry) { e.Changes = []field.Change{{Column: "was afraid"}} },
		"a disclosure to nobody": func(e *audit.Entry) { e.Kind = audit.Disclosure },
		"a very long id":         func(e *audit.Entry) { e.Under = strings.Repeat("a", 201) },
	}
	onBoth(t, func(l *log) {
		for name, spoil := range bad {
			e := good
			spoil(&e)
			err := l.db.Write(l.ctx, func(tx *db.Tx) error { return audit.Write(tx, e) })
			if !errs.Is(err, errs.Internal) {
				t.Errorf("%s: %v", name, err)
			}
			if err != nil && (strings.Contains(err.Error(), "osa") || strings.Contains(err.Error(), "555")) {
				t.Errorf("%s is quoted: %v", name, err)
			}
		}
		nobody := scope.With(l.ctx, scope.Scope{Tenant: "t1"})
		if err := l.db.Write(nobody, func(tx *db.Tx) error { return audit.Write(tx, good) }); !errs.Is(err, errs.Internal) {
			t.Errorf("without an actor: %v", err)
		}
		l.write(good)
	})
}

// A sealed value goes into a leaf as the hash of its sealed bytes, and the log
// verifies after the person's key is gone.
func TestTheLogHoldsNoWordsAndOutlivesTheKey(t *testing.T) {
	onBoth(t, func(l *log) {
		const secret = "Rosa Marin of Elm Street"
		person, err := l.v.NewSubject("t1")
		l.must(err)
		sealed, err := l.v.Seal("t1", person, "people_person.name", []byte(secret))
		l.must(err)
		l.write(audit.Entry{
			Kind: audit.Change, Action: "people.update", Subjects: []string{person}, Record: "people_person/" + person,
			Changes: []field.Change{{Column: "name", Digest: sha256.Sum256(sealed)}},
		})
		r := l.row(0)
		for _, word := range []string{secret, "Rosa", "Elm", string(sealed), base64Of([]byte(secret))} {
			if bytes.Contains(r.entry, []byte(word)) {
				t.Errorf("the leaf holds %q", word)
			}
		}
		if !bytes.Contains(r.entry, []byte(person)) {
			t.Error("the leaf does not name the person's id")
		}
		signed := l.checkpoint()
		l.must(l.v.Erase("t1", person))
		if got := l.verify(signed); got != "ok 1" {
			t.Errorf("after erasure: %s", got)
		}
	})
}

func TestAnUnusualActorIsQuoted(t *testing.T) {
	onBoth(t, func(l *log) {
		for _, actor := range []string{`operator:CORP\jo "x" <&>`, "operator:José", "operator:a\nb"} {
			ctx := scope.With(l.ctx, scope.Scope{Tenant: "t1", Actor: actor, Purpose: "sweep the jobs"})
			l.must(l.db.Write(ctx, func(tx *db.Tx) error { return audit.Write(tx, entry(0)) }))
			l.sequence()
			if got := l.history("person0", 1, 0)[0]; got.Actor != actor || got.Purpose != "sweep the jobs" {
				t.Errorf("%q came back as %+v", actor, got)
			}
		}
		if got := l.verify(nil); got != "ok 3" {
			t.Error(got)
		}
	})
}

func TestReadingAnUnknownKindIsAnError(t *testing.T) {
	onBoth(t, func(l *log) {
		l.fill(1)
		l.tamper(`UPDATE audit_leaf SET entry = $2 WHERE tenant = $1`, bytes.Replace(l.row(0).entry, []byte(`"look"`), []byte(`"peek"`), 1))
		err := l.db.Read(l.ctx, func(tx *db.Tx) error {
			_, err := audit.Read(tx, 0)
			return err
		})
		if err == nil {
			t.Error("an unknown kind was read")
		}
	})
}

// Leaves keep the order in which they were written, also within an instant.
func TestLeavesKeepTheirOrder(t *testing.T) {
	onBoth(t, func(l *log) {
		for range 5 {
			l.must(l.db.Write(l.ctx, func(tx *db.Tx) error {
				for range 4 {
					l.order++
					e := audit.Entry{Kind: audit.Look, Action: "handoff.see", Subjects: []string{"person1"}, Record: fmt.Sprint("x/", l.order)}
					if err := audit.Write(tx, e); err != nil {
						return err
					}
				}
				return nil
			}))
		}
		waiting := l.history("person1", 99, 0)
		l.sequence()
		numbered := l.history("person1", 99, 0)
		for i := range 20 {
			want := fmt.Sprint("x/", 20-i)
			if waiting[i].Record != want || numbered[i].Record != want {
				t.Errorf("place %d: %s, then %s, want %s", i, waiting[i].Record, numbered[i].Record, want)
			}
		}
	})
}

// Each organisation has a log of its own, numbered from 0.
func TestOrganisationsDoNotMix(t *testing.T) {
	onBoth(t, func(l *log) {
		l.fill(4)
		other := *l
		other.ctx = as("t2")
		other.fill(2)
		l.fill(1)
		if got := l.verify(nil); got != "ok 5" {
			t.Error(got)
		}
		results, err := audit.Verify(t.Context(), l.db, l.checkpoint(), nil)
		l.must(err)
		if len(results) != 2 || results[1].Organisation != "t2" || results[1].Leaves != 2 || results[1].Verdict != audit.OK {
			t.Errorf("got %+v", results)
		}
		if n := len(other.history("person0", 9, 0)); n != 1 {
			t.Errorf("t2 sees %d leaves", n)
		}
	})
}

// Many write at once, some give up: the log holds exactly what was
// acknowledged, in one row without gaps.
func TestManyWritersOneLog(t *testing.T) {
	onBoth(t, func(l *log) {
		var all sync.WaitGroup
		for range 8 {
			all.Go(l.writeOrGiveUp)
		}
		for range 3 {
			all.Go(l.sequence)
		}
		all.Wait()
		l.sequence()
		if got := l.verify(nil); got != "ok 160" {
			t.Error(got)
		}
	})
}

// writeOrGiveUp writes 20 leaves and undoes 5 more.
func (l *log) writeOrGiveUp() {
	for i := range 25 {
		givesUp := i%5 == 4
		err := l.db.Write(l.ctx, func(tx *db.Tx) error {
			err := audit.Write(tx, entry(i))
			if err == nil && givesUp {
				err = errs.New(errs.Conflict, "test", "")
			}
			return err
		})
		if (err != nil) != givesUp {
			l.Errorf("leaf %d: %v", i, err)
		}
	}
}

func TestWordsAndMigrationsAreThere(t *testing.T) {
	m := audit.Module()
	if bad := m.Forgotten(); len(bad) > 0 {
		t.Error(bad)
	}
	for _, lang := range []string{"en", "es", "ar"} {
		f, err := m.Words.Open(lang + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var words map[string]string
		if err := json.NewDecoder(f).Decode(&words); err != nil || len(words) != 3 {
			t.Errorf("%s: %v", lang, err)
		}
	}
}
