package handoff

import (
	"errors"
	"testing"
	"time"

	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// desk is a service's page, bound to a device.
func (w *world) desk(t *testing.T, d Destination) (k DeskKey) {
	t.Helper()
	err := w.d.Read(nurse(), func(tx *db.Tx) error {
		k.Token = ServiceToken(tx, d)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if k.Device, err = w.s.Bind(nurse(), k.Token, "press-"+string(d.ID)); err != nil {
		t.Fatal(err)
	}
	return k
}

func TestTheServiceSeesOnlyWhatConsentCovers(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		desk := w.desk(t, w.clinic)
		other := w.desk(t, w.house)
		r := w.ask(t, 1)
		w.walk(t, r.ID, StepAgree)
		d, err := w.s.DeskFor(nurse(), desk)
		if err != nil || len(d.Arrives) != 1 || d.Arrives[0].Name != "Blue" || d.Notice == "" {
			t.Fatalf("%+v, %v", d, err)
		}
		if d, err := w.s.DeskFor(nurse(), other); err != nil || len(d.Arrives) != 0 || d.Notice != "" {
			t.Errorf("another service sees %+v, %v", d, err)
		}
		if err := w.s.Receive(nurse(), other, r.ID, StepAccept, Input{Act: "x"}); !errs.Is(err, errs.NotFound) {
			t.Errorf("another service takes them: %v", err)
		}
		if err := w.s.Receive(nurse(), desk, r.ID, StepAccept, Input{Act: "y"}); err != nil {
			t.Error(err)
		}
		if err := w.take(t, r.ID, "rosa", StepTakeBack, Input{How: "spoken"}); err != nil {
			t.Fatal(err)
		}
		if d, err := w.s.DeskFor(nurse(), desk); err != nil || len(d.Arrives) != 0 {
			t.Errorf("after the yes was taken back: %+v, %v", d, err)
		}
		if err := w.s.Receive(nurse(), desk, r.ID, StepConnect, Input{Act: "z"}); !errs.Is(err, errs.NotFound) {
			t.Errorf("a step of the service after that: %v", err)
		}
	})
}

func TestADeskIsOneDevices(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		desk := w.desk(t, w.clinic)
		for name, dev := range map[string]string{"none": "", "another": "0123456789"} {
			if _, err := w.s.DeskFor(nurse(), DeskKey{desk.Token, dev}); !errs.Is(err, errs.NotFound) {
				t.Errorf("%s device: %v", name, err)
			}
		}
		if _, err := w.s.Bind(nurse(), desk.Token, "another press"); !errs.Is(err, errs.NotFound) {
			t.Errorf("bound twice: %v", err)
		}
		if again, err := w.s.Bind(nurse(), desk.Token, "press-"+string(w.clinic.ID)); err != nil || again != desk.Device {
			t.Errorf("the same press twice: %q, %v", again, err)
		}
		if err := w.s.Room(nurse(), desk, 4); err != nil {
			t.Fatal(err)
		}
		if err := w.s.NewDesk(as("coordinator", "cosmo"), w.clinic.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := w.s.DeskFor(nurse(), desk); !errs.Is(err, errs.NotFound) {
			t.Errorf("the old link: %v", err)
		}
		p, err := w.s.Places(as("coordinator", "cosmo"))
		if err != nil {
			t.Fatal(err)
		}
		fresh, err := w.s.DeskFor(nurse(), DeskKey{p.Desks[w.clinic.ID], desk.Device})
		if err != nil || fresh.Bound || fresh.To.Places != 4 {
			t.Errorf("the new link: %+v, %v", fresh, err)
		}
	})
}

func TestOnlyRoomThatCanBe(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		desk := w.desk(t, w.clinic)
		for _, n := range []int64{-1, 1000} {
			if err := w.s.Room(nurse(), desk, n); !errs.Is(err, errs.Invalid) {
				t.Errorf("%d places: %v", n, err)
			}
		}
		if err := w.s.Room(nurse(), DeskKey{desk.Token, "another"}, 3); !errs.Is(err, errs.NotFound) {
			t.Errorf("another device: %v", err)
		}
	})
}

func TestThePersonsOwnPage(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.ask(t, 1)
		own := func() (Own, error) { return w.s.OwnPage(nurse(), r.Own) }
		w.walk(t, r.ID, StepAccept)
		o, err := own()
		if err != nil || o.Name != "Blue" || o.PeerName != "work name of rosa" || !o.Covered || o.Service.Name != "Quay Clinic" {
			t.Fatalf("%+v, %v", o, err)
		}
		if err := w.s.OwnStep(nurse(), r.Own, StepConnect, Input{Act: "a"}); !errs.Is(err, errs.Denied) {
			t.Errorf("the person takes the service's step: %v", err)
		}
		if err := w.s.OwnStep(nurse(), r.Own, StepTakeBack, Input{Act: "b"}); err != nil {
			t.Fatal(err)
		}
		if o, err = own(); err != nil || o.State != Undisclosed || o.Covered || o.Service.Name != "" {
			t.Errorf("after the yes was taken back: %+v, %v", o, err)
		}
		if err := w.s.OwnStep(nurse(), r.Own, StepNotRight, Input{Act: "c"}); !errs.Is(err, errs.Invalid) {
			t.Errorf("nothing said was not right: %v", err)
		}
		if err := w.s.OwnStep(nurse(), r.Own, StepThanks, Input{Act: "d"}); err != nil {
			t.Fatal(err)
		}
		if o, err = own(); err != nil || !o.Thanked {
			t.Errorf("%+v, %v", o, err)
		}
		if err := w.s.NewCard(as("peer", "rosa"), r.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := own(); !errs.Is(err, errs.NotFound) {
			t.Errorf("the old card: %v", err)
		}
	})
}

func TestAfterADeathNothingOpens(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		desk := w.desk(t, w.clinic)
		r := w.ask(t, 1)
		w.walk(t, r.ID, StepIntro)
		if err := w.take(t, r.ID, "rosa", StepClose, Input{ClosedReason: "died"}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.s.OwnPage(nurse(), r.Own); !errs.Is(err, errs.NotFound) {
			t.Errorf("their own page: %v", err)
		}
		if _, err := w.s.OwnState(nurse(), r.Own); !errs.Is(err, errs.NotFound) {
			t.Errorf("its stream: %v", err)
		}
		// The service reads what it reads after any ending, and takes no step.
		if d, err := w.s.DeskFor(nurse(), desk); err != nil || len(d.Arrives) != 1 || d.Arrives[0].State != Closed || len(d.Arrives[0].Next) != 0 {
			t.Errorf("the service sees %+v, %v", d, err)
		}
	})
}

func TestAFloodIsKeptAndShown(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		var last Receipt
		for n := range Flood + 4 {
			last = w.ask(t, n)
		}
		b := w.board(t)
		if len(b.Waiting) != PageSize || !b.More || b.Held != 4 {
			t.Errorf("%d wait and %d are kept; want a page and 4", len(b.Waiting), b.Held)
		}
		if st, err := w.s.Status(nurse(), last.Token, ""); err != nil || st.Stage != Held {
			t.Errorf("whoever asked sees %q, %v", st.Stage, err)
		}
		kept, err := w.s.Lane(as("peer", "rosa"), LaneHeld)
		if err != nil || len(kept) != 4 {
			t.Fatalf("%d kept, %v", len(kept), err)
		}
		if err := w.take(t, last.ID, "rosa", StepRelease, Input{}); err != nil {
			t.Fatal(err)
		}
		if b := w.board(t); b.Held != 3 {
			t.Errorf("after one was let in, %d are kept", b.Held)
		}
		w.clk.Add(61e9)
		if r := w.ask(t, 990); r.ID == "" {
			t.Error("a minute later nothing comes in")
		}
		if b := w.board(t); b.Held != 3 {
			t.Errorf("a minute later %d are kept", b.Held)
		}
	})
}

func TestANewLinkEndsTheOld(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		if err := w.s.NewLink(as("coordinator", "cosmo"), w.site.ID); err != nil {
			t.Fatal(err)
		}
		_, old := w.s.SiteByLink(nurse(), w.token)
		_, never := w.s.SiteByLink(nurse(), "t1nothing")
		if errs.KindOf(old) != errs.NotFound || errs.KindOf(never) != errs.NotFound {
			t.Errorf("the old link says %v, one that never was says %v", old, never)
		}
	})
}

func TestTheDoorsAskWhatTheyShould(t *testing.T) {
	for _, d := range Doors() {
		asks := append(append([]string{}, d.First...), d.More...)
		if len(asks) > 8 {
			t.Errorf("%s asks %d questions; eight is the most", d.Value, len(asks))
		}
		for _, column := range asks {
			_, one := Handoffs().Field(column)
			if _, two := personField(column); !one && !two {
				t.Errorf("%s asks %q, which nobody holds", d.Value, column)
			}
		}
	}
}

func TestAFriendIsAPersonOfTheirOwn(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		site, _, err := w.s.AddSite(as("coordinator", "cosmo"), Site{Name: "Family", Door: DoorFamily})
		if err != nil {
			t.Fatal(err)
		}
		r, err := w.s.Ask(nurse(), Ask{Act: "f", Site: site.ID})
		if err != nil {
			t.Fatal(err)
		}
		d, err := w.s.View(as("peer", "rosa"), r.ID)
		if err != nil || d.Source != DoorFamily || d.Answer != "yes" || d.Handoff.Person == ref.Person(personOf(t, w, w.ask(t, 5).ID)) {
			t.Errorf("%+v, %v", d.Handoff, err)
		}
	})
}

func personField(column string) (any, bool) {
	f, ok := people.Persons().Field(column)
	return f, ok
}

// TestAServiceExpectsNobodyInAHundredYears: a year that was typed wrong is said where it
// is typed, before the person reads it.
func TestAServiceExpectsNobodyInAHundredYears(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.ask(t, 1)
		w.walk(t, r.ID, StepAgree)
		desk := w.desk(t, w.clinic)
		expects := func(act string, ahead time.Duration) error {
			return w.s.Receive(nurse(), desk, r.ID, StepAccept, Input{Act: act, Slot: w.clk.Now().Add(ahead)})
		}
		var e *errs.Error
		if err := expects("far", slotMost+time.Minute); !errors.As(err, &e) || e.Kind != errs.Invalid || e.Place != "slot" {
			t.Errorf("in more than a year: %v", err)
		}
		if err := expects("near", 300*24*time.Hour); err != nil {
			t.Errorf("in less than a year: %v", err)
		}
	})
}
