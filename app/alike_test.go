package app

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"alongside/domain/access"
	"alongside/domain/people"
)

// Two of one name are told apart by what whoever looks may see, and one whose name
// stands alone by nothing more than before.
func TestTwoOfOneNameAreToldApart(t *testing.T) {
	w := newTown(t)
	peer := w.guest("here", access.Peer, own)
	walksWith(t, w.a, string(w.orgs["here"].ID), peer.account, people.Person{Name: "Quillfeather", Pronouns: "they, them"})
	second := walksWith(t, w.a, string(w.orgs["here"].ID), peer.account, people.Person{Name: "Quillfeather"})
	walksWith(t, w.a, string(w.orgs["here"].ID), peer.account, people.Person{Name: "Umbrellabird"})
	if a := w.ask(peer, http.MethodPost, "/walk/"+string(second)+"/note", note("Of kestrels.")); a.status != http.StatusSeeOther {
		t.Fatal(a.status, a.body)
	}
	for role, last := range map[string]int{access.Supervisor: 1, access.Coordinator: 0, access.Peer: 1} {
		g := peer
		if role != access.Peer {
			g = w.guest("here", role, own)
		}
		got := w.ask(g, http.MethodPost, "/people", url.Values{"text": {"Quillfeather"}}).body
		for words, want := range map[string]int{"Here since": 2, "Last in touch": last, "they, them": 1, " · With ": 2, "kestrels": 0} {
			if n := strings.Count(got, words); n != want {
				t.Errorf("a %s reads %q %d times, want %d", role, words, n, want)
			}
		}
		if alone := w.ask(g, http.MethodPost, "/people", url.Values{"text": {"Umbrellabird"}}).body; !strings.Contains(alone, "Umbrellabird") || strings.Contains(alone, "Here since") {
			t.Errorf("a %s is told more of one whose name stands alone", role)
		}
	}
}

// From the page of somebody who was found, whoever may see what is done together comes
// to it; for a coordinator there is no such way, and no other page to it.
func TestFromAPersonOneComesToTheWalk(t *testing.T) {
	w := newTown(t)
	peer := w.guest("here", access.Peer, own)
	person := walksWith(t, w.a, string(w.orgs["here"].ID), peer.account, people.Person{Name: "Umbrellabird"})
	for role, may := range map[string]bool{access.Peer: true, access.Supervisor: true, access.Coordinator: false} {
		g := peer
		if role != access.Peer {
			g = w.guest("here", role, own)
		}
		a := w.ask(g, http.MethodGet, "/people/"+string(person), nil)
		if a.status != http.StatusOK || strings.Contains(a.body, `href="/walk/`+string(person)+`"`) != may {
			t.Errorf("a %s: %d, shown the way: %v", role, a.status, !may)
		}
		if a := w.ask(g, http.MethodGet, "/walk/"+string(person), nil); (a.status == http.StatusOK) != may {
			t.Errorf("a %s who goes there: %d", role, a.status)
		}
	}
}
