package engagement

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"alongside/domain/access"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/notify"
	"alongside/platform/scope"
)

func provider() context.Context {
	return scope.With(context.Background(), scope.Scope{Tenant: "t1", Actor: "link:texts", Purpose: scope.Treatment})
}

func cosmo() context.Context { return as("cosmo", access.Coordinator) }

func (w *world) arrives(id, from, words string) {
	w.clk.Add(time.Second)
	w.Helper()
	w.must(w.s.Arrive(provider(), Arrived{ID: id, From: from, Words: words}))
}

func (w *world) waiting() []Strayed {
	w.Helper()
	list, err := w.s.TextsWaiting(cosmo())
	w.must(err)
	return list
}

// whysOf are the reasons of Rosa's lines about someone.
func (w *world) whysOf(p ref.Person) string {
	w.Helper()
	d, err := w.s.Today(rosa())
	w.must(err)
	var out []string
	for _, l := range d.Lines {
		if l.Item.Person == p {
			out = append(out, fmt.Sprint(l.Why, " ", l.Count))
		}
	}
	return strings.Join(out, ", ")
}

// A text from someone who chose texts is in their story once, however often its
// provider tells of it, as theirs; their peer sees it until they did something.
// It is nobody's attempt, and a worry is not over because they wrote.
func TestATextThatCameIn(t *testing.T) {
	each(t, func(w *world) {
		tess := w.person(people.Person{Name: "Tess", Phone: "+1 555 010 0177", Texts: true})
		w.walk("rosa", tess)
		worried := w.call(tess)
		worried.Went = WentWorry
		w.note(worried)
		w.clk.Add(time.Hour)
		var all sync.WaitGroup
		for range 5 {
			all.Go(func() { w.arrives("p1", "15550100177", " Zebra at ten? ") })
		}
		all.Wait()
		w.arrives("p2", "(555) 010-0177", "Or at eleven.")
		c := w.with(tess)
		if len(c.Contacts) != 3 || c.Contacts[2].Peer != "rosa" {
			t.Fatalf("%+v", c.Contacts)
		}
		if n := c.Contacts[1]; n.Note != "Zebra at ten?" || n.Way != Text || !n.byThem() || n.Reached || n.Minutes != 0 {
			t.Errorf("%+v", n)
		}
		if got := w.whysOf(tess); got != "worry 0, wrote 2" {
			t.Errorf("on Today: %s", got)
		}
		if st := w.with(tess).Standing; st.Tries != 0 || st.WorryAt.IsZero() {
			t.Errorf("%+v", st)
		}
		if d, err := w.s.Today(ines()); err != nil || len(d.Lines) != 0 {
			t.Errorf("another peer sees %+v, %v", d.Lines, err)
		}
		w.clk.Add(time.Minute)
		w.note(w.call(tess))
		if got := w.whysOf(tess); strings.Contains(got, "wrote") {
			t.Errorf("after a call: %s", got)
		}
		if got := w.waiting(); len(got) != 0 {
			t.Errorf("%+v", got)
		}
	})
}

// A number that nobody has, or several, or who chose no texts, or with whom nobody
// walks: it waits, names nobody, and is put where a coordinator says, once.
func TestATextThatNobodyKnows(t *testing.T) {
	each(t, func(w *world) {
		for _, p := range []people.Person{{Name: "Ash", Phone: "555-0150-1", Texts: true}, {Name: "Oak", Phone: "55501501", Texts: true}, {Name: "Elm", Phone: "555-0199-9", Texts: true}} {
			if id := w.person(p); p.Name != "Elm" {
				w.walk("rosa", id)
			}
		}
		quiet := w.person(people.Person{Name: "Yew", Phone: "555-0188-8"})
		w.walk("rosa", quiet)
		for n, from := range []string{"555 0161 1", "55501501", "55501888", "55501999"} {
			w.arrives(fmt.Sprint("p", n), from, "Quagga, "+from)
		}
		list := w.waiting()
		var got []string
		for _, s := range list {
			got = append(got, fmt.Sprint(s.Why, " ", len(s.Who)))
			if s.Person != "" {
				t.Errorf("it names %s", s.Person)
			}
		}
		if want := "unknown 0, several 2, no-texts 1, nobody 1"; strings.Join(got, ", ") != want {
			t.Fatalf("%v, want %s", got, want)
		}
		for _, who := range []context.Context{rosa(), as("sol", access.Supervisor), provider()} {
			if _, err := w.s.TextsWaiting(who); !errs.Is(err, errs.Denied) {
				t.Error("read by who may not:", err)
			}
		}
		w.wants(w.s.PlaceText(cosmo(), list[0].ID, w.blue), errs.Invalid, "to someone without the number")
		w.wants(w.s.PlaceText(rosa(), list[1].ID, list[1].Who[0].ID), errs.Denied, "by a peer")
		for range 2 {
			w.must(w.s.PlaceText(cosmo(), list[1].ID, list[1].Who[1].ID))
			w.must(w.s.ThrowText(cosmo(), list[0].ID))
		}
		if c := w.with(list[1].Who[1].ID); len(c.Contacts) != 1 || c.Contacts[0].Note != "Quagga, 55501501" {
			t.Errorf("%+v", c.Contacts)
		}
		if left := w.waiting(); len(left) != 2 {
			t.Errorf("%d wait", len(left))
		}
		w.plainNowhere("Quagga", "0161")
	})
}

// What nobody answers is seen where someone can do something: a coordinator is
// told once, the coverage counts it, and a supervisor has a line where the writer
// is known and has nobody.
func TestATextThatNobodyAnswersIsSeen(t *testing.T) {
	each(t, func(w *world) {
		w.must(w.d.Write(cosmo(), func(tx *db.Tx) error {
			if err := notify.OpenChannel(tx, notify.SMS, notify.NotNeeded, "made up for a test"); err != nil {
				return err
			}
			key, err := tx.Vault().NewSubject(tx.Scope().Tenant)
			if w.lead = ref.Account(key); err != nil {
				return err
			}
			_, err = notify.AddDevice(tx, notify.Device{Account: key, Channel: notify.SMS, Address: "555-0111", Language: "en"})
			return err
		}))
		w.person(people.Person{Name: "Elm", Phone: "555-0199-9", Texts: true})
		for n, from := range []string{"55501999", "55501999", "555 0161 1"} {
			w.arrives(fmt.Sprint("p", n), from, "Quagga")
		}
		w.sweep()
		told := 0
		for _, l := range w.out.Letters() {
			if l.Address == "555-0111" && l.Text == wordNew {
				told++
			}
		}
		if told != 1 {
			t.Errorf("a coordinator was told %d times", told)
		}
		c, err := w.s.Coverage(cosmo(), 0)
		w.must(err)
		if c.Texts.All != 3 || c.Texts.Alone != 2 || !c.Places {
			t.Errorf("%+v", c.Texts)
		}
		d, err := w.s.Today(as("sol", access.Supervisor))
		w.must(err)
		if len(d.Lines) != 1 || d.Lines[0].Why != "lonely" || d.Lines[0].Count != 2 {
			t.Errorf("a supervisor sees %+v", d.Lines)
		}
		if d, err := w.s.Today(ines()); err != nil || len(d.Lines) != 0 {
			t.Errorf("a peer sees %+v, %v", d.Lines, err)
		}
		for _, s := range w.waiting() {
			w.must(w.s.ThrowText(cosmo(), s.ID))
		}
		if d, err := w.s.Today(as("sol", access.Supervisor)); err != nil || len(d.Lines) != 0 {
			t.Errorf("nothing waits, and yet %+v, %v", d.Lines, err)
		}
	})
}

// plainNowhere: what came in stands in no table as it is.
func (w *world) plainNowhere(words ...string) {
	w.Helper()
	seen := 0
	for _, sql := range []string{
		"SELECT words || sender || number || mark FROM engagement_textin WHERE tenant = $1", "SELECT note FROM engagement_contact WHERE tenant = $1",
		"SELECT kind || ' ' || key FROM job_job WHERE tenant = $1", "SELECT message || account || path FROM notify_delivery WHERE tenant = $1",
	} {
		w.must(w.d.Read(rosa(), func(tx *db.Tx) error {
			rows, err := db.Column[string](tx, sql)
			for _, r := range rows {
				seen++
				for _, word := range words {
					if strings.Contains(r, word) {
						w.Errorf("%s: %q", sql, r)
					}
				}
			}
			return err
		}))
	}
	if seen < 3 {
		w.Errorf("this test saw %d rows", seen)
	}
}

// Who writes to stop gets no more texts, in whichever language, and their peer is
// told; a sentence with the word in it is a sentence.
func TestStop(t *testing.T) {
	each(t, func(w *world) {
		w.openTexts()
		for n, words := range []string{"STOP", " stop. ", "Alto", "توقف", "Unsubscribe!"} {
			p := w.person(people.Person{Name: "P", Phone: fmt.Sprint("555017", n, "0"), Texts: true})
			w.walk("rosa", p)
			w.arrives(fmt.Sprint("no", n), fmt.Sprint("555017", n, "0"), "Do not stop by today.")
			if c := w.with(p); !c.Person.Texts {
				t.Fatal("a sentence ended texts")
			}
			w.arrives(fmt.Sprint("s", n), fmt.Sprint("555017", n, "0"), words)
			c := w.with(p)
			if c.Person.Texts || len(c.Contacts) != 1 {
				t.Errorf("%q: texts %v, %d contacts", words, c.Person.Texts, len(c.Contacts))
			}
			if got := w.whysOf(p); !strings.Contains(got, "stopped 1") {
				t.Errorf("%q: on Today %s", words, got)
			}
			w.wants(w.s.Text(rosa(), p, w.id(), late), errs.Invalid, "a text after that")
		}
	})
}

// The fixed words go back once in twelve hours to a number, never after a stop, and
// never while texts are shut.
func TestTheFixedWordsGoBackOnce(t *testing.T) {
	each(t, func(w *world) {
		w.arrives("shut", "5550140", "hello")
		w.sweep()
		w.openTexts()
		tess := w.person(people.Person{Name: "Tess", Phone: "555-0177", Texts: true, Languages: []string{"es"}})
		w.walk("rosa", tess)
		for n := range 3 {
			w.arrives(fmt.Sprint("t", n), "5550177", "hello")
			w.arrives(fmt.Sprint("u", n), "5550141", "hello")
			w.sweep()
		}
		var got []string
		for _, l := range w.out.Letters() {
			got = append(got, l.Address+": "+l.Text)
		}
		if slices.Sort(got); !slices.Equal(got, []string{"555-0177: fixed words es", "5550141: fixed words "}) {
			t.Fatalf("%q", got)
		}
		w.clk.Add(13 * time.Hour)
		w.arrives("later", "5550177", "hello again")
		w.arrives("stop", "5550177", "stop")
		w.arrives("after", "5550177", "hello?")
		w.clk.Add(13 * time.Hour)
		w.arrives("much later", "5550177", "hello?")
		w.sweep()
		if n := len(w.out.Letters()); n > 3 {
			t.Errorf("%d letters", n)
		}
	})
}

// A flood of one number is held, one of all numbers is told to come again; what
// cannot be a text is refused.
func TestAFloodOfTexts(t *testing.T) {
	each(t, func(w *world) {
		tess := w.person(people.Person{Name: "Tess", Phone: "555-0177", Texts: true})
		w.walk("rosa", tess)
		for n := range mostAnHour + 3 {
			w.arrives(fmt.Sprint("t", n), "5550177", fmt.Sprint("number ", n))
		}
		if c := w.with(tess); len(c.Contacts) != mostAnHour {
			t.Errorf("%d in the story", len(c.Contacts))
		}
		if list := w.waiting(); len(list) != 3 || list[0].Why != InMany || len(list[0].Who) != 1 {
			t.Errorf("%d wait", len(list))
		}
		w.wants(w.s.Arrive(provider(), Arrived{ID: "x", From: "5550177", Words: strings.Repeat("x", mostIn+1)}), errs.Invalid, "too long")
		w.wants(w.s.Arrive(provider(), Arrived{From: "5550177", Words: "x"}), errs.Invalid, "without an id")
		w.must(w.d.Write(rosa(), func(tx *db.Tx) error {
			for n := range mostWaiting {
				_, err := tx.Exec(`INSERT INTO engagement_textin (tenant, textin, mark, number, person, lock, state, why, sender, words, came_at, answered_at, version)
					VALUES ($1, $2, $3, $3, '', '', 'waits', 'unknown', $4, $4, 0, 0, 1)`, fmt.Sprint("full", n), []byte(fmt.Sprint(n)), []byte{})
				if err != nil {
					return err
				}
			}
			return nil
		}))
		w.wants(w.s.Arrive(provider(), Arrived{ID: "y", From: "5550000", Words: "x"}), errs.Unavailable, "when five hundred wait")
	})
}
