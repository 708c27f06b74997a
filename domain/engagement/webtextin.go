package engagement

import (
	"bytes"
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/link"
	"alongside/platform/module"
	"alongside/platform/page"
	"alongside/platform/scope"
)

// MostLetter is the most bytes of one text on its way.
const MostLetter = 16 << 10

func (web *Web) textRoutes() []module.Route {
	lead := func(method, pattern string, h page.Handler) module.Route {
		return module.Route{Method: method, Pattern: pattern, Access: module.SignedIn, Action: "text.place", Serve: h}
	}
	return []module.Route{
		{Method: "POST", Pattern: "/text-in/{token}", Access: module.ByLink, Serve: web.textIn},
		lead("GET", "/texts", web.textsPage),
		lead("POST", "/texts/{textin}/place", web.placeText),
		lead("POST", "/texts/{textin}/throw", web.throwText),
	}
}

// textIn takes a text from its provider: 200 when it is here, now or since
// before; 404 to whoever is not the provider; 503 when it has to come again.
func (web *Web) textIn(w http.ResponseWriter, r *http.Request) error {
	sc, err := web.knocks(r)
	if err != nil {
		return err
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, MostLetter))
	if err != nil {
		return &errs.Error{Kind: errs.Invalid, Op: "engagement: a text", Err: err}
	}
	if !web.Sign.by(r, body) {
		return absent("a signature")
	}
	in, err := readArrived(r.Header.Get("Content-Type"), body)
	if err != nil {
		return err
	}
	if err := web.S.Arrive(scope.With(r.Context(), sc), in); err != nil {
		return err
	}
	kind, said := web.Sign.answer()
	w.Header().Set("Content-Type", kind)
	_, err = io.WriteString(w, said)
	return err
}

// knocks is on whose behalf a provider comes; NotFound for whoever else.
func (web *Web) knocks(r *http.Request) (scope.Scope, error) {
	token := r.PathValue("token")
	sc, ok := link.Scope(token, scope.Treatment)
	if !ok {
		return sc, absent("a door for texts")
	}
	sc.Actor = "link:texts"
	err := web.S.DB.Read(scope.AsSystem(r.Context(), "who knocks"), func(tx *db.Tx) error {
		known, err := knownDoor(tx, sc.Tenant, token)
		if err == nil && !known {
			err = absent("a door for texts")
		}
		return err
	})
	return sc, err
}

// How providers call what they tell: their id, the sender and the words. The
// first that is there counts.
func arrivedNames() [3][]string {
	return [3][]string{{"id", "MessageSid", "messageId", "message_id"}, {"from", "From", "msisdn", "sender"}, {"text", "Body", "body", "message"}}
}

func readArrived(kind string, body []byte) (Arrived, error) {
	var say func(name string) string
	switch kind, _, _ = mime.ParseMediaType(kind); kind {
	case "application/x-www-form-urlencoded":
		form, err := url.ParseQuery(string(body))
		if err != nil {
			return Arrived{}, errs.New(errs.Invalid, "engagement: a text that cannot be read", "")
		}
		say = form.Get
	default:
		var said map[string]any
		d := json.NewDecoder(bytes.NewReader(body))
		d.UseNumber() // some providers count, and write a number without quotes
		if err := d.Decode(&said); err != nil {
			return Arrived{}, errs.New(errs.Invalid, "engagement: a text that cannot be read", "")
		}
		say = func(name string) string { return plain(said[name]) }
	}
	var got [3]string
	for i, names := range arrivedNames() {
		for _, name := range names {
			if got[i] == "" {
				got[i] = legible(say(name))
			}
		}
	}
	return Arrived{ID: got[0], From: strings.TrimSpace(got[1]), Words: got[2]}, nil
}

func plain(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	}
	return ""
}

// ReadArrived reads a text as it lies in a folder: JSON.
func ReadArrived(body []byte) (Arrived, error) { return readArrived("application/json", body) }

func (web *Web) textsPage(w http.ResponseWriter, r *http.Request) error {
	return web.showTexts(w, r, textsForm{})
}

func (web *Web) showTexts(w http.ResponseWriter, r *http.Request, f textsForm) error {
	list, err := web.S.TextsWaiting(r.Context())
	if err != nil {
		return err
	}
	v := page.From(r.Context())
	f.Texts, f.Act = list, page.NewAct(v.Now)
	return page.ShowWith(w, r, textsDoc(v, f), f.Problems)
}

func (web *Web) placeText(w http.ResponseWriter, r *http.Request) error {
	in, err := page.Form(w, r)
	if err != nil {
		return err
	}
	which := r.PathValue("textin")
	problems, err := page.Mendable(r, web.S.PlaceText(r.Context(), which, ref.Person(in.Get("person"))))
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		return web.showTexts(w, r, textsForm{Open: which, Problems: problems})
	}
	return page.Back(w, r, "/texts")
}

func (web *Web) throwText(w http.ResponseWriter, r *http.Request) error {
	if _, err := page.Form(w, r); err != nil {
		return err
	}
	if err := web.S.ThrowText(r.Context(), r.PathValue("textin")); err != nil {
		return err
	}
	return page.Back(w, r, "/texts")
}
