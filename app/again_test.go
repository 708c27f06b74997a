package app

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"alongside/domain/access"
	"alongside/domain/consent"
	"alongside/domain/ref"
	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/id"
	"alongside/platform/module"
	"alongside/platform/scope"
)

// copies are a copy of the data, and one of the keys.
type copies struct{ data, keys string }

func (w *town) copied() (c copies) {
	w.Helper()
	c = copies{w.TempDir(), w.TempDir()}
	w.must(w.a.backUp(w.Context(), &bytes.Buffer{}, c.data, c.keys))
	return c
}

// newest are the keys of now.
func (w *town) newest() string {
	w.Helper()
	keys := w.TempDir()
	w.must(w.a.Vault.CopyTo(keys))
	return keys
}

// putBack restores with some keys and opens what came of it.
func (w *town) putBack(from, keys, ledgers string) (*App, again) {
	w.Helper()
	c := w.elsewhere()
	did, err := restore(w.Context(), c, from, keys, ledgers)
	w.must(err)
	b, err := Open(w.Context(), c)
	w.must(err)
	w.Cleanup(func() { b.Close() })
	return b, did
}

func (w *town) elsewhere() Config {
	return Config{Data: filepath.Join(w.TempDir(), "new"), Clock: w.a.Clock, Log: w.a.Log, Origin: w.a.Origin}
}

// revoke takes back the consent that everybody in a town has.
func (w *town) revoke() ref.Consent {
	w.Helper()
	which := ref.Consent(w.ids["here"]["consent"])
	w.must(w.a.DB.Write(w.operator("here"), func(tx *db.Tx) error { return w.a.Consents.Revoke(tx, which, consent.Spoken) }))
	return which
}

// one reads a consent.
func (w *town) one(a *App, which ref.Consent) (c consent.Consent) {
	w.Helper()
	w.must(a.DB.Write(w.operator("here"), func(tx *db.Tx) (err error) {
		c, err = a.Consents.One(tx, which)
		tx.Settle(string(c.Person))
		return err
	}))
	return c
}

// An older copy is put back with newer keys: the consent that was taken back since does
// not stand again, nor does anything by which somebody came in, nor the organisation.
// It is so by whichever way the newer list comes, and not without it.
func TestARestoreRevivesNothing(t *testing.T) {
	w := newTown(t)
	peer, lead := w.guest("here", access.Peer, own), w.guest("here", access.Administrator, own)
	c := w.copied()
	which := w.revoke()
	w.must(w.a.Access.Pause(w.operator("here"), peer.account))
	w.must(w.a.Tenants.Pause(w.Context(), w.orgs["there"].ID, true, "Made up for this test, and for now."))
	left := w.newest()
	b, did := w.putBack(c.data, c.keys, "")
	if got := w.one(b, which); !got.RevokedAt.IsZero() || did.Ended["consents"]+len(did.Paused)+len(did.Organisations) > 0 {
		t.Fatalf("the test proves nothing: %+v %+v", got, did)
	}
	for _, by := range []copies{{keys: left}, {keys: c.keys, data: left}} {
		b, did := w.putBack(c.data, by.keys, by.data)
		if got := w.one(b, which); got.RevokedHow != consent.Again {
			t.Errorf("the consent: %+v", got)
		}
		want := again{Paused: []paused{{w.orgs["here"].Name, peer.account}}, Organisations: []string{w.orgs["there"].Name}}
		if did.Ended["consents"] != 1 || !slices.Equal(did.Paused, want.Paused) || !slices.Equal(did.Organisations, want.Organisations) {
			t.Errorf("%+v, want %+v", did, want)
		}
		if open := w.opens(b, peer.account); open {
			t.Error("the paused account is open")
		}
		if !w.opens(b, lead.account) {
			t.Error("an account of which nothing was taken is shut")
		}
		if o, err := b.Tenants.Get(w.Context(), w.orgs["there"].ID); err != nil || !o.Paused() {
			t.Errorf("the organisation: %+v %v", o, err)
		}
		w.must(b.Access.Reopen(w.operator("here"), peer.account))
	}
}

func (w *town) opens(a *App, account ref.Account) (open bool) {
	w.Helper()
	w.must(a.DB.Read(w.operator("here"), func(tx *db.Tx) (err error) {
		open, err = a.Access.Open(tx, account)
		return err
	}))
	return open
}

// A clock that was set back between the copy and the pause hides neither.
func TestARestoreDoesNotGoByTheClockAlone(t *testing.T) {
	w := newTown(t)
	peer := w.guest("here", access.Peer, own)
	w.must(w.a.Access.Pause(w.operator("here"), w.guest("here", access.Coordinator, own).account))
	c := w.copied()
	w.a.Clock.(*clock.Fake).Add(-48 * time.Hour)
	which := w.revoke()
	w.must(w.a.Access.Pause(w.operator("here"), peer.account))
	b, did := w.putBack(c.data, w.newest(), "")
	if len(did.Paused) != 1 || did.Paused[0].account != peer.account || w.opens(b, peer.account) {
		t.Errorf("%+v", did)
	}
	if w.one(b, which).RevokedAt.IsZero() {
		t.Error("the consent stands")
	}
}

// A card that was stopped since the copy was made opens nothing.
func TestARestoreStopsCards(t *testing.T) {
	w := newTown(t)
	g, person := w.walker()
	given, err := w.a.Access.GiveCard(w.operator("here"), person, access.CardAsk{Alias: "Blue", Language: "en"}, id.New(noon()))
	w.must(err)
	c := w.copied()
	w.must(w.a.DB.Write(w.operator("here"), func(tx *db.Tx) error { return w.a.Access.Shut(tx, g.account) }))
	typed := access.TypedCard{Alias: "Blue", Words: strings.Join(given.Words, " ")}
	b, _ := w.putBack(c.data, c.keys, "")
	if _, err := b.Access.SignInByCard(w.Context(), typed, access.Device{}); err != nil {
		t.Fatalf("the test proves nothing: %v", err)
	}
	b, did := w.putBack(c.data, w.newest(), "")
	if _, err := b.Access.SignInByCard(w.Context(), typed, access.Device{}); !errs.Is(err, errs.Invalid) || did.Ended["cards"] != 1 {
		t.Errorf("%+v %v", did, err)
	}
}

// A list that was touched stops a restore, in words, before any data is there.
func TestARestoreByAListThatWasTouchedIsRefused(t *testing.T) {
	w := newTown(t)
	c := w.copied()
	w.revoke()
	w.must(w.a.Access.Pause(w.operator("here"), w.guest("here", access.Peer, own).account))
	for name, harm := range map[string]func(b []byte) []byte{
		"a bit":  func(b []byte) []byte { b[len(b)/2] ^= 1; return b },
		"a line": func(b []byte) []byte { return b[bytes.IndexByte(b, '\n')+1:] },
	} {
		for _, file := range []string{"taken.log", "erasures.log"} {
			keys := w.newest()
			path := filepath.Join(keys, string(w.orgs["here"].ID), file)
			b, err := os.ReadFile(path)
			w.must(err)
			if len(b) == 0 {
				continue
			}
			w.must(os.WriteFile(path, harm(b), 0o600))
			for _, by := range []copies{{keys: keys}, {keys: c.keys, data: keys}} {
				at := w.elsewhere()
				if _, err := restore(w.Context(), at, c.data, by.keys, by.data); !errors.Is(err, errLists) {
					t.Errorf("%s of %s: %v", name, file, err)
				}
				if _, err := os.Stat(filepath.Join(at.Data, db.DatabaseFile)); err == nil {
					t.Errorf("%s of %s: there is data", name, file)
				}
			}
		}
	}
}

// Where the key folder takes no more, what is taken back is taken back all the same,
// and the log says which, and nothing of a person.
func TestAKeyFolderThatTakesNoMoreStopsNoTakingBack(t *testing.T) {
	var said bytes.Buffer
	w := newTown(t)
	at := w.elsewhere()
	at.Log = slog.New(slog.NewTextHandler(&said, nil))
	c := w.copied()
	_, err := restore(w.Context(), at, c.data, c.keys, "")
	w.must(err)
	path := filepath.Join(at.Data, "keys", string(w.orgs["here"].ID), "taken.log")
	w.must(os.Remove(path))
	w.must(os.Mkdir(path, 0o700)) // stops root too
	b, err := Open(w.Context(), at)
	w.must(err)
	defer b.Close()
	w.a = b
	which := w.revoke()
	if w.one(b, which).RevokedHow != consent.Spoken {
		t.Error("it stands")
	}
	if !strings.Contains(said.String(), string(which)) || !strings.Contains(said.String(), "not noted") {
		t.Errorf("the log says %q", said.String())
	}
}

// Whoever left stays gone also where the copy is of a paused organisation.
func TestARestoreOfAPausedOrganisationBringsNobodyBack(t *testing.T) {
	w := newTown(t)
	g, person := w.walker()
	why := "Made up for this test, and for now."
	w.must(w.a.Tenants.Pause(w.Context(), w.orgs["here"].ID, true, why))
	c := w.copied()
	w.must(w.a.Tenants.Pause(w.Context(), w.orgs["here"].ID, false, why))
	if a := w.ask(g, http.MethodPost, "/mine/leave", url.Values{"sure": {"yes"}}); a.status != http.StatusOK {
		t.Fatal(a.status)
	}
	b, did := w.putBack(c.data, w.newest(), "")
	if did.Erased != 1 {
		t.Errorf("%+v", did)
	}
	w.must(b.Tenants.Pause(w.Context(), w.orgs["here"].ID, false, why))
	w.unreadableIn(b, person)
}

func (w *town) unreadableIn(a *App, person ref.Person) {
	w.Helper()
	as := scope.With(w.Context(), scope.Scope{Tenant: string(w.orgs["here"].ID), Actor: "system", Purpose: scope.Operations})
	w.must(a.DB.Write(as, func(tx *db.Tx) error {
		list, err := a.Consents.Of(tx, person)
		for _, c := range list {
			if c.RevokedAt.IsZero() {
				w.Errorf("they allow %s", c.ID)
			}
		}
		tx.Settle(string(person))
		return err
	}))
}

// typed runs a command as it is typed.
func (w *town) typed(args ...string) (code int, out, sorry string) {
	w.Helper()
	var said, err bytes.Buffer
	code = Main(w.Context(), module.Env{In: strings.NewReader(""), Out: &said, Err: &err}, args)
	return code, said.String(), err.String()
}

// lasting gives a consent that stands whatever the day is, and returns how to take it
// back.
func (w *town) lasting() (takeBack func()) {
	w.Helper()
	c := consent.Consent{
		Person: ref.Person(w.ids["here"]["person"]), Recipient: ref.Recipient(w.ids["here"]["service"]), What: []string{consent.Name}, Labels: []string{"SUD"},
		Purpose: scope.Treatment, How: consent.Paper, Paper: "blue folder", SignedAs: "Made-up", Language: "en", Rights: consent.Heard, Warned: true, Copied: "paper",
		UntilAt: noon().AddDate(100, 0, 0),
	}
	w.must(w.a.DB.Write(w.operator("here"), func(tx *db.Tx) (err error) {
		c, err = w.a.Consents.Give(tx, c)
		return err
	}))
	return func() {
		w.must(w.a.DB.Write(w.operator("here"), func(tx *db.Tx) error { return w.a.Consents.Revoke(tx, c.ID, consent.Message) }))
	}
}

// As it is typed: the restored data denies what was allowed, whoever was paused is named
// with the words that open it again, and those words do.
func TestARestoreSaysWhatItDidAgain(t *testing.T) {
	w := newTown(t)
	peer, takeBack := w.guest("here", access.Peer, own), w.lasting()
	c := w.copied()
	person, service := w.ids["here"]["person"], w.ids["here"]["service"]
	takeBack()
	w.must(w.a.Access.Pause(w.operator("here"), peer.account))
	left, org := w.newest(), w.orgs["here"].Name
	for want, keys := range map[string]string{"permit": c.keys, "deny": left} {
		to := filepath.Join(t.TempDir(), "new")
		code, out, sorry := w.typed("restore", c.data, "--data", to, "--keys", keys)
		if code != 0 || sorry != "" || !strings.Contains(out, "stands again") {
			t.Fatalf("%d %s %s", code, out, sorry)
		}
		_, answer, _ := w.typed("consent", "check", "--data", to, "--org", org, "--person", person, "--recipient", service, "--purpose", scope.Treatment, "--json")
		if !strings.Contains(answer, `"decision":"`+want+`"`) {
			t.Errorf("%s: %s", want, answer)
		}
		if want == "permit" {
			continue
		}
		resume := "account resume --data " + to + " --org '" + org + "' --account " + string(peer.account)
		if !strings.Contains(out, "consents 1,") || !strings.Contains(out, "accounts 1,") || !strings.Contains(out, "  alongside "+resume+"\n") {
			t.Errorf("it says %s", out)
		}
		if code, out, sorry := w.typed("account", "resume", "--data", to, "--org", org, "--account", string(peer.account)); code != 0 || out != "They can sign in again.\n" {
			t.Errorf("%d %s %s", code, out, sorry)
		}
	}
}

// A restore that stopped before it did all of that again leaves a folder that no command
// opens; one that came to its end leaves no such mark.
func TestARestoreThatStoppedIsNotOpened(t *testing.T) {
	w := newTown(t)
	c := w.copied()
	stopped, stop := context.WithCancel(w.Context())
	stop()
	half, whole := w.elsewhere(), w.elsewhere()
	if _, err := restore(stopped, half, c.data, c.keys, ""); err == nil {
		t.Fatal("the test proves nothing: it came to its end")
	}
	if _, err := os.Stat(filepath.Join(half.Data, db.DatabaseFile)); err != nil {
		t.Fatal("the test proves nothing: nothing was copied", err)
	}
	if says := (place{data: half.Data}).lacks(); !strings.Contains(says, "was not finished") {
		t.Errorf("the half is opened: %q", says)
	}
	_, err := restore(w.Context(), whole, c.data, c.keys, "")
	w.must(err)
	if says := (place{data: whole.Data}).lacks(); says != "" {
		t.Errorf("the whole is not opened: %s", says)
	}
}
