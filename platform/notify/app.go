package notify

import (
	"context"

	"alongside/platform/live"
)

// Pages is the channel to pages that are open now.
type Pages struct{ Hub *live.Hub }

// Topic is what an account's open pages watch.
func Topic(tenant, account string) string { return "notify/" + tenant + "/" + account }

// Send wakes the account's pages, which then ask what is new.
func (p Pages) Send(_ context.Context, l Letter) error {
	p.Hub.Tell(Topic(l.Tenant, l.Account))
	return nil
}
