package browsertest

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/serviceworker"
)

// heard collects what a tab asks for and complains about.
func (p *Page) heard(event any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		if h := hostOf(e.Request.URL); h != "" {
			p.hosts[h] = append(p.hosts[h], e.Request.URL)
		}
	case *serviceworker.EventWorkerRegistrationUpdated:
		p.workers = append(p.workers, e.Registrations...)
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError && !expected(e.Entry.Text) {
			p.wrong = append(p.wrong, e.Entry.Text+" "+e.Entry.URL)
		}
	case *runtime.EventExceptionThrown:
		p.wrong = append(p.wrong, describe(e.ExceptionDetails))
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError {
			p.wrong = append(p.wrong, fmt.Sprint("console.error: ", args(e.Args)))
		}
	}
}

// expected is the console's note that a page answered with an error status,
// which is what an error page is meant to do.
func expected(text string) bool {
	return strings.HasPrefix(text, "Failed to load resource: the server responded with a status of 4") ||
		strings.HasPrefix(text, "Failed to load resource: the server responded with a status of 5")
}

func describe(e *runtime.ExceptionDetails) string {
	if e.Exception == nil {
		return e.Text
	}
	return e.Text + " " + e.Exception.Description
}

func args(in []*runtime.RemoteObject) string {
	var out []string
	for _, a := range in {
		out = append(out, string(a.Value)+a.Description)
	}
	return strings.Join(out, " ")
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "ws" && u.Scheme != "wss") {
		return ""
	}
	return u.Host
}

// NoThirdParty fails the test for any request to a host other than the one the
// page came from.
func (p *Page) NoThirdParty() {
	p.t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	for host, urls := range p.hosts {
		if host != p.home {
			p.t.Errorf("the page asked %s: %s", host, strings.Join(urls, ", "))
		}
	}
	if len(p.hosts[p.home]) == 0 {
		p.t.Errorf("no request to %s was seen: the watch does not work", p.home)
	}
}

// NoConsoleErrors fails the test for anything the console calls an error: a
// script that fell over, something the Content-Security-Policy refused.
func (p *Page) NoConsoleErrors() {
	p.t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, w := range p.wrong {
		p.t.Errorf("console: %s", w)
	}
}

// NoSidewaysScroll fails the test when the page is wider than the window, or a
// table on a phone wider than the page.
func (p *Page) NoSidewaysScroll() {
	p.t.Helper()
	over := Eval[[]string](p, `(() => {
		const w = document.documentElement.clientWidth;
		const tables = [...document.querySelectorAll(".table")].filter((e) => w < 540 && e.scrollWidth > e.clientWidth)
			.map((e) => "table " + e.getAttribute("aria-label"));
		if (document.documentElement.scrollWidth <= w) return tables;
		return [...tables, ...[...document.querySelectorAll("body *")]
			.filter((e) => { const r = e.getBoundingClientRect(); return r.width && (r.right > w + 1 || r.left < -1) && !e.closest(".table, .unseen, .skip"); })
			.map((e) => e.tagName + "." + e.className + " " + e.textContent.trim().slice(0, 40))];
	})()`)
	for _, o := range over {
		p.t.Errorf("wider than the window: %s", o)
	}
}

// SmallTargets fails the test for a link, button or field in the page that is
// lower than 44 px and not inside a sentence.
func (p *Page) SmallTargets() {
	p.t.Helper()
	small := Eval[[]string](p, `[...document.querySelectorAll("a, button, summary, input:not([type=hidden]), textarea, select")]
		.filter((e) => {
			const box = e.matches("input[type=radio], input[type=checkbox]") ? e.labels[0] : e;
			const r = box.getBoundingClientRect();
			const sentence = e.matches("a") && getComputedStyle(e).display === "inline";
			return r.height > 0 && r.height < 43.5 && !sentence && !e.matches(".skip");
		})
		.map((e) => e.tagName + " " + (e.textContent || e.name) + " " + e.getBoundingClientRect().height)`)
	for _, s := range small {
		p.t.Errorf("too small for a thumb: %s", s)
	}
}

// SmallWords fails the test for visible text under 15 px.
func (p *Page) SmallWords() {
	p.t.Helper()
	small := Eval[[]string](p, `[...document.querySelectorAll("body *")]
		.filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()))
		.filter((e) => e.getBoundingClientRect().width > 1 && parseFloat(getComputedStyle(e).fontSize) < 15)
		.map((e) => e.tagName + " " + e.textContent.trim().slice(0, 40) + " " + getComputedStyle(e).fontSize)`)
	for _, s := range small {
		p.t.Errorf("too small to read: %s", s)
	}
}

// NoInline fails the test for a style or script inside the page.
func (p *Page) NoInline() {
	p.t.Helper()
	inline := Eval[[]string](p, `[...document.querySelectorAll("style, script:not([src]), [style]")].map((e) => e.outerHTML.slice(0, 80))
		.concat([...document.querySelectorAll("*")].flatMap((e) => [...e.attributes].filter((a) => a.name.startsWith("on")).map((a) => e.tagName + " " + a.name)))`)
	for _, s := range inline {
		p.t.Errorf("inline: %s", s)
	}
}
