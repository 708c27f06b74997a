package access

import (
	"crypto/sha256"
	_ "embed" // the passkey script
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"

	"alongside/platform/errs"
	"alongside/platform/i18n"
	"alongside/platform/module"
	"alongside/platform/page"
)

//go:embed assets/passkey.js
var passkeyScript string

// Web is the pages of the door: sign-in, one's own account, and the accounts of
// an organisation.
type Web struct {
	S  *Service
	In func(lang i18n.Lang) *i18n.Words // words in another language than the page's, for paper; nil: none
}

// Routes are the pages, with who may come to them.
func (web *Web) Routes() []module.Route {
	const own, list, invite, pause = "session.own", "account.list", "account.invite", "account.suspend"
	const people = "people.work" // for whom a card is, the service asks
	return []module.Route{
		{Method: "GET", Pattern: "/sign-in", Access: module.Anyone, Serve: web.signInPage},
		{Method: "POST", Pattern: "/sign-in", Access: module.Anyone, Serve: web.signIn},
		{Method: "GET", Pattern: "/sign-in/link/{token}", Access: module.ByLink, Serve: web.linkPage},
		{Method: "POST", Pattern: "/sign-in/link/{token}", Access: module.ByLink, Serve: web.openLink},
		{Method: "GET", Pattern: "/sign-in/passkey.js", Access: module.Anyone, Serve: web.script},
		{Method: "POST", Pattern: "/sign-in/passkey/ask", Access: module.Anyone, Serve: web.askForKey},
		{Method: "POST", Pattern: "/sign-in/passkey", Access: module.Anyone, Serve: web.signInByKey},
		{Method: "GET", Pattern: CardDoorPath, Access: module.Anyone, Serve: web.cardDoorPage},
		{Method: "POST", Pattern: CardDoorPath, Access: module.Anyone, Serve: web.signInByCard},
		{Method: "GET", Pattern: "/people/{person}/card", Access: module.SignedIn, Action: people, Serve: web.cardPage},
		{Method: "POST", Pattern: "/people/{person}/card", Access: module.SignedIn, Action: people, Serve: web.giveCard},
		{Method: "POST", Pattern: "/sign-out", Access: module.Anyone, Serve: web.signOut},
		{Method: "GET", Pattern: "/sign-in/role", Access: module.SignedIn, Action: own, Serve: web.rolePage},
		{Method: "POST", Pattern: "/sign-in/role", Access: module.SignedIn, Action: own, Serve: web.actAs},
		{Method: "GET", Pattern: "/account", Access: module.SignedIn, Action: own, Serve: web.accountPage},
		{Method: "POST", Pattern: "/account", Access: module.SignedIn, Action: own, Serve: web.setProfile},
		{Method: "POST", Pattern: "/account/passkey/ask", Access: module.SignedIn, Action: own, Serve: web.askToAdd},
		{Method: "POST", Pattern: "/account/passkey", Access: module.SignedIn, Action: own, Serve: web.addKey},
		{Method: "POST", Pattern: "/account/passkey/{id}/drop", Access: module.SignedIn, Action: own, Serve: web.dropKey},
		{Method: "GET", Pattern: "/account/password", Access: module.SignedIn, Action: own, Serve: web.passwordPage},
		{Method: "POST", Pattern: "/account/password", Access: module.SignedIn, Action: own, Serve: web.setPassword},
		{Method: "POST", Pattern: "/account/password/drop", Access: module.SignedIn, Action: own, Serve: web.dropPassword},
		{Method: "POST", Pattern: "/account/card/drop", Access: module.SignedIn, Action: own, Serve: web.dropCard},
		{Method: "GET", Pattern: "/account/sign-ins", Access: module.SignedIn, Action: own, Serve: web.signInsPage},
		{Method: "POST", Pattern: "/account/sign-ins/end-others", Access: module.SignedIn, Action: own, Serve: web.endOthers},
		{Method: "POST", Pattern: "/account/sign-ins/{id}/end", Access: module.SignedIn, Action: own, Serve: web.endSignIn},
		{Method: "GET", Pattern: "/accounts", Access: module.SignedIn, Action: list, Serve: web.accountsPage},
		{Method: "GET", Pattern: "/accounts/invite", Access: module.SignedIn, Action: invite, Serve: web.invitePage},
		{Method: "POST", Pattern: "/accounts/invite", Access: module.SignedIn, Action: invite, Serve: web.invite},
		{Method: "GET", Pattern: "/accounts/{id}", Access: module.SignedIn, Action: list, Serve: web.onePage},
		{Method: "POST", Pattern: "/accounts/{id}/link", Access: module.SignedIn, Action: invite, Serve: web.newLink},
		{Method: "POST", Pattern: "/accounts/{id}/roles", Access: module.SignedIn, Action: pause, Serve: web.setRoles},
		{Method: "POST", Pattern: "/accounts/{id}/until", Access: module.SignedIn, Action: pause, Serve: web.setUntil},
		{Method: "POST", Pattern: "/accounts/{id}/pause", Access: module.SignedIn, Action: pause, Serve: web.pause},
		{Method: "POST", Pattern: "/accounts/{id}/reopen", Access: module.SignedIn, Action: pause, Serve: web.reopen},
	}
}

// kind is for whom a signed-in page is drawn.
func kind(v *page.View) page.DocKind {
	if v.Signed != nil && v.Signed.Role == Participant {
		return page.Participant
	}
	return page.Worker
}

// shown turns an error that has words of its own into a problem on the form. ok
// is false for those that only the one place that answers may answer.
func shown(v *page.View, err error) (p page.Problem, status int, ok bool) {
	var e *errs.Error
	if !errors.As(err, &e) || e.Say == "" {
		return p, 0, false
	}
	switch e.Kind {
	case errs.Invalid, errs.TooMany, errs.Conflict:
		return page.Problem{Field: e.Place, Say: v.T(e.Say)}, page.StatusOf(e.Kind), true
	}
	return p, 0, false
}

// scriptPath changes with the script, so that a browser may keep it.
func scriptPath() string {
	sum := sha256.Sum256([]byte(passkeyScript))
	return "/sign-in/passkey.js?" + hex.EncodeToString(sum[:6])
}

func (web *Web) script(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	_, err := w.Write([]byte(passkeyScript))
	return err
}

// keyAnswer is what the script hands in.
type keyAnswer struct {
	Token  string          `json:"token"`
	Answer json.RawMessage `json:"answer"`
	To     string          `json:"to"`
}

func readAnswer(w http.ResponseWriter, r *http.Request) (keyAnswer, error) {
	var a keyAnswer
	err := json.NewDecoder(http.MaxBytesReader(w, r.Body, page.MaxForm)).Decode(&a)
	if err != nil {
		return a, errs.New(errs.Invalid, "access: answer of a passkey cannot be read", "")
	}
	return a, nil
}

func writeJSON(w http.ResponseWriter, v any) error {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	return json.NewEncoder(w).Encode(v)
}

// goTo tells the script where to go on.
func goTo(w http.ResponseWriter, path string) error {
	return writeJSON(w, map[string]string{"to": path})
}
