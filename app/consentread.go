package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"alongside/domain/access"
	"alongside/domain/audit"
	"alongside/domain/consent"
	"alongside/domain/tenant"
	"alongside/platform/db"
	"alongside/platform/fhir"
	"alongside/platform/i18n"
	"alongside/platform/module"
	"alongside/platform/page"
	"alongside/surface/cli"
)

// mostConsent is the longest FHIR Consent that is read, in bytes.
const mostConsent = 1 << 20

// readConsent is what a FHIR Consent would be here, as `consent read --json` prints it.
type readConsent struct {
	Person    string   `json:"person"`
	Kind      string   `json:"recipient_kind"`
	Recipient string   `json:"recipient"`
	Class     string   `json:"class"`
	What      []string `json:"what"`
	Labels    []string `json:"labels"`
	Purpose   string   `json:"purpose"`
	Given     string   `json:"given_at"` // RFC 3339, to the second
	Until     string   `json:"until_at"` // the same; "" where it has no day as its end
	Lacks     []lack   `json:"lacks"`    // what the law here still asks for
	says      []string
}

type lack struct {
	Place  string `json:"place"`
	Reason string `json:"reason"`
}

// readFile is the whole answer: consents, or why there are none.
type readFile struct {
	Consents []readConsent `json:"consents"`
	Refused  []lack        `json:"refused"`
}

// runConsentRead says what a FHIR Consent means here, and keeps nothing: who it is read
// to, and that a copy was given, no file says.
func runConsentRead(ctx context.Context, env module.Env, args []string) int {
	var p place
	f := cli.Flags(env, "consent read")
	p.register(f)
	asJSON := f.Bool("json", false, "print JSON")
	words, ok := cli.Parse(f, args)
	if !ok || len(words) != 1 {
		return cli.WrongUse
	}
	if code, bad := needs(env, "consent read", "--org", p.org); bad {
		return code
	}
	return at(ctx, env, "consent read", p, func(ctx context.Context, a *App) error {
		raw, err := readUpTo(words[0], mostConsent)
		if err != nil {
			return err
		}
		out, err := a.readConsent(ctx, p.org, raw)
		if err != nil {
			return err
		}
		return out.print(env, *asJSON)
	})
}

func readUpTo(name string, most int64) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && int64(len(raw)) > most {
		err = fhir.Fault{Place: fmt.Sprintf("byte %d", most), Reason: "it is longer than a Consent that is read here"}
	}
	return raw, err
}

func (a *App) readConsent(ctx context.Context, name string, raw []byte) (readFile, error) {
	out := readFile{Refused: []lack{}}
	o, err := a.Tenants.Find(ctx, name)
	if err != nil {
		return out, err
	}
	all, faults := consent.ReadFHIR(raw, consent.Home{Tenant: o.ID, Name: o.Name})
	for _, f := range faults {
		out.Refused = append(out.Refused, lack{cmp.Or(f.Place, "the file"), f.Reason})
	}
	err = a.DB.Write(ctx, func(tx *db.Tx) error {
		out.Consents = []readConsent{}
		if err := a.Access.Allow(tx, "consent.check", access.Resource{}); err != nil {
			return err
		}
		for _, c := range all {
			one, err := a.meant(tx, o, c)
			if err != nil {
				return err
			}
			out.Consents = append(out.Consents, one)
		}
		return audit.Write(tx, audit.Entry{Kind: audit.Look, Action: "consent.check"})
	})
	return out, err
}

// meant is what one consent would be here, and what it lacks.
func (a *App) meant(tx *db.Tx, o tenant.Tenant, c consent.Consent) (readConsent, error) {
	out := readConsent{
		Person: string(c.Person), Kind: c.RecipientKind, Recipient: string(c.Recipient), Class: c.Class,
		What: c.What, Labels: c.Labels, Purpose: c.Purpose, Given: c.GivenAt.Format(time.RFC3339), Lacks: []lack{},
	}
	if !c.UntilAt.IsZero() {
		out.Until = c.UntilAt.Format(time.RFC3339)
	}
	words := a.Words.In(i18n.English)
	lacks, err := a.Consents.Lacks(tx, c, func(string) bool { return true })
	if err != nil {
		return out, err
	}
	for _, l := range lacks {
		out.Lacks = append(out.Lacks, lack{l.Place, words.T(l.Say)})
	}
	shown, err := a.Consents.Show(tx, c)
	v := &page.View{Words: words, Lang: i18n.English, Zone: o.Location(), Now: tx.Now()}
	for _, f := range shown.Facts(v) {
		out.says = append(out.says, f.Label+": "+f.Value)
	}
	return out, err
}

func (r readFile) print(env module.Env, asJSON bool) error {
	if asJSON {
		if err := printJSON(env, r); err != nil {
			return err
		}
	} else if err := r.say(env.Out); err != nil {
		return err
	}
	if len(r.Refused) > 0 {
		return errors.New("it was refused whole, and why stands above: nothing is ever read wider than it was written")
	}
	return nil
}

func (r readFile) say(w io.Writer) (err error) {
	line := func(format string, values ...any) {
		if err == nil {
			_, err = fmt.Fprintf(w, format, values...)
		}
	}
	for _, f := range r.Refused {
		line("refused: %s: %s\n", f.Place, f.Reason)
	}
	for i, c := range r.Consents {
		line("Consent %d of %d\n", i+1, len(r.Consents))
		for _, says := range c.says {
			line("  %s\n", says)
		}
		for _, l := range c.Lacks {
			line("  it lacks %s: %s\n", l.Place, l.Reason)
		}
	}
	line("Nothing was written down.\n")
	return err
}
