package app

import (
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"alongside/domain/access"
	"alongside/domain/people"
	"alongside/platform/job"
	"alongside/platform/notify"
	"alongside/platform/page"
)

// A peer types a text on a person's page; it lies in the folder from which the
// site's modem sends, once, and nothing of it is in the log.
func TestATextGoesThroughTheFolder(t *testing.T) {
	w := newTown(t)
	var log strings.Builder
	w.a.Gate.Channels[notify.SMS] = notify.Drop{Dir: t.TempDir()}
	dir := w.a.Gate.Channels[notify.SMS].(notify.Drop).Dir
	peer := w.guest("here", access.Peer, own)
	blue := walksWith(t, w.a, string(w.orgs["here"].ID), peer.account, people.Person{Name: "Blue", Phone: "555-0100", Texts: true})
	path := "/walk/" + string(blue)
	w.see(peer, path, []string{"sms:555", "They see your number"}, "/text\"")
	w.must(w.a.openChannel(w.operator("here"), notify.SMS, notify.NotNeeded, "a modem of our own"))
	w.see(peer, path, []string{path + "/text"}, "sms:555")
	form := url.Values{"act": {page.NewAct(noon())}, "words": {"Zebra crossing, at ten past."}}
	for range 2 {
		if got := w.ask(peer, http.MethodPost, path+"/text", form); got.status != http.StatusSeeOther {
			t.Fatalf("%d\n%s", got.status, got.body)
		}
	}
	w.see(peer, path, []string{"Zebra crossing, at ten past.", "on its way"})
	runner := job.NewRunner(w.a.DB, w.a.Clock, slog.New(slog.NewTextHandler(&log, nil)), w.a.Gate.Jobs()).In(job.Outside)
	_, err := runner.Sweep(t.Context())
	w.must(err)
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	w.must(err)
	if len(files) != 1 {
		t.Fatalf("%d files; the log says %s", len(files), log.String())
	}
	body, err := os.ReadFile(files[0])
	w.must(err)
	if !strings.Contains(string(body), `"to":"5550100","text":"Zebra crossing, at ten past."}`) {
		t.Errorf("in the folder: %s", body)
	}
	if strings.Contains(log.String(), "Zebra") || strings.Contains(log.String(), "555") {
		t.Errorf("the log says %s", log.String())
	}
	w.see(peer, path, []string{"Zebra crossing, at ten past."}, "on its way")
	w.see(w.guest("here", access.Peer, own), "/today", nil, "Zebra")
	long := url.Values{"act": {page.NewAct(noon())}, "words": {strings.Repeat("Zebra ", 60)}}
	if got := w.ask(peer, http.MethodPost, path+"/text", long); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "at most 300") || !strings.Contains(got.body, "Zebra Zebra") {
		t.Errorf("too long: %d", got.status)
	}
}
