package app

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"alongside/domain/access"
	"alongside/domain/engagement"
	"alongside/domain/people"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/scope"
)

// knock sends what a provider sends.
func (w *town) knock(path, kind, sign string, body string) answer {
	w.Helper()
	r, err := http.NewRequestWithContext(w.Context(), http.MethodPost, w.url+path, strings.NewReader(body))
	w.must(err)
	r.Header.Set("Content-Type", kind)
	r.Header.Set("X-Signature", sign)
	res, err := http.DefaultTransport.RoundTrip(r)
	w.must(err)
	defer res.Body.Close()
	var said bytes.Buffer
	_, err = said.ReadFrom(res.Body)
	w.must(err)
	return answer{status: res.StatusCode, body: said.String()}
}

// Two providers' forms come in by an organisation's address, and by no other; what
// came in is where it belongs, and nothing of it in a log or in another
// organisation.
func TestATextComesInByItsDoor(t *testing.T) {
	w := newTown(t)
	here := string(w.orgs["here"].ID)
	peer := w.guest("here", access.Peer, own)
	blue := walksWith(t, w.a, here, peer.account, people.Person{Name: "Blue", Phone: "555-0177", Texts: true})
	door, err := w.a.Day.TextDoor(w.operator("here"))
	w.must(err)
	form := url.Values{"MessageSid": {"SM1"}, "From": {"+5550177"}, "Body": {"Quagga at ten?"}}.Encode()
	for range 2 {
		if a := w.knock(door, "application/x-www-form-urlencoded", "", form); a.status != http.StatusOK {
			t.Fatalf("%d %s", a.status, a.body)
		}
	}
	if a := w.knock(door, "application/json", "", `{"id":"2","from":"555-0161","text":"Okapi?"}`); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if got := strings.Count(w.ask(peer, http.MethodGet, "/walk/"+string(blue), nil).body, "Quagga at ten?"); got != 1 {
		t.Errorf("%d times in the story", got)
	}
	w.see(peer, "/today", []string{"They wrote"}, "Quagga", "Okapi")
	w.see(w.guest("here", access.Coordinator, own), "/texts", []string{"Okapi?", "555-0161", "Nobody here has this number"}, "Quagga")
	w.see(w.guest("there", access.Coordinator, own), "/texts", []string{"No text waits"}, "Okapi")

	last := door[len(door)-1:]
	other := map[string]string{"a": "b"}[last]
	if other == "" {
		other = "a"
	}
	for what, path := range map[string]string{
		"another sign": door[:len(door)-1] + other, "no organisation": "/text-in/" + strings.Repeat("a", 40), "short": "/text-in/a",
		"the organisation's other link": "/text-in/" + here,
	} {
		if a := w.knock(path, "application/json", "", `{"id":"3","from":"555-0177","text":"x"}`); a.status != http.StatusNotFound {
			t.Errorf("%s: %d", what, a.status)
		}
	}
	for _, body := range []string{"", "[]", `{"id":"3"}`, `{"id":{"n":3},"from":"5"}`} {
		if a := w.knock(door, "application/json", "", body); a.status != http.StatusUnprocessableEntity {
			t.Errorf("%q: %d", body, a.status)
		}
	}
	if a := w.knock(door, "application/json", "", `{"id":"4","text":"`+strings.Repeat("x", 20<<10)+`"}`); a.status != http.StatusRequestEntityTooLarge {
		t.Errorf("too long: %d", a.status)
	}
}

// An address that was changed, or shut, is at once like one that never was; the new
// one is open, also after it was shut, and no other organisation's is touched.
func TestTheDoorForTextsIsChangedAndShut(t *testing.T) {
	w := newTown(t)
	op := w.operator("here")
	first, err := w.a.Day.TextDoor(op)
	w.must(err)
	theirs, err := w.a.Day.TextDoor(w.operator("there"))
	w.must(err)
	n := 0
	opens := func(what, path string, want bool) {
		t.Helper()
		n++
		a := w.knock(path, "application/json", "", fmt.Sprintf(`{"id":"%d","from":"555-0161","text":"Okapi?"}`, n))
		if open := a.status == http.StatusOK; open != want || !open && (a.status != http.StatusNotFound || a.body != w.knock("/text-in/never", "application/json", "", "{}").body) {
			t.Errorf("%s: %d %.200s", what, a.status, a.body)
		}
	}
	opens("as it was made", first, true)
	second, err := w.a.Day.NewTextDoor(op)
	w.must(err)
	opens("the old one", first, false)
	opens("the new one", second, true)
	shut, err := w.a.Day.ShutTextDoor(op)
	if w.must(err); shut != "" {
		t.Error("shut, and open at", shut)
	}
	opens("shut", second, false)
	opens("shut, the first", first, false)
	third, err := w.a.Day.NewTextDoor(op)
	w.must(err)
	for what, path := range map[string]string{"the first": first, "the second": second} {
		opens(what, path, false)
	}
	opens("the third", third, true)
	opens("another organisation's", theirs, true)
	lead := w.guest("here", access.Coordinator, own)
	who := scope.With(t.Context(), scope.Scope{Tenant: string(w.orgs["here"].ID), Actor: string(lead.account), Role: access.Coordinator, Purpose: scope.Operations})
	if _, err := w.a.Day.NewTextDoor(who); !errs.Is(err, errs.Denied) {
		t.Error("changed by a coordinator:", err)
	}
}

// drawer is a folder for texts, with what is said of it.
type drawer struct {
	*testing.T
	*textFolder
	log strings.Builder
}

func newDrawer(t *testing.T) *drawer {
	t.Helper()
	d := &drawer{T: t}
	a, err := Make(t.Context(), Config{Data: t.TempDir(), Log: slog.New(slog.NewTextHandler(&d.log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	d.textFolder = a.textFolder(t.TempDir())
	return d
}

func (d *drawer) lay(name, body string) {
	d.Helper()
	if err := os.WriteFile(filepath.Join(d.dir, name), []byte(body), 0o600); err != nil {
		d.Fatal(err)
	}
}

// warns empties the folder three times, and wants so many warnings since the last
// time.
func (d *drawer) warns(what string, want int) {
	d.Helper()
	before := strings.Count(d.log.String(), "level=WARN")
	for range 3 {
		d.empty(d.Context())
	}
	if n := strings.Count(d.log.String(), "level=WARN") - before; n != want {
		d.Errorf("%s: %d warnings, want %d\n%s", what, n, want, d.log.String())
	}
}

// lead is the coordinator of the one organisation, which is made here.
func (d *drawer) lead() context.Context {
	d.Helper()
	ctx := scope.With(d.Context(), scope.Scope{Actor: "operator:test", Role: "operator", Purpose: scope.Operations})
	o, err := d.Tenants.Create(ctx, "Lanternford Alongside", "US", "UTC")
	if err != nil {
		d.Fatal(err)
	}
	return scope.With(d.Context(), scope.Scope{Tenant: string(o.ID), Actor: "lead", Role: access.Coordinator, Purpose: scope.Treatment})
}

// A folder is read, for a site with one organisation. What cannot be read waits
// with the others, sealed; nothing of a text stays in the folder or in the log.
func TestTextsInAFolder(t *testing.T) {
	d := newDrawer(t)
	d.lay("1.json", `{"id":"1","from":"555-0161","text":"Okapi?"}`)
	d.lay("2.json", `{"id":"2","from":"555-0162","text":"Quag`)
	d.lay(".3.part", `{"id":"3","from":"555-0161","text":"Half."}`)
	d.warns("whose texts they are is not known without an organisation", 1)
	lead := d.lead()
	for range 2 {
		d.warns("all is taken", 0)
		d.lay("again.json", `{"id":"1","from":"555-0161","text":"Okapi?"}`)
		d.lay("unread again.json", `{"id":"2","from":"555-0162","text":"Quag`)
	}
	d.warns("the same again", 0)
	list, err := d.Day.TextsWaiting(lead)
	if err != nil || len(list) != 2 || list[0].Words != "Okapi?" || !strings.HasSuffix(list[1].Words, "Quag") || list[1].Why != engagement.InUnread {
		t.Fatalf("%+v %v", list, err)
	}
	left, _ := filepath.Glob(filepath.Join(d.dir, "*"))
	if said := d.log.String(); len(left) != 1 || !strings.HasSuffix(left[0], ".3.part") || strings.Contains(said, "Okapi") || strings.Contains(said, "Quag") {
		t.Errorf("left %v; the log says %s", left, said)
	}
	var words string
	err = d.DB.Read(lead, func(tx *db.Tx) error { words, err = d.textReply(tx, "es"); return err })
	if err != nil || !strings.Contains(words, "988") || !strings.Contains(words, "Su mensaje") {
		t.Errorf("%q %v", words, err)
	}
}

// What stays in the folder is said once until it is another, holds up nothing, and
// its name is not said: it may be a number.
func TestWhatStaysInTheFolderIsSaidOnce(t *testing.T) {
	d := newDrawer(t)
	lead := d.lead()
	if err := os.Mkdir(filepath.Join(d.dir, "5550161.json"), 0o700); err != nil {
		t.Fatal(err)
	}
	d.lay("5550162.json", strings.Repeat("x", engagement.MostLetter+1))
	d.warns("a folder and a flood", 2)
	d.lay("9.json", `{"id":"9","from":"555-0161","text":"Okapi?"}`)
	d.warns("nothing new", 0)
	d.lay("5550162.json", strings.Repeat("x", engagement.MostLetter+2))
	d.warns("another flood", 1)
	if err := os.Remove(filepath.Join(d.dir, "5550162.json")); err != nil {
		t.Fatal(err)
	}
	d.warns("it is gone", 0)
	d.lay("5550162.json", strings.Repeat("x", engagement.MostLetter+2))
	d.warns("and back", 1)
	if list, err := d.Day.TextsWaiting(lead); err != nil || len(list) != 1 {
		t.Errorf("%+v %v", list, err)
	}
	if said := d.log.String(); strings.Contains(said, "55501") {
		t.Error(said)
	}
}
