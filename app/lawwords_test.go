package app

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"alongside/domain/access"
	"alongside/domain/consent"
	"alongside/domain/tenant"
	"alongside/platform/page"
	"alongside/platform/scope"
)

// What somebody reads before they sign is what the law that binds here says of it, on the
// form, on the copy and on their own phone: no promise about a court where that law makes
// none. One yes for all who care, pay and help is offered where the law knows it.
func TestWhatIsReadBeforeSigningIsWhatTheLawSays(t *testing.T) {
	court, health, other := "may not be used against you in court", "The health law may not guard it there", "Where it goes, their rules hold"
	for _, c := range []struct {
		law, says string
		not       []string
		oneForAll bool
	}{
		{tenant.Part2, court, []string{health, other}, true},
		{tenant.HIPAAOnly, health, []string{court, other}, true},
		{tenant.GDPR, other, []string{court, health}, false},
		{tenant.NoRegime, other, []string{court, health}, false},
	} {
		w := newTown(t)
		g := w.guest("here", access.Peer, own)
		w.must(w.a.Tenants.Rule(w.operator("here"), w.orgs["here"].ID, c.law, "A made-up reason for a made-up town."))
		path := "/consents/" + w.ids["here"]["person"]
		read := func(where, body string) {
			if !strings.Contains(body, c.says) {
				t.Errorf("%s, %s: does not say %q", c.law, where, c.says)
			}
			for _, not := range c.not {
				if strings.Contains(body, not) {
					t.Errorf("%s, %s: says %q", c.law, where, not)
				}
			}
		}
		f := asked(w, w.ids["here"]["service"])
		f.Set("step", "why")
		read("the form", w.ask(g, http.MethodPost, path+"/new", f).body)
		f.Set("step", "sign")
		if a := w.ask(g, http.MethodPost, path+"/new", f); a.status != http.StatusSeeOther {
			t.Fatalf("%s: %d", c.law, a.status)
		}
		read("the copy", w.see(g, path+"/"+f.Get("act")+"/copy?in=en", nil))
		read("their own phone", w.ask(w.person(), http.MethodPost, "/mine/allow", url.Values{
			"act": {page.NewAct(noon())}, "step": {"until"}, "recipient": {w.ids["here"]["service"]}, "what": {consent.Status}, "purpose": {scope.Treatment}, "days": {"30"},
		}).body)
		who := w.ask(g, http.MethodPost, path+"/new", url.Values{"act": {page.NewAct(noon())}, "step": {"know"}})
		if offers := strings.Contains(who.body, `value="tpo"`); offers != c.oneForAll {
			t.Errorf("%s: one for all is offered: %v", c.law, offers)
		}
	}
}
