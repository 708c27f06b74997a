package page_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"
	"pgregory.net/rapid"

	"alongside/platform/errs"
	"alongside/platform/i18n"
	"alongside/platform/page"
	"alongside/platform/page/pagetest"
)

func TestOwn(t *testing.T) {
	for path, want := range map[string]bool{
		"/": true, "/a/b?c=d#e": true, "/ask/x%2Fy": true,
		"": false, "a": false, "//x": false, `/\x`: false, "https://x/": false, "/a\nb": false, "/\t/x": false, "/a\x7f": false,
	} {
		if page.Own(path) != want {
			t.Errorf("Own(%q) is %v", path, !want)
		}
	}
}

// TestOwnStaysHere resolves anything Own lets through as a browser would.
func TestOwnStaysHere(t *testing.T) {
	base, _ := url.Parse("https://here.example/page")
	rapid.Check(t, func(t *rapid.T) {
		path := rapid.StringMatching(`[/\\a-z:.@?#%\t ]{0,12}`).Draw(t, "path")
		if !page.Own(path) {
			return
		}
		to, err := base.Parse(path)
		if err != nil || to.Host != "here.example" || to.Scheme != "https" {
			t.Fatalf("%q leads to %v (%v)", path, to, err)
		}
	})
}

func TestShowNeverSendsHalfAPage(t *testing.T) {
	s := pagetest.Setting(t, i18n.English)
	half := templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, _ = io.WriteString(w, "<h1>half</h1>")
		return errors.New("fell over")
	})
	got := pagetest.Do(func(w http.ResponseWriter, r *http.Request) error {
		return page.Show(w, r, page.Doc{Body: half})
	}, pagetest.Request(s, "/x", nil))
	if got.Code != 500 || strings.Contains(got.Body.String(), "half") {
		t.Errorf("%d %s", got.Code, got.Body)
	}
}

func TestBack(t *testing.T) {
	s := pagetest.Setting(t, i18n.English)
	for to, want := range map[string]int{"/on": 303, "https://elsewhere.example/": 500} {
		got := pagetest.Do(func(w http.ResponseWriter, r *http.Request) error { return page.Back(w, r, to) }, pagetest.Request(s, "/x", nil))
		if got.Code != want {
			t.Errorf("back to %s: %d", to, got.Code)
		}
	}
}

func TestAnswerKeepsWhatIsPersonalOutOfTheLog(t *testing.T) {
	s := pagetest.Setting(t, i18n.English)
	var log bytes.Buffer
	s.Log = slog.New(slog.NewTextHandler(&log, nil))
	err := &errs.Error{Kind: errs.Conflict, Op: "handoff 7", Say: "error.late", Args: map[string]any{"Name": "Blue"}}
	got := pagetest.Do(func(http.ResponseWriter, *http.Request) error { return err }, pagetest.Request(s, "/ask/unguessable", nil))
	if got.Code != 409 {
		t.Errorf("conflict: %d", got.Code)
	}
	for _, word := range []string{"Blue", "unguessable"} {
		if strings.Contains(log.String(), word) {
			t.Errorf("the log holds %s: %s", word, log.String())
		}
	}
	if !strings.Contains(log.String(), "handoff 7") || !strings.Contains(log.String(), "ref=test") {
		t.Errorf("the log lacks the trail: %s", log.String())
	}
}

func TestAnswerToABrowserThatLeft(t *testing.T) {
	s := pagetest.Setting(t, i18n.English)
	r := pagetest.Request(s, "/x", nil)
	ctx, cancel := context.WithCancel(r.Context())
	cancel()
	w := httptest.NewRecorder()
	page.Answer(w, r.WithContext(ctx), fmt.Errorf("query: %w", context.Canceled))
	if w.Body.Len() != 0 {
		t.Error("a page is drawn for nobody")
	}
}

func TestForm(t *testing.T) {
	s := pagetest.Setting(t, i18n.English)
	many := url.Values{}
	for i := range page.MaxFields + 1 {
		many.Set(fmt.Sprint("f", i), "x")
	}
	for name, c := range map[string]struct {
		form url.Values
		want int
	}{
		"fine":        {url.Values{"name": {"Blue é أ"}}, 200},
		"too big":     {url.Values{"note": {strings.Repeat("a", page.MaxForm)}}, 413},
		"too many":    {many, 422},
		"zero byte":   {url.Values{"name": {"a\x00b"}}, 422},
		"not a text":  {url.Values{"name": {"a\xffb"}}, 422},
		"not a field": {url.Values{"a\xff": {"b"}}, 422},
	} {
		got := pagetest.Do(func(w http.ResponseWriter, r *http.Request) error {
			_, err := page.Form(w, r)
			return err
		}, pagetest.Request(s, "/x", c.form))
		if got.Code != c.want {
			t.Errorf("%s: %d, want %d", name, got.Code, c.want)
		}
	}
}

// A browser counts the end of a line as one character and sends two.
func TestALineEndIsOneCharacter(t *testing.T) {
	s := pagetest.Setting(t, i18n.English)
	got := pagetest.Do(func(w http.ResponseWriter, r *http.Request) error {
		form, err := page.Form(w, r)
		if want := "one\ntwo\n\nthree"; form.Get("note") != want {
			t.Errorf("%q, want %q", form.Get("note"), want)
		}
		return err
	}, pagetest.Request(s, "/x", url.Values{"note": {"one\r\ntwo\r\n\rthree"}}))
	if got.Code != http.StatusOK {
		t.Error(got.Code)
	}
}

// What is typed is text in its own direction: nothing in it turns what it is shown with.
// A mark that a writer needs stays.
func TestWhatIsTypedTurnsNothing(t *testing.T) {
	s := pagetest.Setting(t, i18n.English)
	pagetest.Do(func(w http.ResponseWriter, r *http.Request) error {
		form, err := page.Form(w, r)
		if want := "a b\u200fc\u200d"; form.Get("name") != want {
			t.Errorf("%q, want %q", form.Get("name"), want)
		}
		return err
	}, pagetest.Request(s, "/x", url.Values{"name": {"\u202aa\u202c\u202e b\u2066\u2067\u2068\u2069\u200fc\u200d"}}))
}

// What nobody sees is nothing: nobody signs with it, and no reason is made of it. In a
// word that is seen it stays.
func TestWhatNobodySeesIsNothing(t *testing.T) {
	s := pagetest.Setting(t, i18n.English)
	for typed, want := range map[string]string{
		"\u200b": "", "\u200d\u200c": "", "\u3164": "", "\u115f \u1160": "", "\u2800": "", "\u00ad\n": "", "\ufe0f": "", "\U000e0041": "",
		"م\u200cن": "م\u200cن", "❤\ufe0f": "❤\ufe0f", " ": " ", "": "",
	} {
		pagetest.Do(func(w http.ResponseWriter, r *http.Request) error {
			form, err := page.Form(w, r)
			if got := form.Get("name"); got != want {
				t.Errorf("%q is taken for %q", typed, got)
			}
			return err
		}, pagetest.Request(s, "/x", url.Values{"name": {typed}}))
	}
}

func TestAct(t *testing.T) {
	act := page.NewAct(time.Unix(0, 0))
	if got, err := page.Act(url.Values{page.ActField: {act}}); err != nil || got != act {
		t.Errorf("%q %v", got, err)
	}
	for _, bad := range []string{"", "1", strings.Repeat("z", 26) + "x", "' or 1=1 --"} {
		if _, err := page.Act(url.Values{page.ActField: {bad}}); !errs.Is(err, errs.Invalid) {
			t.Errorf("act %q is taken: %v", bad, err)
		}
	}
}

func TestWhen(t *testing.T) {
	now := time.Date(2026, 11, 20, 23, 5, 0, 0, time.UTC) // a Friday
	chicago := time.FixedZone("there", -6*60*60)
	for _, c := range []struct {
		lang i18n.Lang
		zone *time.Location
		at   time.Time
		want string
	}{
		{i18n.English, nil, now, "23:05"},
		{i18n.English, nil, now.Add(-24 * time.Hour), "Thursday 23:05"},
		{i18n.English, nil, now.Add(6 * 24 * time.Hour), "Thursday 23:05"},
		{i18n.English, nil, now.Add(-7 * 24 * time.Hour), "13 November 23:05"},
		{i18n.English, nil, now.Add(60 * 24 * time.Hour), "19 January 2027 23:05"},
		{i18n.English, chicago, now.Add(-20 * time.Hour), "Thursday 21:05"},
		{i18n.English, nil, time.Time{}, ""},
		{i18n.Spanish, nil, now.Add(-24 * time.Hour), "jueves 23:05"},
		{i18n.Spanish, nil, now.Add(-400 * 24 * time.Hour), "16 de octubre de 2025 23:05"},
		{i18n.Arabic, nil, now.Add(-24 * time.Hour), "الخميس 23:05"},
	} {
		v := &page.View{Lang: c.lang, Zone: c.zone, Now: now}
		if got := v.When(c.at); got != c.want {
			t.Errorf("%s %v: %q, want %q", c.lang, c.at, got, c.want)
		}
	}
}

func TestWheneverNamesToday(t *testing.T) {
	now := time.Date(2026, 11, 20, 23, 5, 0, 0, time.UTC)
	v := &page.View{Lang: i18n.Spanish, Now: now}
	for at, want := range map[time.Time]string{now: "hoy 23:05", now.Add(-24 * time.Hour): "jueves 23:05", {}: ""} {
		if got := v.Whenever(at); got != want {
			t.Errorf("%v: %q, want %q", at, got, want)
		}
	}
}

func TestADayWithoutATimeNamesToday(t *testing.T) {
	now := time.Date(2026, 11, 20, 23, 5, 0, 0, time.UTC)
	v := &page.View{Lang: i18n.English, Now: now}
	for at, want := range map[time.Time]string{now: "today", now.Add(48 * time.Hour): "Sunday", now.Add(1000 * time.Hour): "1 January 2027", {}: ""} {
		if got := v.OnDay(at); got != want {
			t.Errorf("%v: %q, want %q", at, got, want)
		}
	}
}

func TestViewWithoutASetting(t *testing.T) {
	if got := page.From(context.Background()).T("no.words"); got != "⟦no.words⟧" {
		t.Errorf("%q", got)
	}
}
