package app

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"alongside/platform/clock"
	"alongside/platform/module"
	"alongside/surface/cli"
	"alongside/surface/web"
)

// runPages serves the storybook: every page with made-up people, in every
// language, light and dark. It needs no data.
func runPages(ctx context.Context, env module.Env, args []string) int {
	f := cli.Flags(env, "pages")
	addr := f.String("addr", "127.0.0.1:8081", "address to answer on")
	if words, ok := cli.Parse(f, args); !ok || len(words) > 0 {
		return cli.WrongUse
	}
	h, err := web.Storybook(web.Config{
		Clock: clock.System{}, Log: slog.New(slog.NewTextHandler(env.Err, nil)), Modules: (&App{}).modules(), Crisis: (&App{}).crisis,
	})
	if err != nil {
		return cli.Answer(env, plain(), "pages", err)
	}
	l, err := net.Listen("tcp", *addr)
	if err != nil {
		return cli.Answer(env, plain(), "pages", err)
	}
	fmt.Fprintf(env.Out, "Every page: http://%s/pages\n", l.Addr())
	s := &http.Server{Handler: h, ReadHeaderTimeout: 5 * time.Second}
	go func() { <-ctx.Done(); s.Close() }()
	if err := s.Serve(l); err != nil && ctx.Err() == nil {
		return cli.Answer(env, plain(), "pages", err)
	}
	return cli.Done
}
