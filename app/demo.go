package app

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"

	"alongside/app/demo"
	"alongside/domain/access"
	"alongside/domain/handoff"
	"alongside/domain/ref"
	"alongside/domain/tenant"
	"alongside/platform/db"
	"alongside/platform/id"
	"alongside/platform/module"
	"alongside/platform/scope"
	"alongside/surface/cli"
)

// demoReady is what `demo --json` prints when the world stands.
type demoReady struct {
	Addr     string        `json:"addr"`
	Accounts []demoAccount `json:"accounts"`
	AskLinks []string      `json:"ask_links"` // of the wards, where a nurse asks
	Doors    []demoDoor    `json:"doors"`     // the other ways in
}

type demoDoor struct {
	Org  string `json:"org"`
	Name string `json:"name"`
	Door string `json:"door"`
	Link string `json:"link"`
}

type demoAccount struct {
	Org   string `json:"org"`
	Role  string `json:"role"`
	Name  string `json:"name"`
	Email string `json:"email"`
	Link  string `json:"link"`
}

// runDemo makes the made-up world in a folder that goes when it stops, and
// answers browsers. It is never made where there is data: in a made-up world links
// work more than once, and open what is somebody's alone.
func runDemo(ctx context.Context, env module.Env, args []string) int {
	f := cli.Flags(env, "demo")
	addr := f.String("addr", "127.0.0.1:8080", "address to answer on")
	asJSON := f.Bool("json", false, "print one line of JSON when ready")
	keep := f.String("data", "", "keep the made-up world in this folder; without it, it is thrown away")
	if words, ok := cli.Parse(f, args); !ok || len(words) > 0 {
		return cli.WrongUse
	}
	dir := *keep
	if dir == "" {
		tmp, err := os.MkdirTemp("", "alongside-demo-")
		if err != nil {
			return cli.Answer(env, plain(), "demo", err)
		}
		defer os.RemoveAll(tmp)
		dir = tmp
	}
	if _, err := os.Stat(filepath.Join(Config{Data: dir}.keys(), "root.key")); err == nil {
		fmt.Fprintln(env.Err, "alongside demo: there is data in that folder already. A made-up world takes an empty folder, and leaves real people alone.")
		return cli.Refused
	}
	l, err := net.Listen("tcp", *addr)
	if err != nil {
		return cli.Answer(env, plain(), "demo", err)
	}
	defer l.Close()
	return cli.Answer(env, plain(), "demo", demoIn(ctx, env, dir, l, *asJSON))
}

func demoIn(ctx context.Context, env module.Env, dir string, l net.Listener, asJSON bool) error {
	origin := "http://" + l.Addr().String()
	clk := demo.NewClock()
	a, err := Make(ctx, Config{
		Data: dir, Clock: clk, Demo: true, Origin: func() string { return origin },
		Log: slog.New(slog.NewTextHandler(env.Err, &slog.HandlerOptions{Level: slog.LevelError})),
	})
	if err != nil {
		return err
	}
	defer a.Close()
	ready := demoReady{Addr: origin}
	for _, o := range demo.Orgs() {
		if err := a.settle(ctx, clk, o, &ready); err != nil {
			return err
		}
	}
	clk.Run()
	if err := ready.print(env, asJSON); err != nil {
		return err
	}
	return a.Serve(ctx, l)
}

// settle makes one organisation with its workers and everyone's stories.
func (a *App) settle(ctx context.Context, clk *demo.Clock, o demo.Org, ready *demoReady) error {
	ctx = scope.With(ctx, scope.Scope{Actor: "operator:demo", Role: "operator", Purpose: scope.Operations})
	t, err := a.Tenants.Create(ctx, o.Name, o.Country, o.Zone)
	if err != nil {
		return err
	}
	ctx = operator(ctx, t)
	if o.Minors.Signs != "" {
		if err := a.Tenants.RuleMinors(ctx, t.ID, o.Minors.Signs, o.Minors.Says); err != nil {
			return fmt.Errorf("who signs for a minor in %s: %w", o.Name, err)
		}
	}
	cast := demo.Cast{Tenant: string(t.ID), Handoffs: a.Handoffs, Clock: clk}
	var participant ref.Account
	for _, w := range o.Workers {
		account, err := a.hire(ctx, t, w, ready)
		if err != nil {
			return fmt.Errorf("account of %s: %w", w.Role, err)
		}
		switch w.Role {
		case access.Peer:
			cast.Peers = append(cast.Peers, account)
		case access.Coordinator:
			cast.Lead = account
		case access.Participant:
			participant = account
		}
	}
	if err := a.demoRota(ctx, clk, cast.Lead, cast.Peers); err != nil {
		return fmt.Errorf("rota of %s: %w", o.Name, err)
	}
	tokens, err := demo.Fill(ctx, cast, o)
	if err != nil {
		return err
	}
	if err := a.demoDay(ctx, clk, cast.Peers); err != nil {
		return fmt.Errorf("days of %s: %w", o.Name, err)
	}
	if err := a.demoCards(ctx, clk, cast.Peers); err != nil {
		return fmt.Errorf("cards of %s: %w", o.Name, err)
	}
	if err := a.demoBelongs(ctx, cast.Peers, participant); err != nil {
		return fmt.Errorf("own page in %s: %w", o.Name, err)
	}
	if err := a.demoTexts(ctx, clk, cast.Peers); err != nil {
		return fmt.Errorf("texts of %s: %w", o.Name, err)
	}
	if err := a.demoBridge(ctx, clk, cast, tokens[0]); err != nil {
		return fmt.Errorf("what goes to care teams in %s: %w", o.Name, err)
	}
	for i, token := range tokens {
		link := ready.Addr + "/ask/" + token
		if site := o.Sites[i]; site.Door != "" {
			ready.Doors = append(ready.Doors, demoDoor{Org: o.Name, Name: site.Name, Door: site.Door, Link: link})
			continue
		}
		ready.AskLinks = append(ready.AskLinks, link)
	}
	return nil
}

// demoBelongs gives the participant's account a story: someone who walks with a
// peer and was introduced to a service.
func (a *App) demoBelongs(ctx context.Context, peers []ref.Account, account ref.Account) error {
	if account == "" {
		return nil
	}
	var person ref.Person
	err := a.Handoffs.Lines(ctx, func(l handoff.Line) error {
		if l.State == handoff.Introduced {
			person = l.Person
		}
		return nil
	})
	if err != nil || person == "" {
		return err
	}
	err = a.DB.Write(ctx, func(tx *db.Tx) error { return a.Door.Belong(tx, account, person) })
	if err != nil {
		return err
	}
	return a.demoNotes(ctx, peers, account, person)
}

func (a *App) hire(ctx context.Context, t tenant.Tenant, w demo.Worker, ready *demoReady) (ref.Account, error) {
	inv, err := a.Access.Invite(ctx, access.Newcomer{Name: w.Name, Email: w.Email, Roles: []string{w.Role}}, id.New(a.Clock.Now()))
	if err != nil {
		return "", err
	}
	again, err := a.Access.DemoLink(ctx, inv.Account.ID)
	if err != nil {
		return "", err
	}
	ready.Accounts = append(ready.Accounts, demoAccount{
		Org: t.Name, Role: w.Role, Name: w.Name, Email: w.Email, Link: ready.Addr + access.LinkPath(again.Token),
	})
	return inv.Account.ID, nil
}

func (r demoReady) print(env module.Env, asJSON bool) error {
	if asJSON {
		line, err := json.Marshal(r)
		if err == nil {
			_, err = fmt.Fprintf(env.Out, "%s\n", line)
		}
		return err
	}
	fmt.Fprintf(env.Out, "A made-up city is ready at %s\n\nSign in as anyone; each link works as often as you like:\n", r.Addr)
	for _, acc := range r.Accounts {
		fmt.Fprintf(env.Out, "  %-14s %-12s %s\n", acc.Role, acc.Name, acc.Link)
	}
	fmt.Fprintln(env.Out, "\nAsk for a peer, as a nurse would:")
	for _, link := range r.AskLinks {
		fmt.Fprintf(env.Out, "  %s\n", link)
	}
	fmt.Fprintln(env.Out, "\nOther doors to ask by:")
	for _, d := range r.Doors {
		fmt.Fprintf(env.Out, "  %-22s %s\n", d.Name, d.Link)
	}
	_, err := fmt.Fprintln(env.Out, "\nEveryone here is made up. Stop with Ctrl-C; nothing is kept.")
	return err
}
