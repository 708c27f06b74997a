package app

import (
	"strings"
	"testing"

	"alongside/domain/access"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/id"
)

// An account that ended since the copy was made is paused by a restore. Where somebody
// opens it again, no card of before comes with it.
func TestAnEndedAccountThatIsOpenedAgainHasNoWayOfBefore(t *testing.T) {
	w := newTown(t)
	g, person := w.walker()
	given, err := w.a.Access.GiveCard(w.operator("here"), person, access.CardAsk{Alias: "Blue", Language: "en"}, id.New(noon()))
	w.must(err)
	c := w.copied()
	w.must(w.a.DB.Write(w.operator("here"), func(tx *db.Tx) error {
		_, err := w.a.Access.EndOwn(tx, g.account)
		return err
	}))
	typed := access.TypedCard{Alias: "Blue", Words: strings.Join(given.Words, " ")}
	b, _ := w.putBack(c.data, c.keys, "")
	if _, err := b.Access.SignInByCard(w.Context(), typed, access.Device{}); err != nil {
		t.Fatalf("the test proves nothing: %v", err)
	}
	b, _ = w.putBack(c.data, w.newest(), "")
	w.must(b.Access.Reopen(w.operator("here"), g.account))
	if _, err := b.Access.SignInByCard(w.Context(), typed, access.Device{}); !errs.Is(err, errs.Invalid) {
		t.Errorf("the card of before: %v", err)
	}
}

// Who types it for an account that has ended is not told that anybody can come in.
func TestAnAccountThatEndedIsNotResumed(t *testing.T) {
	w := newTown(t)
	g, _ := w.walker()
	w.must(w.a.DB.Write(w.operator("here"), func(tx *db.Tx) error {
		_, err := w.a.Access.EndOwn(tx, g.account)
		return err
	}))
	at := []string{"account", "resume", "--data", w.a.Data, "--org", w.orgs["here"].Name, "--account"}
	w.a.DB.Close()
	if code, out, sorry := w.typed(append(at, string(g.account))...); code != 0 || !strings.Contains(out, "nobody can sign in with it") {
		t.Errorf("%d %s %s", code, out, sorry)
	}
}

// What is printed to be typed is whole, whatever is in a name.
func TestCommandsThatArePrintedAreWhole(t *testing.T) {
	d := again{Paused: []paused{{"St. Mary's", "a"}}, Organisations: []string{"x'; touch /tmp/owned; '"}}
	out := d.words(place{data: "/srv/my data"})
	for _, want := range []string{`--data '/srv/my data' --org 'St. Mary'\''s' --account a`, `--org 'x'\''; touch /tmp/owned; '\''' --why`} {
		if !strings.Contains(out, want) {
			t.Errorf("%s lacks %s", out, want)
		}
	}
}
