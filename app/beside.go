package app

import (
	"strconv"

	"alongside/domain/engagement"
	"alongside/domain/handoff"
	"alongside/domain/ref"
	"alongside/platform/db"
)

// hearsBeside says who hears of what happened beside the path of a hand-off.
func (a *App) hearsBeside(tx *db.Tx, h handoff.Handoff) ([]ref.Account, bool, error) {
	return a.Handoffs.HearsBeside(tx, h)
}

// besideLines are what somebody else noted beside the path of a person whom whoever is in
// the scope walks with, until they say that they know of it.
func (a *App) besideLines(tx *db.Tx) ([]engagement.Item, error) {
	walks, err := a.walkedWith(tx, ref.Account(tx.Scope().Actor))
	if err != nil {
		return nil, err
	}
	list, err := a.Handoffs.Beside(tx, walks)
	out := make([]engagement.Item, len(list))
	for i, h := range list {
		out[i] = engagement.Item{
			Key:  "beside " + string(h.ID) + " " + strconv.FormatInt(h.BesideAt.UnixMicro(), 10),
			Rank: engagement.Safety, Person: h.Person, At: h.BesideAt, Why: "handoff-beside", Path: "/handoff/" + string(h.ID),
		}
	}
	return out, err
}
