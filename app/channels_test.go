package app

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"alongside/domain/access"
	"alongside/domain/rota"
	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/db/dbtest"
	"alongside/platform/job"
	"alongside/platform/notify"
	"alongside/platform/page"
)

// farEnd is a channel that says what the test wants, and keeps to whom letters went.
type farEnd struct {
	says error
	to   []string
}

func (f *farEnd) Send(_ context.Context, l notify.Letter) error {
	f.to = append(f.to, l.Address)
	return f.says
}

func (w *town) post(g guest, path string, form url.Values) answer {
	w.Helper()
	form.Set("act", page.NewAct(noon()))
	return w.ask(g, http.MethodPost, path, form)
}

// posted is post of a form that is taken.
func (w *town) posted(g guest, path string, form url.Values) {
	w.Helper()
	if a := w.post(g, path, form); a.status != http.StatusSeeOther {
		w.Fatalf("%s: %d %s", path, a.status, a.body)
	}
}

func (w *town) bringOut() {
	w.Helper()
	_, err := job.NewRunner(w.a.DB, w.a.Clock, dbtest.Log(w.T), w.a.bells()).In(job.Outside).Sweep(w.Context())
	w.must(err)
}

// An administrator opens a way on a page: only with a reason that can be checked, which
// then stands there; and shuts it again.
func TestAWayIsOpenedAndShutOnAPage(t *testing.T) {
	w := newTown(t)
	admin := w.guest("here", access.Administrator, own)
	w.see(admin, "/", []string{"Nothing wakes a peer yet", `href="/channels"`})
	w.see(w.guest("here", access.Coordinator, own), "/", nil, "Nothing wakes a peer yet")
	w.see(admin, "/channels", []string{"E-mail", "Text message", "Notification", "It was never opened", "ALONGSIDE_SMTP", "ALONGSIDE_SMS"}, "Open since")
	for what, c := range map[string]struct {
		form url.Values
		says string
	}{
		"no basis":  {url.Values{"why": {"BAA with Example Mail of 3 May 2026"}}, "error.pick-one"},
		"no reason": {url.Values{"basis": {notify.Agreement}, "why": {" Signed  "}}, "rota.error.channel-why"},
	} {
		a := w.post(admin, "/channels/mail/open", c.form)
		if a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, w.a.english().T(c.says)) || strings.Count(a.body, "<details open>") != 1 {
			t.Errorf("%s: %d %s", what, a.status, a.body)
		}
		to := regexp.MustCompile(`<a href="#(f-mail-\w+)">`).FindStringSubmatch(a.body)
		if to == nil || !strings.Contains(a.body, `id="`+to[1]+`"`) {
			t.Errorf("%s: the summary leads to no field: %v", what, to)
		}
	}
	if a := w.post(admin, "/channels/pigeon/open", url.Values{"basis": {notify.NotNeeded}, "why": {"a bird is no processor"}}); a.status != http.StatusUnprocessableEntity {
		t.Errorf("by pigeon: %d", a.status)
	}
	w.posted(admin, "/channels/mail/open", url.Values{"basis": {notify.Agreement}, "why": {"BAA with Example Mail of 3 May 2026"}})
	w.see(admin, "/channels", []string{"Open since", "BAA with Example Mail of 3 May 2026", "Not set up"})
	w.see(admin, "/", []string{"Nothing wakes a peer yet"}) // it is open, and the program has no way
	w.a.Gate.Channels[notify.Mail] = &farEnd{}
	w.see(admin, "/", nil, "Nothing wakes a peer yet")
	w.see(w.guest("there", access.Administrator, own), "/channels", []string{"It was never opened"}, "BAA with")
	w.posted(admin, "/channels/mail/shut", url.Values{})
	w.see(admin, "/channels", []string{"It was shut"}, "Open since")
}

var tryPath = regexp.MustCompile(`/rota/reach/[^/"]+/try`)

// A peer sees at each way whether it is in use, lets one message come to try it, and
// learns that it was turned away. The administrator sees that one was, and of whom and
// where to nothing.
func TestAPeerTriesHowTheyAreTold(t *testing.T) {
	w := newTown(t)
	far := &farEnd{}
	w.a.Gate.Channels[notify.Mail] = far
	admin, peer, other := w.guest("here", access.Administrator, own), w.guest("here", access.Peer, own), w.guest("here", access.Peer, own)
	w.posted(peer, "/rota/reach/mail", url.Values{"mail": {"okapi@made-up.example"}})
	w.see(peer, "/rota/mine", []string{"Not in use now: E-mail"}, "/try\"")
	w.see(peer, "/today", []string{"You are told on open pages only"})
	w.posted(admin, "/channels/mail/open", url.Values{"basis": {notify.NotNeeded}, "why": {"our own mail server, in this house"}})
	try := tryPath.FindString(w.see(peer, "/rota/mine", []string{"Send me one to try it"}, "Not in use now"))
	w.see(peer, "/today", nil, "You are told on open pages only")
	if a := w.post(other, try, url.Values{}); a.status != http.StatusNotFound {
		t.Errorf("another's: %d", a.status)
	}
	w.posted(peer, try, url.Values{})
	w.see(peer, "/rota/mine?done=tried", []string{"A message is on its way", "A message waits since"})
	w.bringOut()
	if len(far.to) != 1 || far.to[0] != "okapi@made-up.example" {
		t.Fatalf("went to %q", far.to)
	}
	w.see(peer, "/rota/mine", []string{"The last message went out"})
	far.says = notify.ErrRefused
	w.a.Clock.(*clock.Fake).Add(time.Minute)
	w.posted(peer, try, url.Values{})
	w.bringOut()
	w.see(peer, "/rota/mine", []string{"The last message was turned away"})
	w.see(admin, "/channels", []string{"A message could not be brought"}, "okapi", string(peer.account))
	w.posted(admin, "/channels/mail/shut", url.Values{})
	if a := w.post(peer, try, url.Values{}); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "Not in use now") {
		t.Errorf("tried by a way that is shut: %d", a.status)
	}
}

// When a way is shut, who works here and chose it is told by the others they chose, and
// by nothing else; who chose none but that sees it on Today.
func TestWhoReliesOnAShutWayIsTold(t *testing.T) {
	w := newTown(t)
	mail, sms := &farEnd{}, &farEnd{}
	w.a.Gate.Channels[notify.Mail], w.a.Gate.Channels[notify.SMS] = mail, sms
	admin, peer, other := w.guest("here", access.Administrator, own), w.guest("here", access.Peer, own), w.guest("here", access.Peer, own)
	for _, c := range []string{notify.Mail, notify.SMS} {
		w.posted(admin, "/channels/"+c+"/open", url.Values{"basis": {notify.NotNeeded}, "why": {"made up for this test"}})
	}
	w.posted(peer, "/rota/reach/mail", url.Values{"mail": {"okapi@made-up.example"}})
	w.posted(peer, "/rota/reach/sms", url.Values{"sms": {"+1 555 010 0133"}})
	w.posted(other, "/rota/reach/mail", url.Values{"mail": {"quagga@made-up.example"}})
	w.posted(admin, "/channels/sms/shut", url.Values{})
	w.posted(admin, "/channels/sms/shut", url.Values{}) // again is the same
	w.bringOut()
	if len(sms.to) != 0 || len(mail.to) != 1 || mail.to[0] != "okapi@made-up.example" {
		t.Errorf("by text %q, by e-mail %q", sms.to, mail.to)
	}
	w.see(peer, "/today", nil, "You are told on open pages only")
	w.posted(admin, "/channels/mail/shut", url.Values{})
	w.bringOut()
	w.see(peer, "/today", []string{"You are told on open pages only"})
	if len(mail.to) != 1 {
		t.Errorf("by a way that is shut went %q", mail.to)
	}
}

// What a coordinator ticks on the ladder and cannot be used is said there.
func TestTheLadderSaysWhatIsNotInUse(t *testing.T) {
	w := newTown(t)
	lead := w.guest("here", access.Coordinator, own)
	w.see(lead, "/rota/ladder", []string{"Not in use now: Notification, E-mail, Text message"})
	w.must(w.a.openChannel(w.operator("here"), notify.Push, notify.NotNeeded, "sealed for the browser alone"))
	w.see(lead, "/rota/ladder", []string{"Not in use now: E-mail, Text message"}, "Not in use now: Notification")
	w.must(w.a.DB.Read(w.operator("here"), func(tx *db.Tx) error {
		only, err := w.a.Rota.OpenPagesOnly(tx)
		if only {
			t.Error("who chose no way is told that it is not in use")
		}
		return err
	}))
	if rota.Setting(notify.Push) != "" {
		t.Error("notifications need a setting")
	}
}
