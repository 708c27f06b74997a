package rota

import (
	"strconv"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/notify"
)

// Aside is something on a hand-off that needs a look and moves no ladder: something that
// happened beside its path, or that the person said. What and Number tell one from
// another: the same again shows as one. Desk says that those who answer for peers at the
// site are told; otherwise To are.
type Aside struct {
	Handoff ref.Handoff
	What    string
	Number  int64
	Site    ref.Site
	To      []ref.Account
	Desk    bool
}

// Beside tells them. The words say only that something needs a look.
func (s *Service) Beside(tx *db.Tx, a Aside) error {
	path := "/handoff/" + string(a.Handoff)
	if a.Desk {
		var err error
		if a.To, err = s.heads(tx, a.Site, ref.Account(tx.Scope().Actor)); err != nil {
			return err
		}
		path = "/board"
	}
	if len(a.To) == 0 {
		return nil
	}
	return s.Gate.Send(tx, notify.Message{
		Key: string(a.Handoff) + "/" + a.What + "/" + strconv.FormatInt(a.Number, 10), Word: wordLate, Path: path, To: texts(a.To), Useful: useful,
		Channels: DefaultLadder()[0].Channels,
	})
}
