package consent

import (
	"slices"
	"strings"
	"time"

	"alongside/domain/ref"
	"alongside/platform/field"
)

// Consent is one thing a person agreed to.
type Consent struct {
	ID            ref.Consent
	Person        ref.Person
	Sort          string        // General or Notes
	Regime        string        // the privacy law it was given under
	RecipientKind string        // one of RecipientKinds
	Recipient     ref.Recipient // the named one, or the intermediary
	Class         string        // which class, for a class of recipients and for an intermediary's
	Members       string        // ids of an intermediary's members, a space between
	Discloser     string        // who may tell: the organisation, by name
	SignedAs      string        // the person's name as it stands on the consent
	What          []string      // values of Kinds
	Detail        string        // the same in the person's own words
	Labels        []string      // values of Labels: what may be told although it is sensitive
	Purpose       string        // one of Purposes
	GivenAt       time.Time     // when the person said so or signed; may lie before RecordedAt
	UntilAt       time.Time     // not in force from this instant on; zero: see UntilEvent
	UntilEvent    string        // one of Events; with neither: until taken back
	EndedAt       time.Time     // when that event came
	How           string        // one of Hows
	Paper         string        // where the signed paper is kept
	Language      string        // the language it was read or heard in
	Rights        string        // Read or Heard: that it can be taken back, and how
	Warned        bool          // and what may happen to it there, and what a no would mean
	Copied        string        // how the person was given a copy: one of Copies
	Condition     bool          // support was said to depend on it
	Signer        string        // one of Signers
	SignerName    string        // who signed, when it was someone else
	SignerWhy     string        // why they, or a minor alone, may sign
	Early         bool          // given soon after an overdose; see early.go
	ConfirmBy     time.Time     // an early one lapses at this instant unless it was read back
	ConfirmedAt   time.Time     // when it was read back and the person said yes again
	ConfirmedBy   string        // who read it back
	GivenBy       string        // who wrote it down
	RevokedAt     time.Time
	RevokedHow    string
	RevokedBy     string
	RecordedAt    time.Time
	MarkAt        time.Time // the instant the log had reached when this was recorded
	Version       int64
}

// members are the ids of an intermediary's members.
func (c Consent) members() []string { return strings.Fields(c.Members) }

// fitting is c without what its other answers leave no place for: an answer that
// somebody gave on a form and then made void by another.
func (c Consent) fitting() Consent {
	if c.RecipientKind != Through {
		c.Members = ""
	}
	if c.RecipientKind == ByClass || c.RecipientKind == ByTPO {
		c.Recipient = ""
	}
	if c.RecipientKind == Named || c.RecipientKind == ByTPO {
		c.Class = ""
	}
	if c.How != Paper {
		c.Paper = ""
	}
	if c.Signer == Own {
		c.SignerWhy = ""
	}
	if c.Signer == Own || c.Signer == Minor {
		c.SignerName = ""
	}
	return c
}

// signed reports whether it was signed, on a screen or on paper.
func (c Consent) signed() bool { return c.How == Signed || c.How == Paper }

// tpo reports whether it is for treatment, payment and operations as a whole.
func (c Consent) tpo() bool { return c.Purpose == TPO }

func allOffered(options []field.Option, values []string) bool {
	return !slices.ContainsFunc(values, func(v string) bool { return !field.Offered(options, v) })
}
