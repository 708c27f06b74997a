package engagement

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"alongside/domain/ref"
	"alongside/platform/errs"
	"alongside/platform/soak"
)

func door(p ref.Person) Door { return Door{Person: p} }

func (w *world) write(e Edit) Receipt {
	w.Helper()
	r, err := w.s.Write(rosa(), door(w.blue), e)
	w.must(err)
	return r
}

func (w *world) planOf() Plan {
	w.Helper()
	p, err := w.s.Plan(rosa(), door(w.blue))
	w.must(err)
	return p
}

func TestAPartOfThePlanIsWrittenAnew(t *testing.T) {
	each(t, func(w *world) {
		one := Edit{SentAs: w.id(), Part: Matters, Body: " My sister. "}
		w.write(one)
		if r := w.write(one); r.Apart || r.ID != one.SentAs {
			t.Errorf("the same again: %+v", r)
		}
		w.clk.Add(time.Hour)
		w.write(Edit{SentAs: w.id(), Part: Matters, Body: "My sister, and kites.", InsteadOf: one.SentAs})
		p := w.planOf()
		if len(p.Parts[Matters]) != 1 || p.Parts[Matters][0].Body != "My sister, and kites." || p.Before[Matters] != 1 {
			t.Errorf("%+v", p.Parts[Matters])
		}
		_, err := w.s.Write(rosa(), door(w.blue), Edit{SentAs: w.id(), Part: "diagnosis", Body: "x"})
		w.wants(err, errs.NotFound, "a part that there is not")
		_, err = w.s.Write(ines(), door(w.blue), Edit{SentAs: w.id(), Part: Matters, Body: "x"})
		w.wants(err, errs.Denied, "someone who does not walk along")
	})
}

// TestWhoseWordsAPlanIs: a part that the person wrote alone is by their own
// account, whoever reads it, and not written with anyone.
func TestWhoseWordsAPlanIs(t *testing.T) {
	each(t, func(w *world) {
		w.write(Edit{SentAs: w.id(), Part: Matters, Body: "My sister."})
		if p := w.planOf(); p.Theirs != "" {
			t.Errorf("nobody has an account: %q", p.Theirs)
		}
		w.selves["blue-account"] = w.blue
		_, err := w.s.Write(as("blue-account", "participant"), Door{Own: true}, Edit{SentAs: w.id(), Part: Helps, Body: "Music."})
		w.must(err)
		p := w.planOf()
		if p.Theirs != "blue-account" || p.Parts[Helps][0].By != p.Theirs || p.Parts[Matters][0].By == p.Theirs {
			t.Errorf("%q: %+v", p.Theirs, p.Parts)
		}
	})
}

// Two who wrote apart both keep what they wrote, and one who saw both makes it
// one again.
func TestAPlanWrittenApartKeepsBoth(t *testing.T) {
	each(t, func(w *world) {
		w.selves["blue-account"] = w.blue
		own := as("blue-account", "participant")
		first := Edit{SentAs: w.id(), Part: Helps, Body: "A walk."}
		w.write(first)
		mine := Edit{SentAs: w.id(), Part: Helps, Body: "Music.", InsteadOf: first.SentAs}
		if r, err := w.s.Write(own, Door{Own: true}, mine); err != nil || r.Apart {
			t.Fatal(r, err)
		}
		hers := Edit{SentAs: w.id(), Part: Helps, Body: "Tea.", InsteadOf: first.SentAs}
		if r := w.write(hers); !r.Apart {
			t.Fatal("written over in silence")
		}
		if p := w.planOf(); len(p.Parts[Helps]) != 2 {
			t.Fatalf("%+v", p.Parts[Helps])
		}
		if r := w.write(Edit{SentAs: w.id(), Part: Helps, Body: "Music, then tea.", InsteadOf: mine.SentAs + " " + hers.SentAs}); r.Apart {
			t.Error("made one, and still apart")
		}
		if p := w.planOf(); p.text(Helps) != "Music, then tea." || p.Before[Helps] != 3 {
			t.Errorf("%q after %d", p.text(Helps), p.Before[Helps])
		}
		_, err := w.s.Plan(as("fern-account", "participant"), Door{Own: true})
		w.wants(err, errs.NotFound, "an account that is nobody's own")
	})
}

func TestStones(t *testing.T) {
	each(t, func(w *world) {
		st := Stone{ID: ref.Stone(w.id()), Sort: Milestone, Words: "First kite"}
		w.must(w.s.AddStone(rosa(), door(w.blue), st))
		w.must(w.s.AddStone(rosa(), door(w.blue), st))
		for range 2 {
			w.must(w.s.TurnStone(rosa(), door(w.blue), st.ID, Done))
		}
		if p := w.planOf(); len(p.Stones) != 1 || p.Stones[0].DoneAt.IsZero() {
			t.Fatalf("%+v", p.Stones)
		}
		w.must(w.s.TurnStone(rosa(), door(w.blue), st.ID, Undone))
		if p := w.planOf(); !p.Stones[0].DoneAt.IsZero() {
			t.Error("it is still done")
		}
		w.wants(w.s.TurnStone(rosa(), door(w.reed), st.ID, Gone), errs.NotFound, "another's stone")
		w.must(w.s.TurnStone(rosa(), door(w.blue), st.ID, Gone))
		if len(w.planOf().Stones) != 0 {
			t.Error("what was laid aside is still there")
		}
	})
}

// Random histories of a plan by two writers, each of whom has seen what they
// have seen: what stands is exactly what nobody who had seen it wrote anew, and
// nothing that was written is gone.
func TestPlanHistories(t *testing.T) {
	rng := soak.Rand(t, 62)
	each(t, func(w *world) {
		for n := range soak.Count(200) {
			w.history(rng, fmt.Sprint(n))
		}
	})
}

func (w *world) history(rng *rand.Rand, name string) {
	w.Helper()
	person := w.person(personNamed(name))
	w.walk("rosa", person)
	w.walk("ines", person)
	written, over := map[string]string{}, map[string]bool{}
	seen := map[int][]string{}
	for range 8 {
		who := rng.IntN(2)
		e := Edit{SentAs: w.id(), Part: Matters, Body: fmt.Sprint("words ", rng.IntN(1000)), InsteadOf: joined(seen[who])}
		_, err := w.s.Write([]contextOf{rosa, ines}[who](), door(person), e)
		w.must(err)
		written[e.SentAs] = e.Body
		for _, old := range seen[who] {
			over[old] = true
		}
		seen[who] = []string{e.SentAs}
		if rng.IntN(3) == 0 {
			p, err := w.s.Plan(rosa(), door(person))
			w.must(err)
			seen[1-who] = nil
			for _, stands := range p.Parts[Matters] {
				seen[1-who] = append(seen[1-who], string(stands.ID))
			}
		}
	}
	w.comparePlan(person, written, over)
}

func (w *world) comparePlan(person ref.Person, written map[string]string, over map[string]bool) {
	w.Helper()
	p, err := w.s.Plan(rosa(), door(person))
	w.must(err)
	var got, want []string
	for _, e := range p.Parts[Matters] {
		got = append(got, string(e.ID)+e.Body)
	}
	for id, body := range written {
		if !over[id] {
			want = append(want, id+body)
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) || p.Before[Matters]+len(got) != len(written) {
		w.Fatalf("stands %v, want %v, %d before of %d", got, want, p.Before[Matters], len(written))
	}
}
