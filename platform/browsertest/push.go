package browsertest

import (
	"slices"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/serviceworker"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// Notifiable lets the pages of an origin show notifications, and makes the
// browser subscribe with what subscription holds: the keys and the endpoint of a
// push service of the test's own, where a browser's would be far away.
func (p *Page) Notifiable(origin, subscription string) {
	p.t.Helper()
	info := p.target()
	call(p, browser.SetPermission, browser.SetPermissionParams{
		Origin: origin, BrowserContextID: info.BrowserContextID,
		Permission: &browser.PermissionDescriptor{Name: "notifications"}, Setting: browser.PermissionSettingGranted,
	})
	call(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
		Source: "if (window.PushManager) PushManager.prototype.subscribe = async (how) => ({ toJSON: () => { window.pushKey = how.applicationServerKey; return " + subscription + "; } });",
	})
	call(p, serviceworker.Enable, cdp.Empty{})
}

func (p *Page) target() *target.Info {
	p.t.Helper()
	got, err := chromedp.Call(p.ctx, target.GetTargetInfo, target.GetTargetInfoParams{})
	if err != nil {
		p.t.Fatalf("browser: which tab this is: %v", err)
	}
	return got.TargetInfo
}

// Push hands what a push message says, opened, to the service worker of the
// origin, as the browser does when its push service brings one.
func (p *Page) Push(origin, data string) {
	p.t.Helper()
	for deadline := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) {
		if id, ok := p.registration(origin + "/"); ok {
			call(p, serviceworker.DeliverPushMessage, serviceworker.DeliverPushMessageParams{Origin: origin, RegistrationID: id, Data: data})
			return
		}
		if time.Now().After(deadline) {
			p.t.Fatalf("browser: no service worker looks after %s", origin)
		}
	}
}

func (p *Page) registration(scope string) (serviceworker.RegistrationID, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	i := slices.IndexFunc(p.workers, func(r *serviceworker.Registration) bool { return r.ScopeURL == scope && !r.IsDeleted })
	if i < 0 {
		return "", false
	}
	return p.workers[i].RegistrationID, true
}
