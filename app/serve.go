package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"

	"alongside/domain/access"
	"alongside/domain/audit"
	"alongside/domain/handoff"
	"alongside/domain/ref"
	"alongside/domain/rota"
	"alongside/domain/tenant"
	"alongside/platform/module"
	"alongside/platform/page"
	"alongside/platform/scope"
	"alongside/surface/cli"
	"alongside/surface/web"
)

// Handler is the program in a browser.
func (a *App) Handler() (http.Handler, error) {
	return web.New(web.Config{
		Clock: a.Clock, Log: a.Log, Modules: a.Modules, Words: a.Words,
		Session:   a.Access.Middleware,
		Trouble:   access.Trouble,
		Visitor:   a.visitor,
		Speaks:    speaks,
		Authorise: a.Access.AllowRoute,
		Crisis:    a.crisis,
		Ready:     a.DB.Ready,
		Left:      a.left,
		Host:      a.Domain,
		Proxies:   a.Proxies,
		Secure:    strings.HasPrefix(a.Origin(), "https://"),
		Landing:   landing,
		First:     a.first,
	})
}

// first is what those who set the organisation up do first. Their first page comes
// without it rather than not at all.
func (a *App) first(ctx context.Context) web.Part {
	who, _ := access.Current(ctx)
	if who.Role != access.Administrator && who.Role != access.Coordinator {
		return nil
	}
	out, err := handoff.First(ctx, a.Handoffs)
	if err == nil && who.Role == access.Administrator {
		out, err = rota.First(ctx, a.Rota, out)
	}
	if err != nil {
		a.Log.Warn("the first page does not say what is lacking", "err", err)
	}
	return out
}

// left ends the sign-in of someone who leaves in an instant.
func (a *App) left(w http.ResponseWriter, r *http.Request) {
	a.Access.Middleware(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if _, ok := access.Current(r.Context()); !ok {
			return
		}
		if err := a.Access.SignOut(r.Context()); err != nil {
			a.Log.Error("left, and still signed in", "err", err)
		}
	})).ServeHTTP(w, r)
}

// speaks is the language that stands in the account of who is there.
func speaks(ctx context.Context) string {
	who, _ := access.Current(ctx)
	return who.Language
}

// visitor says what the frame may know of who is there.
func (a *App) visitor(ctx context.Context) web.Visitor {
	who, ok := access.Current(ctx)
	if !ok {
		return web.Visitor{}
	}
	out := web.Visitor{Signed: &page.Signed{Name: who.Name, Role: who.Role}, Menu: menu(ctx, who.Role)}
	if o, err := a.Tenants.Get(ctx, ref.Tenant(who.Tenant)); err == nil {
		out.Org, out.Country, out.Zone = o.Name, strings.ToLower(o.Country), a.Tenants.Location(o)
	}
	return out
}

// dress gives a visitor by link the name, the clock and the crisis lines of the
// link's organisation. An organisation that is not here leaves the page as it
// is; the link will lead nowhere.
func (a *App) dress(ctx context.Context, id string) {
	o, err := a.Tenants.Get(ctx, ref.Tenant(id))
	if err != nil {
		return
	}
	v := page.From(ctx)
	v.Org, v.Zone, v.Country, v.Crisis = o.Name, a.Tenants.Location(o), strings.ToLower(o.Country), tenant.CountryOf(o.Country).Lines
}

// zone is where an organisation's clock hangs; UTC where it is not here.
func (a *App) zone(ctx context.Context, id string) *time.Location {
	o, err := a.Tenants.Get(ctx, ref.Tenant(id))
	if err != nil {
		return time.UTC
	}
	return a.Tenants.Location(o)
}

func (a *App) over(ctx context.Context) bool { return a.Access.Over(ctx) }

// Serve answers browsers on the listener until ctx ends, then lets the requests
// under way finish.
func (a *App) Serve(ctx context.Context, l net.Listener) error {
	h, err := a.Handler()
	if err != nil {
		return err
	}
	defer calmCollector()()
	s := web.Server(h, a.Log)
	s.BaseContext = func(net.Listener) context.Context { return ctx }
	bells, stop := context.WithCancel(ctx)
	rung := a.ring(bells)
	defer rung()
	defer stop()
	go audit.NewSequencer(a.DB, a.Log).Run(ctx)
	go a.tidy(ctx)
	go a.keepHome(ctx)
	go a.rest(ctx)
	go a.emptyTexts(ctx)
	done := make(chan error, 1)
	go func() { done <- s.Serve(l) }()
	select {
	case err = <-done:
	case <-ctx.Done():
		end, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		err = s.Shutdown(end)
	}
	if errors.Is(err, http.ErrServerClosed) || errors.Is(err, context.DeadlineExceeded) {
		return nil
	}
	return err
}

// tidy clears what sign-ins leave behind, at the start and once a day.
func (a *App) tidy(ctx context.Context) {
	day := time.NewTicker(24 * time.Hour)
	defer day.Stop()
	for {
		if err := a.Access.Sweep(ctx); err != nil && ctx.Err() == nil {
			a.Log.Warn("sign-ins not tidied", "err", err)
		}
		if err := a.Gate.Purge(scope.AsSystem(ctx, "forget old messages")); err != nil && ctx.Err() == nil {
			a.Log.Warn("old messages not forgotten", "err", err)
		}
		if err := a.hangRests(ctx); err != nil && ctx.Err() == nil {
			a.Log.Warn("what is long out of touch has no bell", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-day.C:
		}
	}
}

// usualAddr is where the program answers unless it is told otherwise; links that a
// command prints lead there.
const usualAddr = "127.0.0.1:8080"

func runServe(ctx context.Context, env module.Env, args []string) int {
	var p place
	var reached front
	f := cli.Flags(env, "serve")
	f.StringVar(&p.data, "data", "", "the data folder")
	f.StringVar(&p.postgres, "postgres", "", "connection URL of a PostgreSQL")
	reached.register(f)
	if words, ok := cli.Parse(f, args); !ok || len(words) > 0 {
		return cli.WrongUse
	}
	if code, bad := needs(env, "serve", "--data", p.data); bad {
		return code
	}
	if say := reached.wrong(); say != "" {
		fmt.Fprintf(env.Err, "alongside serve: %s\n", say)
		return cli.WrongUse
	}
	if say := p.lacks(); say != "" {
		fmt.Fprintf(env.Err, "alongside serve: %s\n", say)
		return cli.Refused
	}
	defer calmCollector()() // opening throws away more than it keeps
	c := p.config()
	c.Log = slog.New(slog.NewJSONHandler(env.Err, nil))
	l, err := reached.listen(ctx, &c)
	if err != nil {
		return cli.Answer(env, plain(), "serve", err)
	}
	defer l.Close()
	a, err := Open(ctx, c)
	if err != nil {
		return sayOf(env, plain(), "serve", p, err)
	}
	defer a.Close()
	fmt.Fprintf(env.Out, "Alongside answers on %s\n", c.Origin())
	if c.Proxies != nil {
		fmt.Fprintf(env.Out, "Its proxies find it at %s\n", l.Addr())
	}
	return cli.Answer(env, a.english(), "serve", a.Serve(ctx, l))
}
