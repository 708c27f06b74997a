// Package browsertest opens pages in a real Chromium: it takes the picture,
// asks axe about barriers, walks through the page by keyboard, and fails on
// any request to another host and on anything the console calls an error.
//
// It is not a library because chromedp drives the browser and axe-core knows
// the rules; what is here is the short list of what this program promises of
// every page.
package browsertest

import (
	"context"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/serviceworker"
	"github.com/chromedp/chromedp"
)

// Options say how a page is opened. The zero value is a phone: 360 wide, light,
// English, with JavaScript.
type Options struct {
	Width  int    // 0 is 360
	Height int    // 0 is 800
	Dark   bool   // the device prefers dark
	Lang   string // Accept-Language; "" is en
	NoJS   bool   // JavaScript is off
	Print  bool   // as on paper
}

// Page is one open tab. It closes with its test.
type Page struct {
	t       testing.TB
	ctx     context.Context
	opt     Options
	mu      sync.Mutex
	hosts   map[string][]string           // host → addresses asked for
	wrong   []string                      // what the console called an error
	workers []*serviceworker.Registration // the service workers of the tab
	home    string                        // the host the page was opened at

	closing func()
}

// patience is how long one step in the browser may take before the test gives
// up; it decides nothing else.
const patience = 60 * time.Second

// Browser starts Chromium once for a test and its subtests.
func Browser(t testing.TB) context.Context {
	t.Helper()
	path := chromium()
	if path == "" {
		t.Fatal("Chromium is not here. Install it: apt-get install chromium (or set CHROMIUM to its path)")
	}
	alloc, cancel := chromedp.NewExecAllocator(context.Background(), flags(t, path)...)
	t.Cleanup(cancel)
	ctx, stop := chromedp.NewContext(alloc)
	t.Cleanup(stop)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("Chromium at %s does not start: %v", path, err)
	}
	return ctx
}

func chromium() string {
	if p := os.Getenv("CHROMIUM"); p != "" {
		return p
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			return p
		}
	}
	return ""
}

func flags(t testing.TB, path string) []chromedp.ExecAllocatorOption {
	return []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(path), chromedp.UserDataDir(t.TempDir()),
		chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("hide-scrollbars", true), chromedp.Flag("disable-dev-shm-usage", true),
		chromedp.Flag("force-prefers-reduced-motion", true),
	}
}

// Open opens an address in a new tab with its own cookies and waits until it has
// loaded and its faces are there.
func Open(t testing.TB, browser context.Context, address string, opt Options) *Page {
	t.Helper()
	if opt.Width == 0 {
		opt.Width = 360
	}
	if opt.Height == 0 {
		opt.Height = 800
	}
	if opt.Lang == "" {
		opt.Lang = "en"
	}
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	return tab(t, ctx, cancel, opt, address)
}

func tab(t testing.TB, ctx context.Context, closing func(), opt Options, address string) *Page {
	t.Helper()
	t.Cleanup(closing)
	p := &Page{t: t, ctx: ctx, opt: opt, hosts: map[string][]string{}, closing: closing}
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("a new tab: %v", err)
	}
	if err := chromedp.Listen(ctx, p.heard); err != nil {
		t.Fatalf("a new tab: %v", err)
	}
	p.prepare()
	p.Go(address)
	return p
}

// Tab opens an address in another tab beside this one: the same cookies, and
// what pages have stored. It ends with this one at the latest.
func (p *Page) Tab(address string) *Page {
	p.t.Helper()
	ctx, cancel := chromedp.NewContext(p.ctx)
	return tab(p.t, ctx, cancel, p.opt, address)
}

// Close closes the tab, as a thumb or a phone that is short of memory does.
func (p *Page) Close() { p.closing() }

func (p *Page) prepare() {
	p.t.Helper()
	scheme := "light"
	if p.opt.Dark {
		scheme = "dark"
	}
	media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
	}}
	if p.opt.Print {
		media.Media = "print"
	}
	call(p, network.Enable, network.EnableParams{})
	call(p, log.Enable, cdp.Empty{})
	call(p, network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{Headers: network.Headers{"Accept-Language": p.opt.Lang}})
	call(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: p.opt.NoJS})
	call(p, emulation.SetEmulatedMedia, media)
	p.Do(chromedp.EmulateViewport(int64(p.opt.Width), int64(p.opt.Height)))
}

func call[P, R any](p *Page, cmd cdp.Command[P, R], params P) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if _, err := chromedp.Call(ctx, cmd, params); err != nil {
		p.t.Fatalf("browser: %s: %v", cmd.Method, err)
	}
}

// Go opens another address in the same tab.
func (p *Page) Go(address string) {
	p.t.Helper()
	if p.home == "" {
		p.home = hostOf(address)
	}
	p.Do(chromedp.Navigate(address))
	p.settle()
}

// settle waits for the faces, so that a picture never shows another face.
func (p *Page) settle() {
	p.t.Helper()
	if !p.opt.NoJS {
		Eval[bool](p, `document.fonts.ready.then(() => true)`)
	}
}

// Step is one action of chromedp that returns nothing.
type Step = chromedp.Action[chromedp.Void]

// Do runs steps of chromedp and fails the test when one does not work out.
func (p *Page) Do(steps ...Step) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		p.t.Fatalf("browser: %v", err)
	}
}

// Get runs one action of chromedp and returns its value.
func Get[T any](p *Page, a chromedp.Action[T]) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, a)
	if err != nil {
		p.t.Fatalf("browser: %v", err)
	}
	return v
}

// Eval runs a line of JavaScript in the page, waits for a promise, and returns
// its value.
func Eval[T any](p *Page, js string) T {
	p.t.Helper()
	return Get(p, chromedp.Evaluate[T](js, chromedp.EvalAwaitPromise))
}

// Text returns the words that can be seen in the first element sel finds.
func (p *Page) Text(sel string) string {
	p.t.Helper()
	return Get(p, chromedp.Text(chromedp.CSS(sel)))
}

// Click clicks what sel finds and waits for the page that follows. It returns
// that page's HTTP status.
func (p *Page) Click(sel string) int {
	p.t.Helper()
	return p.Follow(chromedp.Click(chromedp.CSS(sel)))
}

// Type puts words into a field.
func (p *Page) Type(sel, words string) {
	p.t.Helper()
	p.Do(chromedp.Clear(chromedp.CSS(sel)), chromedp.SendKeys(chromedp.CSS(sel), words))
}

// Follow runs a step that leads to another page, waits for it and returns its
// HTTP status.
func (p *Page) Follow(step Step) int {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	res, err := chromedp.RunResponse(ctx, step)
	if err != nil {
		p.t.Fatalf("browser: %v", err)
	}
	p.settle()
	return int(res.Status)
}

// WaitFor waits until a line of JavaScript is true in the page, also across a
// page that goes to another while it is waited for.
func (p *Page) WaitFor(js string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	_, err := chromedp.Run(ctx, chromedp.Poll[bool](js))
	for err != nil && ctx.Err() == nil && wentOn(err) {
		_, err = chromedp.Run(ctx, chromedp.Poll[bool](js))
	}
	if err != nil {
		p.t.Fatalf("browser: waiting for %s: %v", js, err)
	}
}

// wentOn reports whether what was asked was lost with the page it was asked of.
func wentOn(err error) bool {
	return strings.Contains(err.Error(), "Cannot find context") || strings.Contains(err.Error(), "navigated or closed")
}

// Path returns where the tab is: the path of its address.
func (p *Page) Path() string {
	p.t.Helper()
	u, err := url.Parse(Get(p, chromedp.Location()))
	if err != nil {
		p.t.Fatal(err)
	}
	return u.Path
}

// Shot takes a picture of the whole page, under name.png in the folder that
// SHOTS names, and returns its path. Where nobody asked for pictures it takes
// none, for that is a third of the time that a page costs.
func (p *Page) Shot(name string) string {
	p.t.Helper()
	dir := os.Getenv("SHOTS")
	if dir == "" {
		return ""
	}
	tall := max(p.opt.Height, Eval[int](p, `document.documentElement.scrollHeight`))
	p.Do(chromedp.EmulateViewport(int64(p.opt.Width), int64(tall)))
	png := Get(p, chromedp.CaptureScreenshot())
	p.Do(chromedp.EmulateViewport(int64(p.opt.Width), int64(p.opt.Height)))
	path := filepath.Join(dir, name+".png")
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(path, png, 0o644); err != nil {
		p.t.Fatal(err)
	}
	return path
}
