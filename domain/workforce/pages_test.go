package workforce

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"alongside/domain/access"
	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/id"
	"alongside/platform/seal"
)

func roles() []string {
	return []string{access.Peer, access.Supervisor, access.Coordinator, access.Evaluator, access.Administrator, access.Participant}
}

// What one wrote for oneself is there for oneself, in whatever role, and for
// nobody else, in whatever role.
func TestAPageIsItsWritersAlone(t *testing.T) {
	each(t, func(w *world) {
		for _, kind := range []string{Recovery, Wellbeing} {
			page := w.wrote("rosa", kind, "Quillfeather by the river")
			for _, role := range roles() {
				w.readsJust(w.as("rosa", role), page, "Quillfeather by the river")
				w.closed(w.as("ines", role), page, "a colleague as "+role)
			}
			w.closed(w.as("operator:root", "operator"), page, "whoever holds the machine")
			w.closed(w.as("link:abcd", ""), page, "whoever holds a link")
			w.closed(w.as("system", ""), page, "the program")
		}
		if p := w.pages(w.peer("ines")); len(p.Mine)+len(p.With) != 0 || !p.Writes || !p.Together {
			w.Errorf("a colleague's list: %+v", p)
		}
		if p := w.pages(w.as("rosa", access.Supervisor)); len(p.Mine) != 2 || !p.Writes || p.Together {
			w.Errorf("who acts as a supervisor: %+v", p)
		}
		for _, role := range []string{access.Coordinator, access.Evaluator, access.Administrator, access.Participant} {
			_, err := w.s.Pages(w.as("ines", role), "")
			w.absent(err, "who is a "+role+" and never wrote has such a page")
			w.absent(w.s.Write(w.as("ines", role), Entry{ID: w.id(), Kind: Recovery, Words: "x"}), "a "+role+" begins one")
			if p := w.pages(w.as("rosa", role)); p.Writes || len(p.Mine) != 2 {
				w.Errorf("who was a peer once and is a %s: %+v", role, p)
			}
		}
		_, err := w.s.One(w.away("rosa"), w.pages(w.peer("rosa")).Mine[0].ID)
		w.absent(err, "the same name in another organisation")
	})
}

// The same form twice is one page; other words under its id are shown again; what
// was erased does not come back by a form that is sent once more.
func TestAPageIsWrittenOnce(t *testing.T) {
	each(t, func(w *world) {
		e := Entry{ID: w.id(), Kind: Wellbeing, Words: "Tired."}
		for range 2 {
			w.must(w.s.Write(w.peer("rosa"), e))
		}
		other := e
		other.Words = "Awake."
		if err := w.s.Write(w.peer("rosa"), other); !errs.Is(err, errs.Conflict) {
			w.Error(err)
		}
		w.absent(w.s.Write(w.peer("ines"), e), "a colleague sends that form")
		if n := w.count("SELECT COUNT(*) FROM workforce_entry WHERE tenant = $1"); n != 1 {
			w.Errorf("%d rows", n)
		}
		for range 2 {
			w.must(w.s.Erase(w.peer("rosa"), e.ID))
		}
		w.must(w.s.Write(w.peer("rosa"), e))
		if p := w.pages(w.peer("rosa")); len(p.Mine) != 0 {
			w.Errorf("%+v", p.Mine)
		}
		for place, bad := range map[string]Entry{
			"kind":  {ID: w.id(), Kind: "secret", Words: "x"},
			"words": {ID: w.id(), Kind: Recovery},
			"":      {ID: "1", Kind: Recovery, Words: "x"},
		} {
			err := w.s.Write(w.peer("rosa"), bad)
			var said *errs.Error
			if !errors.As(err, &said) || said.Kind != errs.Invalid && !errs.Is(err, errs.Invalid) {
				w.Errorf("%s: %v", place, err)
			}
		}
		long := Entry{ID: w.id(), Kind: Recovery, Words: strings.Repeat("ف", 4001)}
		if err := w.s.Write(w.peer("rosa"), long); !errs.Is(err, errs.Invalid) {
			w.Error("too long:", err)
		}
	})
}

// New words take the place of old ones; over words that were changed elsewhere
// nothing is kept in silence.
func TestWordsAreChanged(t *testing.T) {
	each(t, func(w *world) {
		page := w.wrote("rosa", Recovery, "one")
		at := func() int64 { return w.pages(w.peer("rosa")).Mine[0].Version }
		first := at()
		for range 2 {
			w.must(w.s.Change(w.peer("rosa"), page, first, "two"))
		}
		if err := w.s.Change(w.peer("rosa"), page, first, "three"); !errs.Is(err, errs.Invalid) {
			w.Error("over newer words:", err)
		}
		if err := w.s.Change(w.peer("rosa"), page, at(), ""); !errs.Is(err, errs.Invalid) {
			w.Error("without words:", err)
		}
		w.readsJust(w.peer("rosa"), page, "two")
		if e := w.pages(w.peer("rosa")).Mine[0]; e.ChangedAt.IsZero() {
			w.Error("it does not say that it was changed")
		}
	})
}

// Of what is erased there is no word, no kind and no time, and its key is gone:
// bytes that were copied before open no more. What is beside it stays.
func TestWhatIsErasedIsReadInNoCopy(t *testing.T) {
	each(t, func(w *world) {
		page, stays := w.wrote("rosa", Recovery, "Quillfeather"), w.wrote("rosa", Wellbeing, "stays")
		sealed := w.sealed(page)
		if strings.Contains(string(sealed), "Quillfeather") {
			w.Error("it lies open")
		}
		w.must(w.s.Erase(w.peer("rosa"), page))
		w.rings()
		if _, err := w.v.Unseal("t1", "workforce_entry.words", sealed); !errors.Is(err, seal.ErrErased) {
			w.Error("a copy can be read:", err)
		}
		_, err := w.s.One(w.peer("rosa"), page)
		w.absent(err, "it is there")
		if n := w.count("SELECT COUNT(*) FROM workforce_entry WHERE tenant = $1 AND entry = $2 AND LENGTH(words) = 0 AND LENGTH(kind) = 0 AND written_at = 0", page); n != 1 {
			w.Error("something of it is kept")
		}
		w.readsJust(w.peer("rosa"), stays, "stays")
		w.put(page, sealed) // an older copy of the database is put back
		if p := w.pages(w.peer("rosa")); len(p.Mine) != 1 {
			w.Errorf("%+v", p.Mine)
		}
		_, err = w.s.One(w.peer("rosa"), page)
		w.absent(err, "it is there again")
		if list, err := w.s.Take(w.peer("rosa")); err != nil || len(list) != 1 {
			w.Errorf("%+v %v", list, err)
		}
	})
}

func (w *world) sealed(page string) (b []byte) {
	w.Helper()
	w.must(w.d.Read(w.peer("rosa"), func(tx *db.Tx) error {
		return tx.Row("SELECT words FROM workforce_entry WHERE tenant = $1 AND entry = $2", page).Scan(&b)
	}))
	return b
}

func (w *world) put(page string, sealed []byte) {
	w.Helper()
	w.must(w.d.Write(w.peer("rosa"), func(tx *db.Tx) error {
		_, err := tx.Exec("UPDATE workforce_entry SET words = $3, gone_at = 0 WHERE tenant = $1 AND entry = $2", page, sealed)
		return err
	}))
}

// Everything at once: all that one wrote, and one's part in what others began.
// An account that ends takes it along; what colleagues wrote is theirs.
func TestEverythingIsErasedAtOnce(t *testing.T) {
	each(t, func(w *world) {
		ends := map[string]func() error{
			"rosa": func() error { _, err := w.s.EraseAll(w.as("rosa", access.Coordinator)); return err },
			"kai": func() error {
				return w.d.Write(w.as("operator:root", "operator"), func(tx *db.Tx) error { return w.s.Forget(tx, "kai") })
			},
		}
		for who, end := range ends {
			thread := w.wrote("ines", Reflection, "begun by ines")
			w.must(w.s.Invite(w.peer("ines"), thread, []ref.Account{ref.Account(who)}))
			for n := range 25 {
				w.wrote(who, Recovery, fmt.Sprint("page ", n))
			}
			w.said(who, thread, "said by "+who)
			w.must(end())
			w.rings()
			if p := w.pages(w.peer(who)); len(p.Mine)+len(p.With) != 0 {
				w.Errorf("%s: %+v", who, p)
			}
			w.readsJust(w.peer("ines"), thread, "begun by ines")
			w.closed(w.peer(who), thread, who+", who left,", "leave")
		}
	})
}

// Peers think together: who was invited reads the first words, and what was
// written since; who was not, or left, or acts in another role, reads nothing.
func TestPeersThinkTogether(t *testing.T) {
	each(t, func(w *world) {
		thread := w.wrote("rosa", Reflection, "first")
		w.closed(w.peer("ines"), thread, "who was not invited")
		w.must(w.s.Invite(w.peer("rosa"), thread, []ref.Account{"ines"}))
		w.must(w.s.Invite(w.peer("rosa"), thread, []ref.Account{"ines"}))
		hers := w.said("ines", thread, "from ines")
		w.readsJust(w.peer("rosa"), thread, "first", "from ines")
		w.clk.Add(time.Second)
		w.must(w.s.Invite(w.peer("rosa"), thread, []ref.Account{"sol"}))
		w.said("rosa", thread, "to all")
		w.readsJust(w.peer("sol"), thread, "first", "to all")
		w.readsJust(w.peer("ines"), thread, "first", "from ines", "to all")
		w.closed(w.as("sol", access.Supervisor), thread, "who takes part and acts as a supervisor", "leave")
		w.closed(w.peer("kai"), thread, "a peer who was not invited")
		w.closed(w.peer("kai"), hers, "and of what another added")
		w.closed(w.peer("rosa"), hers, "who began it, of what another added alone")
		for who, name := range map[string]string{"rosa": "work name of rosa", "ines": "work name of rosa"} {
			p := w.pages(w.peer(who))
			if len(p.With) != 1 || p.With[0].By != name || p.With[0].Own != (who == "rosa") || len(p.Mine) != 0 {
				w.Errorf("%s: %+v", who, p)
			}
		}
	})
}

// Only who began it invites, and only peers who never took part before.
func TestWhoMayBeInvited(t *testing.T) {
	each(t, func(w *world) {
		thread := w.wrote("rosa", Reflection, "first")
		w.must(w.s.Invite(w.peer("rosa"), thread, []ref.Account{"ines", "kai"}))
		w.absent(w.s.Invite(w.peer("ines"), thread, []ref.Account{"sol"}), "who takes part invites")
		w.must(w.s.Leave(w.peer("kai"), thread))
		w.must(w.s.Leave(w.peer("kai"), thread))
		for _, who := range [][]ref.Account{nil, {"kai"}, {"nobody"}, {"sol", "cosmo"}} {
			if err := w.s.Invite(w.peer("rosa"), thread, who); !errs.Is(err, errs.Invalid) {
				w.Errorf("%v: %v", who, err)
			}
		}
		o, err := w.s.One(w.peer("rosa"), thread)
		w.must(err)
		if !o.Begun || len(o.Asks) != 1 || !o.Asks[0].Leads || len(o.Here) != 2 {
			w.Errorf("%+v", o)
		}
		if o, err := w.s.One(w.peer("ines"), thread); err != nil || o.Begun || o.Asks != nil {
			w.Errorf("%+v %v", o, err)
		}
	})
}

// Each may leave; their own words stay theirs, to read and to erase.
func TestWhoLeavesKeepsTheirWords(t *testing.T) {
	each(t, func(w *world) {
		thread := w.wrote("rosa", Reflection, "first")
		w.must(w.s.Invite(w.peer("rosa"), thread, []ref.Account{"ines", "sol"}))
		hers := w.said("ines", thread, "from ines")
		w.must(w.s.Leave(w.peer("ines"), thread))
		_, err := w.s.One(w.peer("ines"), thread)
		w.absent(err, "who left reads on")
		w.absent(w.s.Say(w.peer("ines"), thread, Entry{ID: w.id(), Words: "x"}), "who left adds")
		if p := w.pages(w.peer("ines")); len(p.With) != 0 || len(p.Mine) != 1 || p.Mine[0].ID != hers {
			w.Errorf("%+v", p)
		}
		w.readsJust(w.peer("sol"), thread, "first", "from ines")
		w.must(w.s.Erase(w.peer("ines"), hers))
		w.readsJust(w.peer("sol"), thread, "first")
		w.must(w.s.Erase(w.peer("rosa"), thread))
		w.said("sol", thread, "still here")
		w.readsJust(w.peer("rosa"), thread, "still here")
		if p := w.pages(w.peer("sol")); len(p.With) != 1 || p.With[0].First.ID != "" {
			w.Errorf("%+v", p.With)
		}
		w.must(w.s.Leave(w.peer("rosa"), thread))
		w.closed(w.peer("rosa"), thread, "who began it, erased it and left", "leave", "erase")
		own := w.wrote("rosa", Reflection, "again")
		w.must(w.s.Leave(w.peer("rosa"), own))
		w.readsJust(w.peer("rosa"), own, "again")
		w.readsJust(w.as("rosa", access.Coordinator), own, "again")
	})
}

// A sign-in that is not by a way of one's own opens nothing, says the same of what
// is there and what is not, and writes nothing.
func TestASignInByALinkOpensNothing(t *testing.T) {
	each(t, func(w *world) {
		page := w.wrote("rosa", Recovery, "Quillfeather")
		before := w.count("SELECT (SELECT COUNT(*) FROM audit_leaf WHERE tenant = $1) + (SELECT COUNT(*) FROM audit_queue WHERE tenant = $1)")
		for _, from := range []time.Time{{}, w.clk.Now().AddDate(0, 0, 7)} {
			w.way = access.Standing{From: from}
			for _, one := range []string{page, idOfNobody} {
				for name, err := range map[string]error{
					"read": second(w.s.One(w.peer("rosa"), one)), "list": second(w.s.Pages(w.peer("rosa"), "")), "take": second(w.s.Take(w.peer("rosa"))),
					"change": w.s.Change(w.peer("rosa"), one, 0, "x"), "erase": w.s.Erase(w.peer("rosa"), one), "erase all": second(w.s.EraseAll(w.peer("rosa"))),
					"write": w.s.Write(w.peer("rosa"), Entry{ID: w.id(), Kind: Recovery, Words: "x"}), "leave": w.s.Leave(w.peer("rosa"), one),
					"say": w.s.Say(w.peer("rosa"), one, Entry{ID: w.id(), Words: "x"}), "invite": w.s.Invite(w.peer("rosa"), one, []ref.Account{"kai"}),
					"stand": w.s.Standing(w.peer("rosa")), "a coordinator's": second(w.s.Pages(w.as("nobody", access.Coordinator), "")),
				} {
					var shut *ShutError
					if !errors.As(err, &shut) || !shut.From.Equal(from) {
						w.Errorf("%s: %v", name, err)
					}
				}
			}
		}
		if after := w.count("SELECT (SELECT COUNT(*) FROM audit_leaf WHERE tenant = $1) + (SELECT COUNT(*) FROM audit_queue WHERE tenant = $1)"); after != before {
			w.Error("something was written")
		}
		w.way = access.Standing{Open: true}
		w.readsJust(w.peer("rosa"), page, "Quillfeather")
	})
}

func second[T any](_ T, err error) error { return err }

// Each look and change is a leaf, with ids and hashes of sealed words and nothing
// else: not the kind, whose hash could be guessed.
func TestEachLookAndChangeIsALeaf(t *testing.T) {
	each(t, func(w *world) {
		page := w.wrote("rosa", Wellbeing, "Quillfeather")
		w.pages(w.peer("rosa"))
		w.readsJust(w.peer("rosa"), page, "Quillfeather")
		w.must(second(w.s.Take(w.peer("rosa"))))
		lock := w.lockOf(page)
		var leaves []audit.Leaf
		w.must(w.d.Read(w.peer("rosa"), func(tx *db.Tx) (err error) {
			leaves, err = audit.History(tx, lock, 20, 0)
			return err
		}))
		if len(leaves) != 4 {
			w.Errorf("%d leaves: %+v", len(leaves), leaves)
		}
		for _, l := range leaves {
			if l.Actor != "rosa" || len(l.Changes) > 1 || len(l.Changes) == 1 && l.Changes[0].Name != "words" {
				w.Errorf("%+v", l)
			}
		}
		w.must(w.d.Read(w.peer("rosa"), func(tx *db.Tx) error {
			about, err := audit.History(tx, "rosa", 20, 0)
			if len(about) != 0 {
				w.Error("a history by account names what they write")
			}
			return err
		}))
	})
}

func (w *world) lockOf(page string) (lock string) {
	w.Helper()
	w.must(w.d.Read(w.peer("rosa"), func(tx *db.Tx) error {
		return tx.Row("SELECT lock FROM workforce_entry WHERE tenant = $1 AND entry = $2", page).Scan(&lock)
	}))
	return lock
}

// A long list goes on, and ends.
func TestAListGoesOn(t *testing.T) {
	each(t, func(w *world) {
		for n := range shown + 3 {
			w.wrote("rosa", Recovery, fmt.Sprint("page ", n))
		}
		p := w.pages(w.peer("rosa"))
		if len(p.Mine) != shown || p.Older == "" || p.Mine[0].Words != fmt.Sprint("page ", shown+2) {
			w.Fatalf("%d %q", len(p.Mine), p.Older)
		}
		rest, err := w.s.Pages(w.peer("rosa"), p.Older)
		w.must(err)
		if len(rest.Mine) != 3 || rest.Older != "" || rest.Mine[2].Words != "page 0" {
			w.Errorf("%+v", rest.Mine)
		}
	})
}

func TestTheRecordsFitTheirTables(t *testing.T) {
	each(t, func(w *world) {
		for _, r := range []interface {
			Check() []string
			CheckTable(*db.Tx) ([]string, error)
		}{Entries(), Parts()} {
			bad := r.Check()
			w.must(w.d.Read(w.peer("rosa"), func(tx *db.Tx) error {
				more, err := r.CheckTable(tx)
				bad = append(bad, more...)
				return err
			}))
			if len(bad) > 0 {
				w.Error(bad)
			}
		}
	})
	if f, _ := Entries().Field("words"); !f.Sealed || f.Kind != field.Long || !id.Valid(idOfNobody) {
		t.Error("words lie open")
	}
}
