package browsertest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
)

// listener hears what a check complains about instead of failing.
type listener struct {
	testing.TB
	heard []string
}

func (l *listener) Error(a ...any)            { l.heard = append(l.heard, fmt.Sprint(a...)) }
func (l *listener) Errorf(f string, a ...any) { l.heard = append(l.heard, fmt.Sprintf(f, a...)) }

const bad = `<!doctype html><html lang="en"><title>Bad</title><body style="margin:0"><main><h1>Bad</h1>
<p style="color:#aaa;background:#fff;font-size:12px">grey on white</p>
<img src="/no.png"><button style="height:20px;outline:none" onclick="1">x</button>
<div style="width:900px">wide</div><input name="q">
<span role="button" tabindex="-1">a</span><a href="/on" tabindex="-1">never reached</a>
<script>console.error("fell over")</script>
<img alt="" src="http://%s/pixel.png"></main></body></html>`

const fine = `<!doctype html><html lang="en"><head><title>Fine</title><link rel="stylesheet" href="/fine.css"></head><body><main><h1>Fine</h1>
<p>Words to read. <a href="/on">On</a></p><button>Press</button></main></body></html>`

const fineCSS = `body{font:18px sans-serif;color:#111;background:#fff} button{font:inherit;min-height:52px}
:focus-visible{outline:3px solid #000}`

func serve(t *testing.T, body string) *httptest.Server {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/fine.css" {
			w.Header().Set("Content-Type", "text/css")
			fmt.Fprint(w, fineCSS)
			return
		}
		if r.URL.Path != "/" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, body)
	}))
	t.Cleanup(s.Close)
	return s
}

// TestChecksFindWhatIsWrong holds each check against a page that breaks every
// promise, so that none of them is a check that cannot fail.
func TestChecksFindWhatIsWrong(t *testing.T) {
	other := serve(t, "")
	s := serve(t, fmt.Sprintf(bad, strings.TrimPrefix(other.URL, "http://")))
	ear := &listener{TB: t}
	p := Open(ear, Browser(t), s.URL+"/", Options{})
	for name, c := range map[string]struct {
		check func()
		word  string
	}{
		"axe":        {p.Axe, "color-contrast"},
		"axe alt":    {p.Axe, "image-alt"},
		"axe label":  {p.Axe, "label"},
		"inline":     {p.NoInline, "onclick"},
		"style":      {p.NoInline, "style="},
		"sideways":   {p.NoSidewaysScroll, "wide"},
		"thumb":      {p.SmallTargets, "BUTTON x"},
		"small":      {p.SmallWords, "12px"},
		"console":    {p.NoConsoleErrors, "fell over"},
		"elsewhere":  {p.NoThirdParty, "pixel.png"},
		"no focus":   {func() { p.Keyboard() }, "one cannot see"},
		"not by tab": {func() { p.Keyboard() }, "never reached"},
	} {
		ear.heard = nil
		c.check()
		if !strings.Contains(strings.Join(ear.heard, "\n"), c.word) {
			t.Errorf("%s: nothing about %q in %q", name, c.word, ear.heard)
		}
	}
}

func TestChecksPassAGoodPage(t *testing.T) {
	s := serve(t, fine)
	p := Open(t, Browser(t), s.URL+"/", Options{Width: 1280})
	p.Good()
	if stops := p.Keyboard(); len(stops) != 2 {
		t.Errorf("stops: %q", stops)
	}
	t.Setenv("SHOTS", t.TempDir())
	if _, err := os.Stat(p.Shot("fine")); err != nil {
		t.Error("no picture was taken:", err)
	}
}

// TestOptions asks the page what it knows of who opened it.
func TestOptions(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprintf(w, `<!doctype html><title>x</title><p id=lang>%s</p><p id=js>off</p><script>document.getElementById("js").textContent = matchMedia("(prefers-color-scheme: dark)").matches + " " + innerWidth</script>`, r.Header.Get("Accept-Language"))
	}))
	t.Cleanup(s.Close)
	browser := Browser(t)
	p := Open(t, browser, s.URL+"/", Options{Dark: true, Lang: "ar", Width: 400})
	if got := p.Text("#js"); got != "true 400" {
		t.Errorf("dark and width: %q", got)
	}
	if got := p.Text("#lang"); got != "ar" {
		t.Errorf("language: %q", got)
	}
	if got := Open(t, browser, s.URL+"/", Options{NoJS: true}).Text("#js"); got != "off" {
		t.Errorf("without JavaScript: %q", got)
	}
}
