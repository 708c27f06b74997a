package outbox

import (
	"crypto/hmac"
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"alongside/domain/ref"
	"alongside/platform/seal"
)

// A slip says to whose phone a key was given, and until when it may be told of:
// organisation, account, end in seconds, and a keyed mark over them.

// slipLasts is how long after the last contact a phone's outbox is listened to
// when nobody is signed in on it.
const slipLasts = 14 * 24 * time.Hour

const useSlip = "outbox slip"

func newSlip(v *seal.Vault, tenant string, who ref.Account, until time.Time) string {
	said := string(who) + "." + strconv.FormatInt(until.Unix(), 10)
	return tenant + "." + said + "." + base64.RawURLEncoding.EncodeToString(v.Token(tenant, useSlip, []byte(said)))
}

// readSlip takes a slip apart; ok is false for one that nobody here wrote.
func readSlip(v *seal.Vault, slip string) (tenant string, who ref.Account, until time.Time, ok bool) {
	part := strings.Split(slip, ".")
	if len(part) != 4 || len(slip) > 300 {
		return "", "", time.Time{}, false
	}
	mark, err := base64.RawURLEncoding.DecodeString(part[3])
	end, bad := strconv.ParseInt(part[2], 10, 64)
	real := v.Token(part[0], useSlip, []byte(part[1]+"."+part[2]))
	if err != nil || bad != nil || len(real) == 0 || !hmac.Equal(mark, real) {
		return "", "", time.Time{}, false
	}
	return part[0], ref.Account(part[1]), time.Unix(end, 0), true
}
