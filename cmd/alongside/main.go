// Command alongside is peer support in recovery as one program. `alongside help`
// lists what it can do.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"alongside/app"
	"alongside/platform/module"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	env := module.Env{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}
	os.Exit(app.Main(ctx, env, os.Args[1:]))
}
