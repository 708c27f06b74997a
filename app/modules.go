package app

import (
	"io/fs"
	"slices"

	"alongside/domain/access"
	"alongside/domain/assessment"
	"alongside/domain/audit"
	"alongside/domain/bridge"
	"alongside/domain/consent"
	"alongside/domain/disclose"
	"alongside/domain/engagement"
	"alongside/domain/handoff"
	"alongside/domain/mentoring"
	"alongside/domain/mine"
	"alongside/domain/outbox"
	"alongside/domain/outcome"
	"alongside/domain/people"
	"alongside/domain/rota"
	"alongside/domain/tenant"
	"alongside/domain/workforce"
	"alongside/platform/db"
	"alongside/platform/job"
	"alongside/platform/module"
	"alongside/platform/notify"
)

// Modules lists the domains without a database behind them, for docs, tests and
// the storybook.
func Modules() []module.Module { return (&App{}).modules() }

// modules lists the domains in the order their tables are made: trust first.
func (a *App) modules() []module.Module {
	return []module.Module{
		audit.Module(),
		tenant.Module(&tenant.Web{S: a.Tenants, Names: a.workNames}),
		access.Module(&access.Web{S: a.Access, In: a.wordsIn()}),
		consent.Module(&consent.Web{S: a.Consents, DB: a.DB, Allow: a.allowNear, Names: namesOf, Speaks: speaksOf, In: a.wordsIn()}),
		a.keepsBoth(disclose.Module(&disclose.Web{Panels: slices.Concat((&engagement.Web{S: a.Day}).Panels(), a.bridgeWeb().Panels(), (&mine.Web{S: a.Mine}).Panels()), S: a.Door, DB: a.DB, Names: a.workNames, Deciders: a.deciders, Here: here, In: a.wordsIn()})),
		people.Module(&people.Web{R: a.Registry}),
		mine.Module(&mine.Web{S: a.Mine, Allow: a.allowNear, Names: namesOf, Where: standsAt, Gone: a.gone}),
		handoff.Module(&handoff.Web{S: a.Handoffs, Over: a.over, Dress: a.dress, Zone: a.zone, Origin: a.Origin, Caring: cares{a.Rota}}),
		assessment.Module(),
		mentoring.Module(),
		outcome.Module(),
		rota.Module(&rota.Web{S: a.Rota, Over: a.over}),
		engagement.Module(&engagement.Web{S: a.Day, Sign: a.Outside.signing()}),
		outbox.Module(&outbox.Web{S: a.Outbox, Says: outboxSays}),
		a.keepsBoth(bridge.Module(a.bridgeWeb())),
		workforce.Module(&workforce.Web{S: a.Pages}),
	}
}

// migrations are the tables of the kit and of every domain, in order.
func (a *App) migrations() []db.Migrations {
	list := []db.Migrations{job.Migrations(), notify.Migrations()}
	for _, m := range a.Modules {
		if has(m.Migrations, ".") {
			list = append(list, db.Migrations{Name: m.Name, FS: m.Migrations})
		}
	}
	return list
}

func has(files fs.FS, name string) bool {
	_, err := fs.Stat(files, name)
	return err == nil
}
