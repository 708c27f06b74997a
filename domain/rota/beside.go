package rota

import (
	"strconv"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/notify"
)

// Aside is something that happened beside the path of a hand-off: its number there, and
// who is told of it. Desk says that nobody walks with the person, and that those who
// answer for peers at the site are told.
type Aside struct {
	Handoff ref.Handoff
	Number  int64
	Site    ref.Site
	To      []ref.Account
	Desk    bool
}

// Beside tells them. The words say only that something needs a look, each time anew.
func (s *Service) Beside(tx *db.Tx, a Aside) error {
	path := "/handoff/" + string(a.Handoff)
	if a.Desk {
		var err error
		if a.To, err = s.supervisors(tx, a.Site, ref.Account(tx.Scope().Actor)); err != nil {
			return err
		}
		path = "/board"
	}
	if len(a.To) == 0 {
		return nil
	}
	return s.Gate.Send(tx, notify.Message{
		Key: string(a.Handoff) + "/beside/" + strconv.FormatInt(a.Number, 10), Word: wordLate, Path: path, To: texts(a.To), Useful: useful,
		Channels: DefaultLadder()[0].Channels,
	})
}
