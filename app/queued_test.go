package app

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"alongside/domain/access"
	"alongside/domain/ref"
	"alongside/domain/rota"
	"alongside/platform/db"
	"alongside/platform/i18n"
	"alongside/platform/job"
	"alongside/platform/notify"
)

// posted is a post office that keeps whom letters went to.
type posted struct{ to []string }

func (p *posted) Send(_ context.Context, l notify.Letter) error {
	p.to = append(p.to, l.Account)
	return nil
}

// A role taken away, an account paused or ended, while a message for it waits to
// go: it does not go. Whoever kept theirs gets theirs.
func TestAQueuedMessageObeys(t *testing.T) {
	w := newTown(t)
	post := &posted{}
	w.a.Gate.Channels[notify.Mail] = post
	w.must(w.a.openChannel(w.operator("here"), notify.Mail, notify.NotNeeded, "a post of our own"))
	stays := w.account("here", access.Peer, "Peer who stays")
	to := []ref.Account{stays}
	taken := map[string]func(a ref.Account) error{
		"role": func(a ref.Account) error {
			return second(w.a.Access.SetRoles(w.operator("here"), a, []string{access.Evaluator}))
		},
		"account": func(a ref.Account) error { return w.a.Access.Pause(w.operator("here"), a) },
	}
	for what := range taken {
		to = append(to, w.account("here", access.Peer, "Peer without "+what))
	}
	var ids []string
	for _, a := range to {
		ids = append(ids, string(a))
		w.must(w.a.DB.Write(w.operator("here"), func(tx *db.Tx) error {
			_, err := notify.AddDevice(tx, notify.Device{Account: string(a), Channel: notify.Mail, Address: string(a) + "@made-up.example", Language: i18n.English})
			return err
		}))
	}
	w.must(w.a.DB.Write(w.operator("here"), func(tx *db.Tx) error {
		return w.a.Gate.Send(tx, notify.Message{Key: "k", Word: rota.Says()[0], Path: "/board", To: ids, Channels: []string{notify.Mail}, Useful: time.Hour})
	}))
	i := 1
	for _, take := range taken {
		w.must(take(to[i]))
		i++
	}
	runner := job.NewRunner(w.a.DB, w.a.Clock, slog.New(slog.DiscardHandler), w.a.Gate.Jobs()).In(job.Outside)
	_, err := runner.Sweep(t.Context())
	w.must(err)
	if len(post.to) != 1 || post.to[0] != string(stays) {
		t.Errorf("it went to %v, and not to %s alone", post.to, stays)
	}
}

func second[A any](_ A, err error) error { return err }
