package app

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"alongside/domain/access"
	"alongside/domain/consent"
	"alongside/domain/ref"
	"alongside/domain/tenant"
	"alongside/platform/db"
	"alongside/platform/module"
	"alongside/surface/cli"
)

// recipientLine is one recipient as the list prints it.
type recipientLine struct {
	ID   ref.Recipient `json:"id"`
	Kind string        `json:"kind"`
	Name string        `json:"name"`
}

// runRecipients lists who can be told something.
func runRecipients(ctx context.Context, env module.Env, args []string) int {
	p, parse, asJSON := placeFlags(env, "recipients")
	if words, ok := parse(args); !ok || len(words) > 0 {
		return cli.WrongUse
	}
	if code, bad := needs(env, "recipients", "--org", p.org); bad {
		return code
	}
	return at(ctx, env, "recipients", *p, func(ctx context.Context, a *App) error {
		lines, err := a.recipients(ctx)
		if err != nil {
			return err
		}
		if *asJSON {
			return printJSON(env, lines)
		}
		for _, l := range lines {
			fmt.Fprintf(env.Out, "%s  %-12s %s\n", l.ID, l.Kind, l.Name)
		}
		return nil
	})
}

func (a *App) recipients(ctx context.Context) ([]recipientLine, error) {
	var lines []recipientLine
	err := a.DB.Read(ctx, func(tx *db.Tx) error {
		lines = []recipientLine{}
		if err := a.Access.Allow(tx, "consent.recipients", access.Resource{}); err != nil {
			return err
		}
		all, err := a.Consents.AllRecipients(tx)
		for _, r := range all {
			lines = append(lines, recipientLine{r.ID, r.Kind, r.Name})
		}
		return err
	})
	return lines, err
}

// runRecipientAdd puts someone on the list of those who can be told something,
// and prints their id.
func runRecipientAdd(ctx context.Context, env module.Env, args []string) int {
	var p place
	var r consent.Recipient
	var via string
	f := cli.Flags(env, "recipient add")
	p.register(f)
	f.StringVar(&r.Name, "name", "", "what they are called")
	f.StringVar(&r.Kind, "kind", consent.Provider, "provider, plan, payer, helper, intermediary, kin or other")
	f.StringVar(&r.Address, "address", "", "where they are, for the accounting")
	f.StringVar(&via, "via", "", "id of the intermediary through which they are reached")
	if words, ok := cli.Parse(f, args); !ok || len(words) > 0 {
		return cli.WrongUse
	}
	if code, bad := needs(env, "recipient add", "--org", p.org, "--name", r.Name); bad {
		return code
	}
	r.Via = ref.Recipient(via)
	return at(ctx, env, "recipient add", p, func(ctx context.Context, a *App) error {
		err := a.DB.Write(ctx, func(tx *db.Tx) error {
			err := a.Access.Allow(tx, "consent.recipient-edit", access.Resource{})
			if err == nil {
				r, err = a.Consents.AddRecipient(tx, r)
			}
			return err
		})
		if err == nil {
			fmt.Fprintln(env.Out, r.ID)
		}
		return err
	})
}

// question is what `consent check` asks, as it was typed.
type question struct{ person, recipient, purpose, at string }

// ask reads it; say is what was wrong with it.
func (q question) ask() (a consent.Ask, say string) {
	a = consent.Ask{Person: ref.Person(q.person), Recipient: ref.Recipient(q.recipient), Purpose: q.purpose}
	if !consent.Asked(q.purpose) {
		return a, "--purpose is one of TREAT HPAYMT HOPERAT PATRQT ETREAT HRESCH"
	}
	if q.at == "" {
		return a, ""
	}
	var err error
	if a.At, err = time.Parse(time.RFC3339, q.at); err != nil {
		return a, "--at is a time such as 2026-11-20T23:05:00Z"
	}
	return a, ""
}

// runConsentCheck asks whether something about a person may be told to a
// recipient. A decision is an answer, whichever it is: exit code 0.
func runConsentCheck(ctx context.Context, env module.Env, args []string) int {
	var p place
	var q question
	f := cli.Flags(env, "consent check")
	p.register(f)
	f.StringVar(&q.person, "person", "", "id of the person")
	f.StringVar(&q.recipient, "recipient", "", "id of the recipient; “alongside recipients” lists them")
	f.StringVar(&q.purpose, "purpose", "", "what for: TREAT HPAYMT HOPERAT PATRQT ETREAT HRESCH")
	f.StringVar(&q.at, "at", "", "at this time, such as 2026-11-20T23:05:00Z; without it, now")
	asJSON := f.Bool("json", false, "print JSON")
	if words, ok := cli.Parse(f, args); !ok || len(words) > 0 {
		return cli.WrongUse
	}
	if code, bad := needs(env, "consent check", "--org", p.org, "--person", q.person, "--recipient", q.recipient, "--purpose", q.purpose); bad {
		return code
	}
	ask, say := q.ask()
	if say != "" {
		fmt.Fprintf(env.Err, "alongside consent check: %s\n", say)
		return cli.WrongUse
	}
	return at(ctx, env, "consent check", p, func(ctx context.Context, a *App) error {
		answer, err := a.checkConsent(ctx, ask)
		if err != nil {
			return err
		}
		if *asJSON {
			return printJSON(env, answer)
		}
		return printAnswer(env, answer)
	})
}

func (a *App) checkConsent(ctx context.Context, ask consent.Ask) (answer consent.Answer, err error) {
	err = a.DB.Write(ctx, func(tx *db.Tx) error {
		if err := a.Access.Allow(tx, "consent.check", access.Resource{}); err != nil {
			return err
		}
		answer, err = a.Consents.Check(tx, ask)
		return err
	})
	return answer, err
}

func printAnswer(env module.Env, a consent.Answer) error {
	if a.Decision == consent.Deny {
		_, err := fmt.Fprintf(env.Out, "%s: %s\n", a.Decision, a.Reason)
		return err
	}
	_, err := fmt.Fprintf(env.Out, "%s: %s, by consent %s\n%s", a.Decision, strings.Join(a.Covers, ", "), a.Consent, noticeLine(a.Notice))
	return err
}

func noticeLine(notice string) string {
	if notice == "" {
		return ""
	}
	return "With it goes:\n" + notice + "\n"
}

// runPrivacy shows which privacy law binds an organisation, or puts it under
// another with a reason.
func runPrivacy(ctx context.Context, env module.Env, args []string) int {
	var p place
	var regime, why string
	f := cli.Flags(env, "privacy")
	p.register(f)
	f.StringVar(&regime, "regime", "", "part2, hipaa, gdpr or none; without it, the present one is shown")
	f.StringVar(&why, "why", "", "why this one and not the country's own; it stays on record")
	if words, ok := cli.Parse(f, args); !ok || len(words) > 0 {
		return cli.WrongUse
	}
	if code, bad := needs(env, "privacy", "--org", p.org); bad {
		return code
	}
	return at(ctx, env, "privacy", p, func(ctx context.Context, a *App) error {
		o, err := a.Tenants.Find(ctx, p.org)
		if err != nil {
			return err
		}
		if regime != "" {
			if err := a.rulePrivacy(ctx, o.ID, regime, why); err != nil {
				return err
			}
			o.Regime = regime
		}
		_, err = fmt.Fprintln(env.Out, o.Regime)
		return err
	})
}

func (a *App) rulePrivacy(ctx context.Context, t ref.Tenant, regime, why string) error {
	if err := a.Access.AllowRoute(ctx, "tenant.settings"); err != nil {
		return err
	}
	return a.Tenants.Rule(ctx, t, regime, why)
}

// runPrivacyMinors shows what the organisation says of the law of its state, or
// records it: who signs a consent when the person is not of age.
func runPrivacyMinors(ctx context.Context, env module.Env, args []string) int {
	var p place
	var sign, says string
	f := cli.Flags(env, "privacy minors")
	p.register(f)
	f.StringVar(&sign, "sign", "", "alone, both or by-age; without it, what was said last is shown")
	f.StringVar(&says, "says", "", "what the law of the state asks, in a sentence that workers read")
	if words, ok := cli.Parse(f, args); !ok || len(words) > 0 {
		return cli.WrongUse
	}
	if code, bad := needs(env, "privacy minors", "--org", p.org); bad {
		return code
	}
	return at(ctx, env, "privacy minors", p, func(ctx context.Context, a *App) error {
		m, err := a.sayMinors(ctx, p.org, sign, says)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintln(env.Out, cmp.Or(m.Signs, "not said"), m.Says)
		return err
	})
}

func (a *App) sayMinors(ctx context.Context, org, sign, says string) (m tenant.Minors, err error) {
	o, err := a.Tenants.Find(ctx, org)
	if err != nil {
		return m, err
	}
	if sign != "" {
		if err := a.Access.AllowRoute(ctx, "tenant.settings"); err != nil {
			return m, err
		}
		if err := a.Tenants.RuleMinors(ctx, o.ID, sign, says); err != nil {
			return m, err
		}
	}
	err = a.DB.Read(ctx, func(tx *db.Tx) error { m, err = tenant.MinorsOf(tx); return err })
	return m, err
}
