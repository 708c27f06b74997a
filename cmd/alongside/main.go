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
	ctx := context.Background()
	if !app.AtOnce(os.Args[1:]) {
		// the first signal asks it to put away what it holds, a second one ends it
		told, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
		defer stop()
		context.AfterFunc(told, stop)
		ctx = told
	}
	env := module.Env{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}
	os.Exit(app.Main(ctx, env, os.Args[1:]))
}
