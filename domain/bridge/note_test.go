package bridge

import (
	"errors"
	"slices"
	"testing"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

func TestTheListsForgetNothing(t *testing.T) {
	for _, r := range Records() {
		for _, bad := range r.Check() {
			t.Error(bad)
		}
	}
	each(t, func(w *world) {
		for _, r := range Records() {
			w.must(w.d.Read(rosa(), func(tx *db.Tx) error {
				bad, err := r.CheckTable(tx)
				if len(bad) > 0 {
					w.Error(bad)
				}
				return err
			}))
		}
	})
}

func (w *world) door() Door { return Door{Person: w.blue} }

// draft begins a note to the clinic.
func (w *world) draft(body string) ref.Note {
	w.Helper()
	n := Note{ID: ref.Note(w.id()), Recipient: "clinic", Body: body, Touches: []string{"MH"}}
	w.must(w.s.Begin(rosa(), w.door(), n))
	return n.ID
}

func (w *world) read(n ref.Note) One {
	w.Helper()
	one, err := w.s.Note(rosa(), w.door(), n)
	w.must(err)
	return one
}

// yes is the person's, on their own page, to the words as they stand.
func (w *world) yes(n ref.Note) {
	w.Helper()
	one, err := w.s.Note(blues(), Door{Own: true}, n)
	w.must(err)
	w.must(w.s.Approve(blues(), Door{Own: true}, n, one.Mark, ""))
}

// sent is a note that went its whole way, and the key that opens it.
func (w *world) sent(body string) (ref.Note, Key) {
	w.Helper()
	n := w.draft(body)
	w.yes(n)
	w.must(w.s.Send(rosa(), w.door(), n))
	return n, w.bound(n)
}

func (w *world) bound(n ref.Note) Key {
	w.Helper()
	token := w.read(n).Token
	secret, err := w.s.Bind(visitor(), token, w.id())
	w.must(err)
	return Key{token, secret}
}

// What the person approved is what the recipient reads, to the last byte,
// whatever letters it is written in.
func TestTheRecipientReadsExactlyWhatWasApproved(t *testing.T) {
	each(t, func(w *world) {
		w.out.name = true
		for _, body := range []string{
			"Mornings are good.", "Two lines.\nAnd  two  spaces,\ta tab.", "\"quotes\" & <b>tags</b> 'n %s {{.X}} $1", "Ñandú, café, e\u0301",
			"أفضل الصباح.\nلا تلمسني قبل أن تقول.", "\u2068mixed\u2069 نص 🪁", "0", "<script>alert(1)</script>",
		} {
			n, key := w.sent(body)
			approved := w.read(n).Yes.Body
			got, err := w.s.Open(visitor(), key)
			w.must(err)
			if approved != body || got.Words.Body != approved || !got.Bound || got.Name != "Blue" || got.Told.Notice == "" {
				w.Errorf("%q was approved as %q and read as %+v", body, approved, got)
			}
		}
		w.out.name = false
		_, key := w.sent("No name.")
		if got, err := w.s.Open(visitor(), key); err != nil || got.Name != "" {
			w.Errorf("without the name in the consent: %+v %v", got, err)
		}
	})
}

// What a browser sends for the end of a line, and letters that no page shows,
// are gone before anyone reads them.
func TestWhatIsKeptIsWhatAPageShows(t *testing.T) {
	for in, want := range map[string]string{" a\r\nb\rc ": "a\nb\nc", "a\x07b\u0085c": "abc", "\n\n": ""} {
		if got := tidy(in); got != want {
			t.Errorf("%q is kept as %q, want %q", in, got, want)
		}
	}
}

// One letter, one matter or another reader: the yes is over, and without a new
// one nothing goes out.
func TestAChangeAfterApprovalNeedsApprovalAgain(t *testing.T) {
	each(t, func(w *world) {
		w.out.covers = []string{"MH", "SUD"}
		for what, change := range map[string]func(n *Note){
			"one letter": func(n *Note) { n.Body += "." },
			"a matter":   func(n *Note) { n.Touches = []string{"SUD"} },
			"no matter":  func(n *Note) { n.Touches = nil },
			"the same":   func(*Note) {},
		} {
			n := w.draft("Mornings are good")
			w.yes(n)
			first := w.read(n)
			to := first.Note
			change(&to)
			w.must(w.s.Write(rosa(), w.door(), to, first.Mark))
			one := w.read(n)
			if one.State != Draft || one.Yes.ID != "" || len(one.Before) != 1 || one.Before[0].Body != "Mornings are good" || one.Before[0].OverAt.IsZero() {
				w.Errorf("%s: %+v", what, one)
			}
			w.wants(w.s.Send(rosa(), w.door(), n), errs.Conflict, what+": sent without a new yes")
			w.yes(n)
			w.must(w.s.Send(rosa(), w.door(), n))
			got, err := w.s.Open(visitor(), w.bound(n))
			if err != nil || got.Words.Body != to.Body {
				w.Errorf("%s: %+v %v", what, got, err)
			}
			w.wants(w.s.Write(rosa(), w.door(), to, w.read(n).Mark), errs.Conflict, what+": written over after it was sent")
		}
	})
}

// A yes to words that have changed since is none; who writes without having
// seen the last words is shown them first.
func TestNobodySaysYesToWhatTheyDidNotRead(t *testing.T) {
	each(t, func(w *world) {
		n := w.draft("One.")
		old := w.read(n)
		other := old.Note
		other.Body = "Two."
		w.must(w.s.Write(blues(), Door{Own: true}, other, old.Mark))
		w.place(w.s.Approve(blues(), Door{Own: true}, n, old.Mark, ""), "words")
		w.place(w.s.Approve(rosa(), w.door(), n, nil, "Blue"), "words")
		other.Body = "Three."
		w.place(w.s.Write(rosa(), w.door(), other, old.Mark), "body")
		w.place(w.s.Approve(rosa(), w.door(), n, w.read(n).Mark, " "), "signed_as")
		w.must(w.s.Approve(rosa(), w.door(), n, w.read(n).Mark, "Blue"))
		if y := w.read(n).Yes; y.How != OnScreen || y.SignedAs != "Blue" || y.Body != "Two." {
			w.Errorf("%+v", y)
		}
	})
}

func (w *world) place(err error, want string) {
	w.Helper()
	var said *errs.Error
	if !errors.As(err, &said) || said.Kind != errs.Invalid || said.Place != want {
		w.Errorf("%v, want something to mend at %s", err, want)
	}
}

// Taken back, no consent any more, another device, a link that was changed: it
// is not there, in the same words as one that never was.
func TestWhatMayNotBeReadIsNotThere(t *testing.T) {
	each(t, func(w *world) {
		ways := map[string]func(n ref.Note, k *Key){
			"taken back":       func(n ref.Note, _ *Key) { w.must(w.s.Back(blues(), Door{Own: true}, n)) },
			"no consent":       func(ref.Note, *Key) { w.out.covers = nil },
			"a matter is out":  func(ref.Note, *Key) { w.out.covers = []string{"SUD"} },
			"another device":   func(_ ref.Note, k *Key) { k.Device = "0123456789abcdefghjkmn0123" },
			"no device":        func(_ ref.Note, k *Key) { k.Device = "" },
			"the link changed": func(n ref.Note, _ *Key) { w.must(w.s.Relink(rosa(), w.door(), n)) },
			"another's letter": func(_ ref.Note, k *Key) { k.Token = k.Token[:len(k.Token)-1] + "i" },
		}
		for what, end := range ways {
			w.out.covers = []string{"MH"}
			n, key := w.sent("Mornings.")
			if _, err := w.s.Open(visitor(), key); err != nil {
				w.Fatal(err)
			}
			before := len(w.out.told)
			end(n, &key)
			got, err := w.s.Open(visitor(), key)
			w.wants(err, errs.NotFound, what)
			if got.Words.Body != "" || got.To != "" || len(w.out.told) != before {
				w.Errorf("%s: %+v is told", what, got)
			}
		}
	})
}

// A page that is bound to no device says whom it is for and nothing else, and
// tells nothing; the same press twice is one device, another press is none.
func TestOneDeviceReadsIt(t *testing.T) {
	each(t, func(w *world) {
		n := w.draft("Mornings.")
		w.yes(n)
		w.must(w.s.Send(rosa(), w.door(), n))
		token, act := w.read(n).Token, w.id()
		closed, err := w.s.Open(visitor(), Key{Token: token})
		if err != nil || closed.Bound || closed.To != "Made-up Clinic" || closed.Words.Body != "" || closed.Name != "" || len(w.out.told) != 0 {
			w.Errorf("%+v %v", closed, err)
		}
		one, err := w.s.Bind(visitor(), token, act)
		w.must(err)
		again, err := w.s.Bind(visitor(), token, act)
		if err != nil || again != one {
			w.Errorf("the same press: %q %v", again, err)
		}
		_, err = w.s.Bind(visitor(), token, w.id())
		w.wants(err, errs.NotFound, "another device")
		for range 2 {
			_, err = w.s.Open(visitor(), Key{token, one})
			w.must(err)
		}
		if got := w.read(n).Read; len(got) != 2 || got[0].To != "Made-up Clinic" {
			w.Errorf("the person sees %+v", got)
		}
	})
}

// Each look at a note leaves one leaf, and each reading is one disclosure.
func TestOneLookLeavesOneLeaf(t *testing.T) {
	each(t, func(w *world) {
		_, key := w.sent("Mornings.")
		before := w.count("SELECT COUNT(*) FROM audit_leaf WHERE tenant = $1") + w.count(queued(w))
		_, err := w.s.Open(visitor(), key)
		w.must(err)
		_, err = w.s.Notes(rosa(), w.door())
		w.must(err)
		if n := w.count("SELECT COUNT(*) FROM audit_leaf WHERE tenant = $1") + w.count(queued(w)) - before; n != 2 {
			w.Errorf("two looks left %d leaves", n)
		}
	})
}

// queued counts the leaves that wait for the sequencer, where there is one.
func queued(w *world) string {
	if w.d.Engine() == db.Postgres {
		return "SELECT COUNT(*) FROM audit_queue WHERE tenant = $1"
	}
	return "SELECT COUNT(*) FROM audit_leaf WHERE tenant = $1 AND 1 = 0"
}

// A note that was tampered with in the database is an error, never an answer.
func TestWordsThatDoNotFitTheirMarkAreNotShown(t *testing.T) {
	each(t, func(w *world) {
		w.out.covers = []string{"MH", "SUD"}
		_, key := w.sent("Mornings.")
		w.must(w.d.Write(rosa(), func(tx *db.Tx) error {
			_, err := tx.Exec("UPDATE bridge_approval SET touches = 'SUD' WHERE tenant = $1")
			return err
		}))
		_, err := w.s.Open(visitor(), key)
		w.wants(err, errs.Internal, "another's words")
		if len(w.out.told) != 0 {
			w.Error("it was told")
		}
	})
}

func TestANoteIsThePersonsAndTheirPeers(t *testing.T) {
	each(t, func(w *world) {
		n := w.draft("Mornings.")
		_, err := w.s.Note(ines(), w.door(), n)
		w.wants(err, errs.Denied, "a peer who does not walk along")
		_, err = w.s.Notes(ines(), w.door())
		w.wants(err, errs.Denied, "their list")
		_, err = w.s.Note(sol(), Door{Person: w.fern}, n)
		w.wants(err, errs.NotFound, "under another person")
		_, err = w.s.Note(as("fern-account", "participant"), Door{Own: true}, n)
		w.wants(err, errs.NotFound, "an account that is nobody's own")
		w.wants(w.s.Begin(sol(), Door{Person: w.fern}, Note{ID: n, Recipient: "clinic", Body: "x"}), errs.NotFound, "a form of another's")
		w.wants(w.s.Send(blues(), Door{Own: true}, n), errs.Denied, "the person sends nothing themselves")
		w.must(w.s.Begin(rosa(), w.door(), Note{ID: n, Recipient: "clinic", Touches: []string{"MH"}, Body: "Mornings. "}))
		w.wants(w.s.Begin(rosa(), w.door(), Note{ID: n, Recipient: "clinic", Body: "again"}), errs.Conflict, "the same form with other words")
		if one := w.read(n); one.Body != "Mornings." {
			w.Errorf("the same form again wrote over it: %q", one.Body)
		}
		for place, bad := range map[string]Note{
			"body": {Recipient: "clinic", Body: " \n"}, "recipient": {Recipient: "ward", Body: "x"}, "touches": {Recipient: "clinic", Body: "x", Touches: []string{"HIV"}},
		} {
			bad.ID = ref.Note(w.id())
			w.place(w.s.Begin(rosa(), w.door(), bad), place)
		}
	})
}

// Every step in every state, by everyone: only what the table allows.
func TestEveryStepOfANoteInEveryState(t *testing.T) {
	for _, state := range States() {
		for _, role := range []string{"peer", "supervisor", "participant", "coordinator", "administrator", "evaluator", ""} {
			var can []string
			for _, s := range NoteFlow().Next(state.Value, role) {
				can = append(can, s.Name)
			}
			if want := mayStep(state.Value, role); !slices.Equal(can, want) {
				t.Errorf("%s in %s: %v, want %v", role, state.Value, can, want)
			}
		}
	}
	for _, bad := range NoteFlow().Check() {
		t.Error(bad)
	}
}

func mayStep(state, role string) []string {
	walks := role == "peer" || role == "supervisor"
	switch {
	case !walks && role != "participant", state == Back:
		return nil
	case state == Draft:
		return []string{StepWrite, StepApprove}
	case state == Approved && walks:
		return []string{StepWrite, StepUndo, StepSend}
	case state == Approved:
		return []string{StepWrite, StepUndo}
	case walks:
		return []string{StepLink, StepBack}
	}
	return []string{StepBack}
}

// A yes can be taken back before the note is sent, twice is once, and the page
// of a person's own counts what waits without a look.
func TestAYesIsTakenBack(t *testing.T) {
	each(t, func(w *world) {
		n := w.draft("Mornings.")
		if got, err := w.s.Waiting(blues()); err != nil || len(got.Notes) != 1 || !got.Here || got.Notes[0].Body != "" {
			w.Errorf("%+v %v", got, err)
		}
		w.yes(n)
		if got, _ := w.s.Waiting(blues()); len(got.Notes) != 0 || !got.Here {
			w.Errorf("after the yes: %+v", got)
		}
		for range 2 {
			w.must(w.s.Undo(blues(), Door{Own: true}, n))
		}
		w.wants(w.s.Send(rosa(), w.door(), n), errs.Conflict, "sent without a yes")
		if got, err := w.s.Waiting(as("fern-account", "participant")); err != nil || got.Here {
			w.Errorf("nobody's own: %+v %v", got, err)
		}
	})
}

// The form of a note that comes again with another reader or another matter is a
// conflict, like one with other words.
func TestANoteWithAnythingElseUnderOneFormIsAConflict(t *testing.T) {
	each(t, func(w *world) {
		n := Note{ID: ref.Note(w.id()), Recipient: "clinic", Body: "Mornings are good.", Touches: []string{"MH"}}
		for range 2 {
			w.must(w.s.Begin(rosa(), w.door(), n))
		}
		for what, change := range map[string]func(n *Note){
			"words": func(n *Note) { n.Body += "." }, "a reader": func(n *Note) { n.Recipient = "ward" }, "no matter": func(n *Note) { n.Touches = nil },
		} {
			other := n
			change(&other)
			w.wants(w.s.Begin(rosa(), w.door(), other), errs.Conflict, what)
		}
	})
}
