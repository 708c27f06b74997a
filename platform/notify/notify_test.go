package notify

import (
	"errors"
	"strings"
	"testing"
	"time"

	"alongside/platform/db"
	"alongside/platform/errs"
)

func TestAChannelOutOfTheBuildingIsShutUntilSomebodyWroteDownWhy(t *testing.T) {
	each(t, func(w *world) {
		w.device(Mail, "rosa@example.org")
		w.send("m1")
		w.sweep()
		if len(w.mail.letters) != 0 || len(w.app.letters) != 1 {
			w.Fatal("mail", len(w.mail.letters), "app", len(w.app.letters))
		}
		w.open(Mail)
		w.send("m2")
		w.sweep()
		if len(w.mail.letters) != 1 || w.mail.letters[0].Address != "rosa@example.org" || w.mail.letters[0].Text != "es:x.waits" {
			w.Fatalf("%+v", w.mail.letters)
		}
		w.write(func(tx *db.Tx) error { return ShutChannel(tx, Mail) })
		w.send("m3")
		w.sweep()
		if len(w.mail.letters) != 1 {
			w.Fatal("a letter went out by a channel that is shut")
		}
	})
}

func TestAChannelShutWhileALetterWaitsKeepsItBack(t *testing.T) {
	each(t, func(w *world) {
		w.open(Mail)
		d := w.device(Mail, "rosa@example.org")
		w.send("m")
		w.write(func(tx *db.Tx) error { return ShutChannel(tx, Mail) })
		w.sweep()
		if len(w.mail.letters) != 0 || w.state("m", d) != Off {
			w.Fatal(w.mail.letters, w.state("m", d))
		}
	})
}

// An account that was paused or lost its role while a letter waits for it gets
// none, on no channel; one that did not gets it.
func TestALetterAsksWhetherItsAccountMayStillBeTold(t *testing.T) {
	each(t, func(w *world) {
		w.open(Mail)
		d := w.device(Mail, "rosa@example.org")
		may := true
		w.g.Still = func(_ *db.Tx, account, word string) (bool, error) {
			return may && account == w.rosa && word == "x.waits", nil
		}
		w.send("m1")
		w.sweep()
		if len(w.mail.letters) != 1 || len(w.app.letters) != 1 {
			w.Fatal("while it may", w.mail.letters, w.app.letters)
		}
		w.send("m2")
		may = false
		w.sweep()
		if len(w.mail.letters) != 1 || len(w.app.letters) != 1 || w.state("m2", d) != Stopped {
			w.Error("once it may not", w.mail.letters, w.app.letters, w.state("m2", d))
		}
		may = true
		w.sweep()
		if len(w.mail.letters) != 1 {
			w.Error("a letter that was stopped came to life again")
		}
	})
}

func TestOpeningNeedsAReasonAndIsRemembered(t *testing.T) {
	each(t, func(w *world) {
		for _, bad := range [][3]string{{"app", NotNeeded, "long enough a reason"}, {Mail, "", "long enough a reason"}, {Mail, Agreement, "short"}} {
			err := w.d.Write(w.as("x"), func(tx *db.Tx) error { return OpenChannel(tx, bad[0], bad[1], bad[2]) })
			if !errs.Is(err, errs.Invalid) {
				w.Error(bad, err)
			}
		}
		w.open(SMS)
		w.clk.Add(time.Second)
		w.open(SMS)
		w.write(func(tx *db.Tx) error {
			all, err := Openings(tx)
			if len(all) != 2 || all[0].OpenedBy != "coordinator" || all[0].ShutAt.IsZero() == all[1].ShutAt.IsZero() {
				w.Errorf("%+v", all)
			}
			return err
		})
	})
}

func TestTwoCausesAndRetriesAreOneLetterOnADevice(t *testing.T) {
	each(t, func(w *world) {
		w.open(Mail)
		w.device(Mail, "rosa@example.org")
		down := 2
		w.mail.then = func(Letter) error {
			if down--; down >= 0 {
				return errors.New("dial rosa@example.org: away")
			}
			return nil
		}
		w.send("m")
		w.send("m")
		for range 6 {
			w.sweep()
			w.clk.Add(20 * time.Second)
		}
		w.send("m")
		w.sweep()
		ids := map[string]bool{}
		for _, l := range w.mail.letters {
			ids[l.ID] = true
		}
		if len(w.mail.letters) != 3 || len(ids) != 1 || len(w.app.letters) != 1 {
			w.Fatal(len(w.mail.letters), ids, len(w.app.letters))
		}
	})
}

func TestStoppedLateAndGone(t *testing.T) {
	each(t, func(w *world) {
		w.open(Mail)
		d := w.device(Mail, "rosa@example.org")
		w.send("stopped")
		w.write(func(tx *db.Tx) error { return w.g.Stop(tx, "stopped") })
		w.send("late")
		w.clk.Add(time.Hour + time.Second)
		w.sweep()
		if len(w.mail.letters) != 0 || w.state("stopped", d) != Stopped || w.state("late", d) != Late {
			w.Fatal(w.mail.letters, w.state("stopped", d), w.state("late", d))
		}
		w.mail.then = func(Letter) error { return ErrGone }
		w.send("gone")
		w.sweep()
		w.send("after")
		w.sweep()
		if len(w.mail.letters) != 1 || w.state("gone", d) != Gone {
			w.Fatal("a device that is gone was written to again")
		}
	})
}

func TestATextMessageWhoseFateIsUnknownIsNotSentAgain(t *testing.T) {
	each(t, func(w *world) {
		w.open(SMS)
		d := w.device(SMS, "+15550100")
		w.sms.then = func(Letter) error { return errs.New(errs.Unavailable, "busy", "") }
		w.send("m")
		w.sweep()
		w.sms.then = func(Letter) error { panic("the program dies here") } // after "trying", before any answer
		w.clk.Add(time.Minute)
		w.sweep()
		w.sms.then = nil
		for range 5 {
			w.clk.Add(time.Minute)
			w.sweep()
		}
		if len(w.sms.letters) != 2 || w.state("m", d) != Unsure {
			w.Fatal(len(w.sms.letters), w.state("m", d))
		}
	})
}

func TestNothingButTheListGoesOut(t *testing.T) {
	each(t, func(w *world) {
		for _, m := range []Message{
			{Key: "k", Word: "Rosa, please go to bay 7", Path: "/board"},
			{Key: "k", Word: "x.waits", Path: "//elsewhere.example"},
			{Key: "k", Word: "x.waits", Path: "https://elsewhere.example"},
		} {
			err := w.d.Write(w.as("x"), func(tx *db.Tx) error { return w.g.Send(tx, m) })
			if !errs.Is(err, errs.Internal) {
				w.Error(m, err)
			}
		}
	})
}

func TestALinkLeadsOnOnlyForItsAccount(t *testing.T) {
	each(t, func(w *world) {
		w.send("m")
		w.sweep()
		token := strings.TrimPrefix(w.app.letters[0].Link, "https://a.example/o/")
		open := func(who string) (path string, err error) {
			err = w.d.Read(w.as(who), func(tx *db.Tx) error { path, err = w.g.Open(tx, token); return err })
			return path, err
		}
		if path, err := open(w.rosa); path != "/board" || err != nil {
			w.Fatal(path, err)
		}
		if _, err := open(w.rosaNot); !errs.Is(err, errs.NotFound) {
			w.Fatal(err)
		}
		w.clk.Add(LinkLife + time.Second)
		if _, err := open(w.rosa); !errs.Is(err, errs.NotFound) {
			w.Fatal(err)
		}
		if err := w.g.Purge(w.as("x")); err != nil {
			w.Fatal(err)
		}
	})
}

func TestAddressesAreSealedAndNothingPersonalIsLogged(t *testing.T) {
	each(t, func(w *world) {
		w.open(Mail)
		d := w.device(Mail, "rosa@example.org")
		w.g.Channels[Mail] = Post{Host: "127.0.0.1", Port: 1, From: "alongside@a.example"}
		w.send("m")
		w.sweep()
		if s := w.log.String(); !strings.Contains(s, "mail server was not reached") || strings.Contains(s, "rosa@") || strings.Contains(s, w.rosa) {
			w.Fatal(s)
		}
		var kept []byte
		w.write(func(tx *db.Tx) error {
			return tx.Row("SELECT address FROM notify_device WHERE tenant = $1 AND device = $2", d).Scan(&kept)
		})
		if len(kept) == 0 || strings.Contains(string(kept), "rosa") {
			w.Fatal("the address is not sealed")
		}
		err := w.d.Write(w.as(w.rosaNot), func(tx *db.Tx) error { return RemoveDevice(tx, d) })
		if !errs.Is(err, errs.NotFound) {
			w.Fatal("another's device could be removed:", err)
		}
		if err := w.d.Write(w.as(w.rosa), func(tx *db.Tx) error { return RemoveDevice(tx, d) }); err != nil {
			w.Fatal(err)
		}
	})
}
