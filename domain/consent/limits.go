package consent

import (
	"alongside/domain/tenant"
	"alongside/platform/db"
)

// Limits are the keys of the sentences that say what cannot be kept private
// here, by the law that binds the organisation. The person reads or hears them
// before they are asked anything that could hurt them: 42 CFR 2.51 (emergencies),
// 2.12(c)(6) (harm to a child), 2.61 (a judge's order). Under a law whose rules
// this project has not read, the last sentence says that we do not know more.
func Limits(regime string) []string {
	switch regime {
	case tenant.Part2:
		return []string{"consent.limit.team", "consent.limit.emergency", "consent.limit.child", "consent.limit.order", "consent.limit.more"}
	case tenant.HIPAAOnly:
		return []string{"consent.limit.team", "consent.limit.emergency", "consent.limit.child", "consent.limit.court", "consent.limit.more"}
	}
	return []string{"consent.limit.team", "consent.limit.emergency", "consent.limit.law", "consent.limit.more"}
}

// OnwardHere is the key of what a person reads, before they sign, about what becomes of
// it where it goes.
func OnwardHere(tx *db.Tx) (string, error) {
	r, err := rule(tx)
	return r.Onward, err
}

// LimitsHere are those of the organisation of the transaction.
func LimitsHere(tx *db.Tx) ([]string, error) {
	r, err := rule(tx)
	return Limits(r.Regime), err
}
