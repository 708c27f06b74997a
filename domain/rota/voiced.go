package rota

import (
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/notify"
)

// Voiced tells those who answer for peers at a site that a person said
// something that waits for an answer. The words say only that something needs a
// look; a second word on the same hand-off while the first is still fresh shows
// as one.
func (s *Service) Voiced(tx *db.Tx, h ref.Handoff, site ref.Site) error {
	who, err := s.heads(tx, site, "")
	if err != nil || len(who) == 0 {
		return err
	}
	return s.Gate.Send(tx, notify.Message{
		Key: string(h) + "/voiced", Word: wordLate, Path: "/board", To: texts(who), Useful: useful,
		Channels: DefaultLadder()[0].Channels,
	})
}
