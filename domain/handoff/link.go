package handoff

import (
	"fmt"
	"strings"
	"unicode"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/id"
	"alongside/platform/link"
	"alongside/platform/seal"
)

// Uses of the organisation's keyed marks.
const (
	useSite      = "handoff.site-link"
	useStatus    = "handoff.status-link"
	useService   = "handoff.service-link"
	useDevice    = "handoff.service-device"
	useBind      = "handoff.service-bind"
	useOwn       = "handoff.own-link"
	useKey       = "handoff.link-key"
	useCode      = "handoff.code"
	useCodeWords = "handoff.code-words"
	useAct       = "handoff.act"
)

func linkKey(v *seal.Vault, tenant, token string) []byte {
	return v.Token(tenant, useKey, []byte(token))
}

// AskToken is the token of a site's page for asking.
func AskToken(tx *db.Tx, s Site) string {
	return link.Token(tx.Vault(), tx.Scope().Tenant, useSite, fmt.Sprintf("%s/%d", s.ID, s.Turn))
}

// StatusToken is the token of a hand-off's page for whoever asked.
func StatusToken(tx *db.Tx, h ref.Handoff) string {
	return link.Token(tx.Vault(), tx.Scope().Tenant, useStatus, string(h))
}

// ServiceToken is the token of a service's own page.
func ServiceToken(tx *db.Tx, d Destination) string {
	return link.Token(tx.Vault(), tx.Scope().Tenant, useService, fmt.Sprintf("%s/%d", d.ID, d.Turn))
}

// ownLink is the unguessable part of the address of the person's own page; turn
// counts up when the page moves to a new one.
func ownLink(tx *db.Tx, h ref.Handoff, turn int64) string {
	return link.Token(tx.Vault(), tx.Scope().Tenant, useOwn, fmt.Sprintf("%s/%d", h, turn))
}

// OwnToken is the token of the person's own page: its link, and the hand-off it
// is looked for by, so that no index of marks is needed.
func OwnToken(tx *db.Tx, h ref.Handoff, turn int64) string {
	return ownLink(tx, h, turn) + string(h)
}

// SplitOwn takes that token apart. ok is false when it cannot be one.
func SplitOwn(token string) (address string, h ref.Handoff, ok bool) {
	cut := len(token) - id.Size
	if cut <= id.Size {
		return "", "", false
	}
	return token[:cut], ref.Handoff(token[cut:]), true
}

// Code is the short code that one shift gives to the next: a word and two
// digits. It is only looked for on its own site's page.
func Code(tx *db.Tx, h ref.Handoff) string {
	b := tx.Vault().Token(tx.Scope().Tenant, useCodeWords, []byte(h))
	words := codeWords()
	return fmt.Sprintf("%s %02d", words[int(b[0])%len(words)], 10+int(b[1])%90)
}

func codeKey(tx *db.Tx, site ref.Site, code string) []byte {
	return tx.Vault().Token(tx.Scope().Tenant, useCode, []byte(string(site)+"/"+tidyCode(code)))
}

// tidyCode leaves letters and digits: at night people type a code together, with
// a hyphen, or in small letters.
func tidyCode(code string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToUpper(r)
		}
		return -1
	}, code)
}

// codeWords are short, told apart by ear, and mean nothing but birds and trees.
func codeWords() []string {
	return strings.Fields(`LARK WREN SWAN CROW DOVE FINCH HERON ROBIN EGRET IBIS
		TERN KITE PLOVER STORK CRANE EAGLE OTTER MAPLE CEDAR ALDER ASPEN BIRCH
		HAZEL LAUREL MYRTLE OLIVE POPLAR ROWAN SPRUCE WILLOW CLOVER FERN`)
}
