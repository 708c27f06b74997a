// Package notify is the one gate through which a word leaves the program: to an
// open page, a phone's notifications, an e-mail, a text message. Nobody else
// sends anything.
//
// What goes out is a key from a fixed list of words, which say nothing of any
// person nor of what the organisation does, and a link that says nothing
// either. There is no way to send free text, a name or a number: the type does
// not have the field. Beside it there is one narrow door, typed.go: what someone who
// works here typed to a person who chose texts.
//
// A message to a device is a row and a bell, written in the transaction of what
// caused it. It is tried until it went out, is stopped, or is of no use any
// more. The same message to the same device is one row, so that two causes or a
// second try never show it twice. A channel that leaves the building is shut
// until somebody wrote down which agreement covers it, or why none is needed.
//
// It is not a library because the rule of what may be said is ours; pushing,
// mailing and their ciphers are libraries.
package notify

import (
	"context"
	"embed"
	"io/fs"
	"slices"
	"time"

	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/i18n"
)

//go:embed migrations/*.sql
var files embed.FS

// Migrations make the tables of channels, devices and deliveries.
func Migrations() db.Migrations {
	sub, err := fs.Sub(files, "migrations")
	if err != nil {
		panic(err) // the folder is part of the program
	}
	return db.Migrations{Name: "notify", FS: sub}
}

// The channels. App stays in the building: it only wakes open pages.
const (
	App  = "app"
	Push = "push"
	Mail = "mail"
	SMS  = "sms"
)

// Outbound lists the channels that leave the building.
func Outbound() []string { return []string{Push, Mail, SMS} }

// Message is one thing to say to several accounts.
type Message struct {
	Key      string        // what makes it the same message: a device gets it once
	Word     string        // key of the words, from the gate's list
	Path     string        // where the link leads once its holder is signed in; empty: there is none
	To       []string      // accounts
	Channels []string      // which may be used
	Useful   time.Duration // after this it is not sent any more
}

// Letter is a message on its way to one device. ID is the same at every try.
type Letter struct {
	Tenant, Account string
	ID              string // 26 letters and digits, of this message and this device
	Address         string // what the device's channel needs; empty for App
	Text            string // the words, in the device's language
	Link            string // absolute, opaque; empty for what was typed, and where none leads anywhere
	At              time.Time
	Until           time.Time
}

// Channel carries letters to the outside. An error means that it may be tried
// again; [ErrGone], [ErrRefused] and [ErrUnsure] mean something else. No error
// may hold an address.
type Channel interface {
	Send(ctx context.Context, l Letter) error
}

// What a channel may answer beside nil and an error to be tried again.
var (
	ErrGone    = errs.New(errs.NotFound, "notify: the device is gone", "")
	ErrRefused = errs.New(errs.Invalid, "notify: the letter was refused for good", "")
	ErrUnsure  = errs.New(errs.Internal, "notify: nobody knows whether it went out", "")
)

// Deps are what the gate is made of. Channels that are not in the map do not
// exist here.
type Deps struct {
	DB       *db.DB
	Clock    clock.Clock
	Words    []string // keys that may be sent
	Say      func(lang i18n.Lang, key string) string
	Origin   func() string // where browsers reach the program
	Channels map[string]Channel
	Typed    func(tx *db.Tx, key string) (Typed, error) // nil where nobody types to a person

	// Still reports, at the moment a message goes, whether the account may still
	// be told it: a role or an account may have been taken away since. nil: always.
	Still func(tx *db.Tx, account, word string) (bool, error)
}

// Gate sends. It does not change.
type Gate struct{ Deps }

// New returns the gate.
func New(d Deps) *Gate { return &Gate{d} }

// exists reports whether the program was given a way to use the channel.
func (g *Gate) exists(channel string) bool { return g.Channels[channel] != nil }

func (g *Gate) known(word string) bool { return slices.Contains(g.Words, word) }
