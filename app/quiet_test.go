package app

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"alongside/domain/access"
	"alongside/domain/disclose"
	"alongside/platform/page"
)

// Where the law forbids telling the person of an order, nothing of it is on their own
// pages, in the proof that they keep or in what they take along: neither the demand, nor
// what was told, nor that one more row is kept.
func TestAQuietOrderIsNowhereOnOnesOwnPages(t *testing.T) {
	w := newTown(t)
	me, lead := w.person(), w.guest("here", access.Supervisor, own)
	before := w.see(me, "/mine/leave", nil)
	w.see(lead, "/demands?person="+w.ids["here"]["person"], nil)
	w.quietly(lead)
	for range 2 {
		w.see(me, "/mine/held", nil, "Plumtree", "court or the police")
	}
	if after := w.see(me, "/mine/leave", nil); after != before {
		t.Errorf("what stays when they leave is another: %s", after)
	}
	w.see(me, "/mine", nil, "Plumtree", "A court")
	w.see(me, "/mine/looks", nil, "told someone", "a list")
	taken := unzipped(t, []byte(w.ask(me, http.MethodPost, "/mine/take", url.Values{}).body))
	for name, file := range taken {
		for _, no := range []string{"Plumtree", "disclose.demand", "disclose.order", "disclose.obey", `"member"`, "A court"} {
			if strings.Contains(file, no) {
				t.Errorf("%s holds %s", name, no)
			}
		}
	}
	for _, path := range receiptLink.FindAllString(w.see(me, "/mine/receipts", nil), -1) {
		w.see(me, path, nil, "disclose.demand", "disclose.order", `"member"`)
	}
}

// quietly lets an order that the person may not know of be obeyed, whose form is sent
// twice.
func (w *town) quietly(lead guest) {
	w.Helper()
	post := func(path string, f url.Values) {
		f.Set("act", page.NewAct(noon()))
		for range 2 {
			if a := w.ask(lead, http.MethodPost, path, f); a.status != http.StatusSeeOther && a.status != http.StatusConflict {
				w.Fatalf("%s: %d %s", path, a.status, a.body)
			}
		}
	}
	post("/demands", url.Values{
		"person": {w.ids["here"]["person"]}, "kind": {"court-order"}, "from_whom": {"Plumtree Court"}, "at-hand": {"ordered", "quiet"}, "decider": {string(lead.account)},
	})
	path := regexp.MustCompile(`/demands/[0-9a-z]+/decide`).FindString(w.see(lead, "/demands", []string{"Plumtree Court"}))
	post(path, url.Values{"decision": {disclose.Comply}, "basis": {"42 CFR 2.64"}})
	post(strings.TrimSuffix(path, "decide")+"obey", url.Values{"told": {"name"}, "way": {"print"}})
}
