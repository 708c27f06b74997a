// Command pocketbase is PocketBase with one collection, the fields of an ask,
// for the comparison in make bench. Every connection is synchronous=FULL, so
// that what it acknowledges is as safe as ours; its request log is off, which
// is to its advantage.
package main

import (
	"log"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase"
	"github.com/pocketbase/pocketbase/core"
	_ "modernc.org/sqlite"
)

func main() {
	app := pocketbase.NewWithConfig(pocketbase.Config{DBConnect: connect})
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		if err := prepare(e.App); err != nil {
			return err
		}
		return e.Next()
	})
	if err := app.Start(); err != nil {
		log.Fatal(err)
	}
}

// connect is PocketBase's own way to open SQLite but for synchronous.
func connect(path string) (*dbx.DB, error) {
	return dbx.Open("sqlite", path+"?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)"+
		"&_pragma=journal_size_limit(200000000)&_pragma=synchronous(FULL)&_pragma=foreign_keys(ON)"+
		"&_pragma=temp_store(MEMORY)&_pragma=cache_size(-32000)")
}

func prepare(app core.App) error {
	settings := app.Settings()
	settings.Logs.MaxDays = 0
	if err := app.Save(settings); err != nil {
		return err
	}
	if _, err := app.FindCollectionByNameOrId("asks"); err == nil {
		return nil
	}
	c := core.NewBaseCollection("asks")
	anyone := ""
	c.CreateRule = &anyone
	for _, name := range []string{
		"tenant", "site", "source", "state", "answer", "whereabouts", "language", "know", "asker", "name",
		"contact", "peer", "destination", "consent", "mode", "declined_reason", "closed_reason", "connected_source",
	} {
		c.Fields.Add(&core.TextField{Name: name, Max: 2000})
	}
	for _, name := range []string{
		"event_at", "requested_at", "due_at", "acknowledged_at", "met_at", "introduced_at", "connected_at",
	} {
		c.Fields.Add(&core.DateField{Name: name})
	}
	c.AddIndex("asks_open", false, "tenant, state, requested_at", "")
	return app.Save(c)
}
