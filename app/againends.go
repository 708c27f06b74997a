package app

import (
	"alongside/domain/access"
	"alongside/domain/audit"
	"alongside/domain/bridge"
	"alongside/domain/consent"
	"alongside/domain/disclose"
	"alongside/domain/engagement"
	"alongside/domain/handoff"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/domain/rota"
	"alongside/platform/db"
	"alongside/platform/notify"
)

// ending is one sort of thing that a restore ends again: its word, in the plural, under
// which kind the list of what was taken back knows it, and who does it. What can be given
// back another day goes only by what was noted since the copy was made.
type ending struct {
	word, kind string
	since      bool
	again      func(a *App, tx *db.Tx, ids []string) (int, error)
}

// heldAgain is the one word of endings for what is not ended again but stopped: what a
// demand of a court or the police held.
const heldAgain = "demands"

// endings lists them. What ends with an account is access's own: it does it by itself,
// and is only counted here.
func endings() []ending {
	return []ending{
		{"consents", consent.OverKind, false, func(a *App, tx *db.Tx, ids []string) (int, error) {
			return a.Consents.EndAgain(tx, as[ref.Consent](ids))
		}},
		{"services of one's own", consent.MineKind, true, func(a *App, tx *db.Tx, ids []string) (int, error) { return a.Consents.PartAgain(tx, ids) }},
		{"agreements", disclose.AgreementKind, false, func(a *App, tx *db.Tx, ids []string) (int, error) {
			return a.Door.EndAgain(tx, as[ref.Agreement](ids))
		}},
		{heldAgain, disclose.DemandKind, true, func(a *App, tx *db.Tx, ids []string) (int, error) { return a.Door.HoldAgain(tx, ids) }},
		{"links", handoff.LinkKind, false, func(a *App, tx *db.Tx, ids []string) (int, error) { return a.Handoffs.TurnAgain(tx, ids) }},
		{"notes", bridge.YesKind, false, func(a *App, tx *db.Tx, ids []string) (int, error) { return a.Bridge.EndAgain(tx, ids) }},
		{"links of notes", bridge.NoteLinkKind, false, func(a *App, tx *db.Tx, ids []string) (int, error) { return a.Bridge.TurnAgain(tx, ids) }},
		{"joined records", people.MergeKind, false, func(_ *App, tx *db.Tx, ids []string) (int, error) { return people.New().PartAgain(tx, ids) }},
		{"plans on a phone", engagement.CarryKind, true, func(a *App, tx *db.Tx, ids []string) (int, error) {
			return a.Day.CarryAgain(tx, as[ref.Person](ids))
		}},
		{"calendar links", rota.FeedKind, false, func(a *App, tx *db.Tx, ids []string) (int, error) { return a.Rota.TurnAgain(tx, ids) }},
		{"walks", engagement.WalkKind, false, func(a *App, tx *db.Tx, ids []string) (int, error) { return a.Day.EndAgain(tx, as[ref.Walk](ids)) }},
		{"ways to reach somebody", people.ReachKind, true, func(a *App, tx *db.Tx, ids []string) (int, error) { return people.New().ShutAgain(tx, ids) }},
		{"channels", notify.ShutKind, true, eachAgain("channel.shut", "notify_channel/", notify.ShutAgain)},
		{"devices", notify.DeviceKind, false, eachAgain("device.forget", "notify_device/", notify.ForgetAgain)},
		{word: "cards"},
		{word: "passkeys"},
		{word: "passwords"},
	}
}

// endAgain ends all of it, and returns how much of each, and which accounts were paused.
func (a *App) endAgain(tx *db.Tx, notes []access.Note) (map[string]int, []ref.Account, error) {
	out := map[string]int{}
	for _, e := range endings() {
		if e.again == nil {
			continue
		}
		n, err := e.again(a, tx, e.in(notes))
		if err != nil {
			return nil, nil, err
		}
		out[e.word] = n
	}
	stopped, err := a.Access.StopAgain(tx, notes)
	out["cards"], out["passkeys"], out["passwords"] = stopped.Cards, stopped.Passkeys, stopped.Passwords
	return out, stopped.Paused, err
}

// in are the ids that the list holds for it, in the list's order.
func (e ending) in(notes []access.Note) (out []string) {
	for _, n := range notes {
		if n.Kind == e.kind && (n.Since || !e.since) {
			out = append(out, n.ID)
		}
	}
	return out
}

func as[T ~string](ids []string) []T {
	out := make([]T, len(ids))
	for i, id := range ids {
		out[i] = T(id)
	}
	return out
}

// eachAgain ends one after the other, and records each that stood: channels over which
// words would leave the building once more, telephones that they would reach.
func eachAgain(action, table string, end func(*db.Tx, string) (bool, error)) func(*App, *db.Tx, []string) (int, error) {
	return func(_ *App, tx *db.Tx, ids []string) (int, error) {
		return db.Again(ids, func(id string) (bool, error) {
			stood, err := end(tx, id)
			if err == nil && stood {
				err = audit.Write(tx, audit.Entry{Kind: audit.Change, Action: action, Record: table + id})
			}
			return stood, err
		})
	}
}
