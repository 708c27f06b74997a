package bridge

import (
	"context"
	"testing"
	"time"

	"alongside/domain/access"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

func lead() context.Context { return as("lena", access.Coordinator) }

// advise writes down what was said, about a person or nobody.
func (w *world) advise(ctx context.Context, person ref.Person, said string) ref.Advice {
	w.Helper()
	w.clk.Add(time.Minute)
	a := Advice{ID: ref.Advice(w.id()), Person: person, Team: "Ward 4", Said: said}
	w.must(w.s.Advise(ctx, a))
	return a.ID
}

func (w *world) became(a ref.Advice, came, words string) {
	w.Helper()
	w.clk.Add(time.Minute)
	w.must(w.s.Became(rosa(), Outcome{ID: w.id(), Advice: a, Came: came, Words: words}))
}

func (w *world) log(ctx context.Context) Log {
	w.Helper()
	l, err := w.s.Log(ctx)
	w.must(err)
	return l
}

// Given so often, acted on so often, not known so often: by how each stands
// now, whoever reads, and with every entry of the story in its place.
func TestTheLogCountsWhatCameOfAdvice(t *testing.T) {
	each(t, func(w *world) {
		door := w.advise(rosa(), "", "Leave the door open a hand wide.")
		w.became(door, NotKnown, "They want to talk about it.")
		w.became(door, ActedOn, "The door stays open.")
		w.became(w.advise(ines(), "", "Ask for the name first."), NotActedOn, "")
		w.advise(ines(), "", "Say what comes next.")
		for _, who := range []context.Context{rosa(), ines(), sol(), lead()} {
			l := w.log(who)
			if l.Total != 3 || l.Came[ActedOn] != 1 || l.Came[NotActedOn] != 1 || l.Came[NotKnown] != 1 || len(l.Entries) != 3 {
				w.Errorf("%+v", l)
			}
			first := l.Entries[2]
			if first.Said != "Leave the door open a hand wide." || first.came() != ActedOn || len(first.Outcomes) != 2 || first.Outcomes[0].Words != "They want to talk about it." {
				w.Errorf("%+v", first)
			}
		}
	})
}

// Advice about a person is theirs: whoever walks with them and a supervisor
// read it, everyone else sees a number; and nobody else adds to it.
func TestAdviceAboutAPersonIsTheirs(t *testing.T) {
	each(t, func(w *world) {
		about := w.advise(rosa(), w.blue, "Blue sleeps better with the light on.")
		for who, want := range map[context.Context]int{rosa(): 1, sol(): 1, ines(): 0, lead(): 0} {
			l := w.log(who)
			if l.Total != 1 || len(l.Entries) != want || want == 1 && l.Entries[0].Name != "Blue" {
				w.Errorf("%+v, want %d", l, want)
			}
		}
		w.wants(w.s.Became(ines(), Outcome{ID: w.id(), Advice: about, Came: ActedOn}), errs.NotFound, "who does not walk along adds to it")
		w.wants(w.s.Advise(ines(), Advice{ID: ref.Advice(w.id()), Person: w.blue, Team: "x", Said: "y"}), errs.Denied, "who does not walk along writes about them")
		_, err := w.s.LogOf(ines(), w.blue)
		w.wants(err, errs.Denied, "who does not walk along reads about them")
		if l, err := w.s.LogOf(rosa(), w.blue); err != nil || len(l.Entries) != 1 || l.Name != "Blue" {
			w.Errorf("%+v %v", l, err)
		}
		w.must(w.d.Read(rosa(), func(tx *db.Tx) error {
			n, err := Advices().Count(tx, string(w.blue))
			if n != 1 {
				w.Errorf("%d rows are found as theirs", n)
			}
			return err
		}))
	})
}

// The same form twice is one entry, another's form is not there, and what a form
// lacks is said where it lacks.
func TestAnEntryIsWrittenOnce(t *testing.T) {
	each(t, func(w *world) {
		a := Advice{ID: ref.Advice(w.id()), Team: "Ward 4", Said: "Say what comes next."}
		o := Outcome{ID: w.id(), Advice: a.ID, Came: ActedOn}
		for range 2 {
			w.must(w.s.Advise(rosa(), a))
			w.must(w.s.Became(rosa(), o))
		}
		if l := w.log(rosa()); l.Total != 1 || len(l.Entries[0].Outcomes) != 1 {
			w.Errorf("%+v", l)
		}
		w.wants(w.s.Advise(ines(), a), errs.NotFound, "another's form")
		w.wants(w.s.Advise(lead(), Advice{ID: ref.Advice(w.id()), Team: "x", Said: "y"}), errs.Denied, "a coordinator writes")
		w.wants(w.s.Became(rosa(), Outcome{ID: w.id(), Advice: "nothing", Came: ActedOn}), errs.NotFound, "of nothing")
		w.place(w.s.Became(rosa(), Outcome{ID: w.id(), Advice: a.ID, Came: "well"}), "came")
		w.place(w.s.Advise(rosa(), Advice{ID: ref.Advice(w.id()), Said: "y"}), "team")
		w.place(w.s.Advise(rosa(), Advice{ID: ref.Advice(w.id()), Team: "x", Said: " "}), "said")
		w.place(w.s.Advise(rosa(), Advice{ID: ref.Advice(w.id()), Team: "x", Said: "y", GaveAt: w.clk.Now().AddDate(0, 0, 2)}), "day")
	})
}

// Neither words about someone nor words about nobody rest in plain text, and no
// query can tell one organisation of another's.
func TestTheLogIsSealed(t *testing.T) {
	each(t, func(w *world) {
		w.advise(rosa(), "", "Leave the door open.")
		w.advise(rosa(), w.blue, "Light on.")
		w.must(w.d.Read(rosa(), func(tx *db.Tx) error {
			rows, err := tx.Query("SELECT team, said FROM bridge_advice WHERE tenant = $1")
			if err != nil {
				return err
			}
			defer rows.Close()
			for rows.Next() {
				var team, said []byte
				w.must(rows.Scan(&team, &said))
				if len(team) < 20 || len(said) < 20 || string(team) == "Ward 4" {
					w.Errorf("%q %q", team, said)
				}
			}
			return rows.Err()
		}))
	})
}

// A form that comes again with anything else in it is not taken for the first
// one: it is a conflict, and what was kept stays as it was.
func TestAnEntryWithOtherWordsIsAConflict(t *testing.T) {
	each(t, func(w *world) {
		a := Advice{ID: ref.Advice(w.id()), Person: w.blue, Team: "Ward 4", Said: "Say what comes next."}
		o := Outcome{ID: w.id(), Advice: a.ID, Came: ActedOn, Words: "They do."}
		w.must(w.s.Advise(rosa(), a))
		w.must(w.s.Became(rosa(), o))
		for what, change := range map[string]func(a *Advice){
			"words": func(a *Advice) { a.Said += "." }, "a team": func(a *Advice) { a.Team = "Ward 5" }, "a day": func(a *Advice) { a.GaveAt = w.clk.Now().AddDate(0, 0, -1) },
		} {
			other := a
			change(&other)
			w.wants(w.s.Advise(rosa(), other), errs.Conflict, "advice with other "+what)
		}
		w.wants(w.s.Became(rosa(), Outcome{ID: o.ID, Advice: a.ID, Came: NotActedOn, Words: o.Words}), errs.Conflict, "something else came of it")
		w.wants(w.s.Became(rosa(), Outcome{ID: o.ID, Advice: a.ID, Came: ActedOn, Words: "They do not."}), errs.Conflict, "an outcome in other words")
		w.wants(w.s.Became(sol(), o), errs.NotFound, "another's outcome")
		w.wants(w.s.Became(rosa(), Outcome{ID: o.ID, Advice: w.advise(rosa(), "", "Else."), Came: ActedOn, Words: o.Words}), errs.NotFound, "an outcome of other advice")
		got := w.log(rosa()).Entries[1]
		if got.Said != a.Said || got.Team != a.Team || len(got.Outcomes) != 1 || got.Outcomes[0].Words != "They do." {
			w.Errorf("%+v", got)
		}
	})
}
