package browsertest

import (
	"context"
	"strings"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// mostStops is more than any page has places to stop at by Tab.
const mostStops = 300

// focused describes where the keyboard is: what it is, and whether one can see
// it: an outline or a shadow on it or on its label, inside the window and not
// covered by something that stays in place.
const focused = `(() => {
	const e = document.activeElement;
	if (!e || e === document.body || e === document.documentElement) return null;
	const seen = (x) => { const s = getComputedStyle(x); return s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2; };
	const label = e.labels && e.labels[0];
	const r = (e.matches("input[type=radio], input[type=checkbox]") && label ? label : e).getBoundingClientRect();
	const x = Math.min(Math.max(r.left + r.width / 2, 0), innerWidth - 1), y = r.top < 0 && r.bottom > 40 ? Math.min(r.bottom, innerHeight) / 2 : r.top + Math.min(r.height / 2, 20);
	const top = document.elementFromPoint(x, y);
	const free = !!top && (e.contains(top) || top.contains(e) || (label && label.contains(top)));
	if (!e.dataset.stop) e.dataset.stop = String(Math.random());
	return {
		Key: e.dataset.stop,
		What: e.tagName.toLowerCase() + " " + (e.getAttribute("aria-label") || e.textContent || e.name || "").trim().slice(0, 50),
		Visible: seen(e) || (label ? seen(label) : false),
		Uncovered: free,
	};
})()`

// toTheTop puts the keyboard before everything on the page.
const toTheTop = `(() => {
	document.body.tabIndex = -1;
	document.body.focus({preventScroll: true});
	document.body.removeAttribute("tabindex");
	window.scrollTo(0, 0);
	return true;
})()`

type stop struct {
	Key, What          string
	Visible, Uncovered bool
}

// Keyboard walks through the page with Tab and fails the test for a stop one
// cannot see, and for a link, button or field that Tab never reaches. It
// returns what it stopped at, in order.
func (p *Page) Keyboard() []string {
	p.t.Helper()
	Eval[bool](p, toTheTop)
	var order []string
	seen, last := map[string]bool{}, ""
	for range mostStops {
		p.Do(chromedp.KeyEvent(kb.Tab))
		s := Eval[*stop](p, focused)
		if s == nil || (seen[s.Key] && s.Key != last) {
			break
		}
		if s.Key == last { // a date field has several stops inside
			continue
		}
		seen[s.Key], last = true, s.Key
		order = append(order, s.What)
		if !s.Visible {
			p.t.Errorf("keyboard: one cannot see that it is at %q", s.What)
		}
		if !s.Uncovered {
			p.t.Errorf("keyboard: %q has the focus and is covered", s.What)
		}
	}
	p.unreached()
	return order
}

// unreached names what can be pressed or typed in and was never stopped at. Of
// a group of radio buttons one is enough.
func (p *Page) unreached() {
	p.t.Helper()
	left := Eval[[]string](p, `[...document.querySelectorAll("a[href], button, summary, input:not([type=hidden]), textarea, select, [tabindex='0']")]
		.filter((e) => !e.disabled && e.checkVisibility() && e.getClientRects().length && !e.dataset.stop)
		.filter((e) => e.type !== "radio" || ![...document.getElementsByName(e.name)].some((o) => o.dataset.stop))
		.map((e) => e.outerHTML.slice(0, 90))`)
	for _, l := range left {
		p.t.Errorf("keyboard: Tab never reaches %s", l)
	}
}

// Press focuses what sel finds and presses Enter, or Space for what is chosen.
func (p *Page) Press(sel string) {
	p.t.Helper()
	p.Do(chromedp.Focus(chromedp.CSS(sel)))
	kind := Eval[string](p, `document.activeElement.type || ""`)
	key := kb.Enter
	if strings.Contains("radio checkbox", kind) && kind != "" {
		key = " "
	}
	p.Do(chromedp.KeyEvent(key))
}

// Good asks everything this program promises of every page. With JavaScript off
// axe cannot run; the same page with it on has the same markup.
func (p *Page) Good() {
	p.t.Helper()
	p.NoInline()
	p.NoSidewaysScroll()
	p.SmallTargets()
	p.SmallWords()
	if !p.opt.NoJS {
		p.Axe()
	}
	p.NoThirdParty()
	p.NoConsoleErrors()
}

// Keys is the step of pressing keys, wherever the keyboard is.
func Keys(keys string) Step { return chromedp.KeyEvent(keys) }

// Then is a step outside the browser, for what makes a page move by itself.
func Then(do func()) Step {
	return chromedp.Func(func(context.Context, *chromedp.Target) error {
		do()
		return nil
	})
}

// History lists the addresses the back and forward buttons lead to.
func (p *Page) History() []string {
	p.t.Helper()
	var out []string
	for _, e := range Get(p, chromedp.NavigationEntries()).Entries {
		out = append(out, e.URL)
	}
	return out
}
