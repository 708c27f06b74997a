package app

import (
	"errors"
	"strings"
	"testing"
	"time"

	"alongside/domain/access"
	"alongside/platform/db"
	"alongside/platform/notify"
)

// The ways to the peers' telephones are down: the nurse's page does not say only that
// they were asked. It says that no telephone may have heard, and gives the number to
// call, before the ladder comes to it; and takes that back when a message goes out.
func TestTheNurseIsToldThatNoTelephoneMayHaveHeard(t *testing.T) {
	w := newLadderTown(t)
	h, err := w.Handler()
	if err != nil {
		t.Fatal(err)
	}
	far := &farEnd{says: errors.New("no answer")}
	w.Gate.Channels[notify.Mail] = far
	err = w.Rota.OpenChannel(w.as(t, access.Administrator, "ada"), notify.Mail, notify.NotNeeded, "It says nothing of anyone.")
	if err != nil {
		t.Fatal(err)
	}
	err = w.DB.Write(w.as(t, access.Peer, w.rosa), func(tx *db.Tx) error {
		_, err := notify.AddDevice(tx, notify.Device{Account: string(w.rosa), Channel: notify.Mail, Address: "rosa@made-up.example"})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	const unheard, number = "we do not know if a phone has heard of it", "tel:5550100"
	r := w.ask(t, w.Handoffs, 1)
	says := func(when string, want bool) {
		t.Helper()
		text := w.statusPage(t, h, r.Token)
		if strings.Contains(text, unheard) != want || strings.Contains(text, number) != want {
			t.Errorf("%s: %v expected: %s", when, want, text)
		}
	}
	w.wait(t, 15*time.Second)
	says("a first try may go wrong", false)
	w.wait(t, time.Minute)
	if len(far.to) < 2 {
		t.Fatal("it was not tried again", far.to)
	}
	says("nothing has gone out for a minute", true)
	far.says = nil
	w.wait(t, time.Minute)
	says("the message went out", false)
}
