package app

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"alongside/domain/access"
	"alongside/domain/audit"
	"alongside/domain/consent"
	"alongside/domain/disclose"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/notify"
	"alongside/platform/scope"
)

// closed is one thing that was given, and then taken back after a copy was made.
type closed struct {
	word  string // of endings
	give  func() error
	end   func() error
	opens func(a *App) bool
}

// What was ended since the copy was made stays ended: an agreement, a channel, a
// calendar's link, a way by which somebody is reached, a number that is another's now, a
// service that treats somebody no longer. Without the newer list each stands again.
func TestARestoreOpensNothingThatWasShut(t *testing.T) {
	w := newTown(t)
	things := w.closings()
	for name, c := range things {
		if err := c.give(); err != nil || !c.opens(w.a) {
			t.Fatalf("%s: given %v", name, err)
		}
	}
	c := w.copied()
	for name, c := range things {
		if err := c.end(); err != nil || c.opens(w.a) {
			t.Fatalf("%s: ended %v", name, err)
		}
	}
	old, _ := w.putBack(c.data, c.keys, "")
	now, did := w.putBack(c.data, w.newest(), "")
	count := map[string]int{}
	for name, c := range things {
		count[c.word]++
		if !c.opens(old) {
			t.Errorf("%s: the test proves nothing: it does not stand in the copy", name)
		}
		if c.opens(now) {
			t.Errorf("%s: it stands again", name)
		}
	}
	for word, n := range count {
		if did.Ended[word] != n {
			t.Errorf("%s: %d, want %d", word, did.Ended[word], n)
		}
	}
	if says := did.words(place{}); !strings.Contains(says, "Held again: demands of a court or the police 1.") || strings.Contains(says, "demands 1,") {
		t.Errorf("of the demand it says: %s", says)
	}
}

// What was given back meanwhile is ended too by a restore, and can be given once more.
func TestWhatWasGivenAgainBeforeTheCopyStands(t *testing.T) {
	w := newTown(t)
	things := w.closings()
	for name, c := range things {
		w.must(c.give())
		w.must(c.end())
		if name == "an agreement" {
			continue // what is over stays over
		}
		w.a.Clock.(*clock.Fake).Add(time.Minute)
		w.must(c.give())
	}
	w.a.Clock.(*clock.Fake).Add(2 * straddles)
	c := w.copied()
	b, did := w.putBack(c.data, w.newest(), "")
	for name, c := range things {
		if name != "an agreement" && name != "a calendar's link" && !c.opens(b) {
			t.Errorf("%s was ended: %v", name, did.Ended)
		}
	}
}

// Whatever is noted as taken back is done again by a restore: each kind that the code
// names in a note is named where a restore goes by it.
func TestEverySortOfTakingBackIsDoneAgain(t *testing.T) {
	var sources, doers string
	kinds := regexp.MustCompile(`TakenBack\((\w+),`)
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		b, err := os.ReadFile(path)
		sources += string(b)
		if strings.HasSuffix(path, "access/again.go") || strings.HasPrefix(path, "../app/again") {
			doers += string(b)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	found := kinds.FindAllStringSubmatch(sources, -1)
	if len(found) < 10 {
		t.Fatalf("the test proves nothing: %d notes", len(found))
	}
	for _, m := range found {
		if m[1] != "kind" && !strings.Contains(doers, m[1]) {
			t.Errorf("%s is noted, and no restore does it again", m[1])
		}
	}
}

func (w *town) closings() map[string]closed {
	peer := w.guest("here", access.Peer, own)
	self := scope.With(w.Context(), scope.Scope{Tenant: string(w.orgs["here"].ID), Actor: string(peer.account), Role: access.Peer, Purpose: scope.Treatment})
	lead := func() context.Context {
		return scope.With(w.Context(), scope.Scope{Tenant: string(w.orgs["here"].ID), Actor: "the lead", Role: access.Supervisor, Purpose: scope.Operations})
	}
	in := func(do func(tx *db.Tx) error) error { return w.a.DB.Write(w.operator("here"), do) }
	texts := walksWith(w.T, w.a, string(w.orgs["here"].ID), peer.account, people.Person{Name: "Wigeon", Phone: "555-0190"})
	moves := walksWith(w.T, w.a, string(w.orgs["here"].ID), peer.account, people.Person{Name: "Bluejay", Phone: "555-0191"})
	treated, clinic := ref.Person(w.ids["here"]["person"]), ref.Recipient(w.ids["here"]["service"])
	var agreement ref.Agreement
	return map[string]closed{
		"an agreement": {
			"agreements",
			func() error {
				return in(func(tx *db.Tx) error {
					a, err := w.a.Door.Agree(tx, disclose.Agreement{
						Kind: disclose.Audit, Who: "Made-up Auditor", Body: "Made-up Health Board", Ground: "agency", Aim: "are people met in time",
						Paper: "signed, blue binder", Promises: []string{"back-only"}, What: []string{consent.Status},
					}, 30)
					agreement = a.ID
					return err
				})
			},
			func() error { return in(func(tx *db.Tx) error { return w.a.Door.EndAgreement(tx, agreement) }) },
			func(a *App) (open bool) {
				w.must(a.DB.Read(lead(), func(tx *db.Tx) error {
					all, err := a.Door.AllAgreements(tx)
					open = len(all) == 1 && all[0].EndedAt.IsZero()
					return err
				}))
				return open
			},
		},
		"a channel": {
			"channels",
			func() error {
				return w.a.openChannel(w.operator("here"), notify.SMS, notify.NotNeeded, "a modem of our own")
			},
			func() error { return w.a.openChannel(w.operator("here"), notify.SMS, "", "") },
			func(a *App) bool {
				all, err := a.openings(w.operator("here"))
				w.must(err)
				return len(all) > 0 && all[len(all)-1].ShutAt.IsZero()
			},
		},
		"a demand of a court":      w.demand(treated),
		"a calendar's link":        w.calendar(self),
		"a telephone that is lost": w.telephone(self),
		"somebody wrote STOP": {
			"ways to reach somebody",
			func() error { return w.change(texts, func(p *people.Person) { p.Texts = true }) },
			func() error { return w.change(texts, func(p *people.Person) { p.Texts = false }) },
			func(a *App) bool { return w.who(a, texts).Texts },
		},
		"a number that is another's now": {
			"ways to reach somebody",
			func() error {
				return w.change(moves, func(p *people.Person) { p.Phone, p.NoCalls = "555-0191", false })
			},
			func() error { return w.change(moves, func(p *people.Person) { p.Phone = "555-0199" }) },
			func(a *App) bool { p := w.who(a, moves); return p.Phone == "555-0191" && p.MayRing() },
		},
		"a service of one's own": {
			"services of one's own",
			func() error {
				return in(func(tx *db.Tx) error { return w.a.Consents.NoteMine(tx, treated, clinic, true) })
			},
			func() error {
				return in(func(tx *db.Tx) error { return w.a.Consents.NoteMine(tx, treated, clinic, false) })
			},
			func(a *App) (is bool) {
				w.must(a.DB.Read(w.operator("here"), func(tx *db.Tx) error {
					var n int
					err := tx.Row("SELECT COUNT(*) FROM consent_mine WHERE tenant = $1 AND person = $2 AND until_at = 0", treated).Scan(&n)
					is = n > 0
					return err
				}))
				return is
			},
		},
	}
}

// demand is that nothing about somebody is held, until a demand holds it.
func (w *town) demand(person ref.Person) closed {
	lead := w.guest("here", access.Supervisor, own)
	as := scope.With(w.Context(), scope.Scope{Tenant: string(w.orgs["here"].ID), Actor: string(lead.account), Role: access.Supervisor, Purpose: scope.Operations})
	var last disclose.Demand
	return closed{
		heldAgain,
		func() error {
			return w.a.DB.Write(as, func(tx *db.Tx) error {
				if last.ID == "" {
					return nil
				}
				return w.a.Door.Decide(tx, last.ID, disclose.Refuse, "", "A made-up reason.")
			})
		},
		func() error {
			return w.a.DB.Write(as, func(tx *db.Tx) (err error) {
				last, err = w.a.Door.Hold(tx, disclose.Demand{Person: person, Kind: "police", FromWhom: "Made-up Constable", Decider: lead.account})
				return err
			})
		},
		func(a *App) (open bool) {
			w.must(a.DB.Read(as, func(tx *db.Tx) error {
				held, err := a.Door.Holds(tx, person)
				open = !held
				return err
			}))
			return open
		},
	}
}

// telephone is one that a peer is told by, and loses.
func (w *town) telephone(self context.Context) closed {
	var device string
	return closed{
		"devices",
		func() error {
			return w.a.DB.Write(self, func(tx *db.Tx) (err error) {
				device, err = notify.AddDevice(tx, notify.Device{Account: tx.Scope().Actor, Channel: notify.SMS, Address: "+15550144", Language: "en"})
				return err
			})
		},
		func() error {
			return w.a.DB.Write(self, func(tx *db.Tx) error { return notify.RemoveDevice(tx, device) })
		},
		func(a *App) (there bool) {
			w.must(a.DB.Read(self, func(tx *db.Tx) error {
				all, err := notify.OwnDevices(tx)
				there = len(all) > 0
				return err
			}))
			return there
		},
	}
}

// calendar is the link that stood when the copy was made.
func (w *town) calendar(self context.Context) closed {
	var link string
	fresh := func() error { return w.a.Rota.NewFeed(self) }
	return closed{
		"calendar links",
		func() error {
			if err := fresh(); err != nil {
				return err
			}
			m, err := w.a.Rota.Mine(self)
			link = m.Feed
			return err
		},
		fresh,
		func(a *App) bool {
			_, err := a.Rota.Feed(self, link, "Shift")
			if err != nil && !errs.Is(err, errs.NotFound) {
				w.must(err)
			}
			return err == nil
		},
	}
}

func (w *town) change(person ref.Person, how func(*people.Person)) error {
	return w.a.DB.Write(w.operator("here"), func(tx *db.Tx) error {
		before, err := people.New().Find(tx, person)
		if err != nil {
			return err
		}
		after := before
		how(&after)
		if _, err := people.New().Update(tx, before, after); err != nil {
			return err
		}
		return audit.Record(tx, audit.Entry{Kind: audit.Change, Action: "people.change"}, string(person))
	})
}

func (w *town) who(a *App, person ref.Person) (out people.Person) {
	w.Helper()
	w.must(a.DB.Write(w.operator("here"), func(tx *db.Tx) (err error) {
		out, err = people.New().Find(tx, person)
		tx.Settle(string(person))
		return err
	}))
	return out
}
