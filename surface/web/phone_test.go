package web

import (
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"alongside/platform/i18n"
	"alongside/platform/module"
	"alongside/platform/page"
)

// phoneWorld has a page for each kind of reader, and forms of which one may be
// sent later.
func phoneWorld(t *testing.T) *world {
	t.Helper()
	show := func(kind page.DocKind) page.Handler {
		return func(w http.ResponseWriter, r *http.Request) error {
			return page.Show(w, r, page.Doc{Title: "Demo", Kind: kind})
		}
	}
	post := func(pattern string, offline bool) module.Route {
		return module.Route{Method: "POST", Pattern: pattern, Access: module.SignedIn, Action: "x", Offline: offline, Serve: show(page.Worker)}
	}
	return newWorld(t, func(c *Config) {
		c.Modules = []module.Module{{Name: "demo", Words: module.NoFiles{}, Routes: []module.Route{
			{Method: "GET", Pattern: "/work", Access: module.Anyone, Serve: show(page.Worker)},
			{Method: "GET", Pattern: "/mine", Access: module.Anyone, Serve: show(page.Participant)},
			{Method: "GET", Pattern: "/guest", Access: module.Anyone, Serve: show(page.Outsider)},
			post("/a/{id}/{step}", true), post("/a/{id}/card", false), post("/b", false),
		}}}
	})
}

func TestWhoseDeviceKeepsWhat(t *testing.T) {
	w := phoneWorld(t)
	for path, want := range map[string][2]bool{ // manifest, worker
		"/work": {true, true}, "/mine": {}, "/guest": {}, "/": {true, true}, "/crisis": {false, true}, "/offline": {}, "/nowhere": {true, true},
	} {
		w.signed = &page.Signed{Name: "Rosa", Role: "peer"}
		body := w.get(path).Body.String()
		if got := [2]bool{strings.Contains(body, "manifest"), strings.Contains(body, "/phone.")}; got != want {
			t.Errorf("%s: manifest, worker: %v, want %v", path, got, want)
		}
		w.signed = &page.Signed{Name: "Reed", Role: "participant"}
		if body := w.get(path).Body.String(); path != "/work" && strings.Contains(body, "manifest") {
			t.Errorf("%s: a participant is offered to install it", path)
		}
		w.signed = nil
		if body := w.get(path).Body.String(); strings.Contains(body, "manifest") || strings.Contains(body, "/phone.") != (path == "/crisis") {
			t.Errorf("%s: kept for someone who is not signed in", path)
		}
	}
}

func TestTheServiceWorker(t *testing.T) {
	w := phoneWorld(t)
	got := w.get("/sw.js")
	code := got.Body.String()
	if got.Code != 200 || !strings.HasPrefix(got.Header().Get("Content-Type"), "text/javascript") || got.Header().Get("Cache-Control") != "no-store" {
		t.Fatalf("%d %v", got.Code, got.Header())
	}
	if !strings.Contains(code, `const RESTS = ["/a/{id}/{step}"];`) || !strings.Contains(code, `const NEVER = ["/a/{id}/card"];`) {
		t.Error("it does not know which forms may rest")
	}
	var shell []string
	if err := json.Unmarshal([]byte(regexp.MustCompile(`const SHELL = (\[.*?\]);`).FindStringSubmatch(code)[1]), &shell); err != nil {
		t.Fatal(err)
	}
	for _, path := range shell {
		if got := w.get(path); got.Code != 200 || strings.Contains(got.Body.String(), "Rosa") {
			t.Errorf("%s: %d", path, got.Code)
		}
	}
	for _, l := range i18n.Langs() {
		for _, path := range []string{"/crisis?lang=", "/offline?lang="} {
			if !slices.Contains(shell, path+string(l)) || !strings.Contains(w.get(path+string(l)).Body.String(), `lang="`+string(l)+`"`) {
				t.Errorf("%s%s is not at hand", path, l)
			}
		}
	}
	if again := w.get("/sw.js").Body.String(); again != code {
		t.Error("the same program gives another worker: phones would fetch all of it each time")
	}
}

func TestTheManifestIsNeutral(t *testing.T) {
	w := phoneWorld(t)
	got := w.get("/manifest.webmanifest")
	var m struct {
		Name  string
		Icons []struct{ Src string }
	}
	if err := json.Unmarshal(got.Body.Bytes(), &m); err != nil || got.Header().Get("Content-Type") != "application/manifest+json" {
		t.Fatal(err, got.Header())
	}
	if m.Name != "Alongside" || len(m.Icons) != 1 || w.get(m.Icons[0].Src).Code != 200 {
		t.Errorf("%+v", m)
	}
	for _, word := range []string{"recover", "peer", "drug", "support"} {
		if strings.Contains(strings.ToLower(got.Body.String()), word) {
			t.Errorf("the home screen would say %q", word)
		}
	}
}
