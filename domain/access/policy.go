package access

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	cedar "github.com/cedar-policy/cedar-go"
	"github.com/cedar-policy/cedar-go/types"

	"alongside/platform/errs"
	"alongside/platform/scope"
)

// MaxRules is how many rules a file of policies may hold: the cost of a
// decision grows with the file, and so does the time to read it.
const MaxRules = 10

// Resource is what an action is about. Attrs holds what the policies read of
// it; Org is the organisation it belongs to, the asker's own when empty.
type Resource struct {
	Kind  string
	ID    string
	Org   string
	Attrs map[string]string
}

// Policy decides by the rules in a folder of Cedar files, one file for the
// actions of one domain ("handoff.cedar" decides "handoff.board"). It does not
// change after it was read.
type Policy struct {
	sets  map[string]*cedar.PolicySet
	known map[string]bool
}

// ReadPolicy reads the files. A rule that cannot be read, an action in the
// wrong file and a file with too many rules are errors that name the file.
func ReadPolicy(files fs.FS) (*Policy, error) {
	names, err := fs.Glob(files, "*.cedar")
	if err != nil {
		return nil, errs.Wrap("access: policies", err)
	}
	p := &Policy{sets: map[string]*cedar.PolicySet{}, known: map[string]bool{}}
	for _, name := range names {
		if err := p.read(files, name); err != nil {
			return nil, errs.Wrap("access: policies in "+name, err)
		}
	}
	return p, nil
}

func (p *Policy) read(files fs.FS, name string) error {
	text, err := fs.ReadFile(files, name)
	if err != nil {
		return err
	}
	set, err := cedar.NewPolicySetFromBytes(name, text)
	if err != nil {
		return err
	}
	if n := len(maps.Collect(set.All())); n == 0 || n > MaxRules {
		return fmt.Errorf("%d rules, from 1 to %d are allowed", n, MaxRules)
	}
	prefix := strings.TrimSuffix(path.Base(name), ".cedar")
	for _, action := range namedActions(string(text)) {
		if domainOf(action) != prefix {
			return fmt.Errorf("the action %s belongs into %s.cedar", action, domainOf(action))
		}
		p.known[action] = true
	}
	p.sets[prefix] = set
	return nil
}

// namedActions finds the actions that a text of policies names.
func namedActions(text string) []string {
	var out []string
	for _, after := range strings.Split(text, `Action::"`)[1:] {
		action, _, _ := strings.Cut(after, `"`)
		out = append(out, action)
	}
	return out
}

func domainOf(action string) string {
	domain, _, _ := strings.Cut(action, ".")
	return domain
}

// Actions lists every action that a policy names, sorted.
func (p *Policy) Actions() []string { return slices.Sorted(maps.Keys(p.known)) }

// Allow answers nil when the policies let whoever is in the scope do the action
// with the resource, errs.Denied otherwise. What no rule names is denied, and
// so is what a rule cannot decide because something it reads is missing.
func (p *Policy) Allow(s scope.Scope, action string, r Resource) error {
	if s.Actor != "" && s.Tenant != "" && p.known[action] {
		e := entitiesOf(s, r)
		decision, why := cedar.Authorize(p.sets[domainOf(action)], e, cedar.Request{
			Principal: e.principal.UID,
			Action:    cedar.NewEntityUID("Action", cedar.String(action)),
			Resource:  e.resource.UID,
		})
		if decision == cedar.Allow && len(why.Errors) == 0 {
			return nil
		}
	}
	return errs.New(errs.Denied, "access: "+action, "")
}

// entities are the two that a decision reads: who asks, and for what. They are
// answered without a map, which is a third of the cost of a decision.
type entities struct{ principal, resource cedar.Entity }

// Get returns one of the two.
func (e *entities) Get(uid cedar.EntityUID) (cedar.Entity, bool) {
	switch uid {
	case e.principal.UID:
		return e.principal, true
	case e.resource.UID:
		return e.resource, true
	}
	return cedar.Entity{}, false
}

func entitiesOf(s scope.Scope, r Resource) *entities {
	kind, role := principalOf(s)
	org := r.Org
	if org == "" {
		org = s.Tenant
	}
	attrs := types.RecordMap{"org": types.String(org)}
	for k, v := range r.Attrs {
		attrs[types.String(k)] = types.String(v)
	}
	return &entities{
		principal: cedar.Entity{
			UID:     cedar.NewEntityUID(kind, types.String(s.Actor)),
			Parents: cedar.NewEntityUIDSet(cedar.NewEntityUID("Role", types.String(role))),
			Attributes: cedar.NewRecord(types.RecordMap{
				"org": types.String(s.Tenant), "account": types.String(s.Actor),
			}),
		},
		resource: cedar.Entity{
			UID:        cedar.NewEntityUID(types.EntityType(resourceKind(r)), types.String(r.ID)),
			Attributes: cedar.NewRecord(attrs),
		},
	}
}

func resourceKind(r Resource) string {
	if r.Kind == "" {
		return "Resource"
	}
	return r.Kind
}

// principalOf says what kind of asker a scope speaks of and in which role. The
// kinds that are no account have a role that no account can hold.
func principalOf(s scope.Scope) (kind types.EntityType, role string) {
	switch {
	case s.System || s.Actor == "system":
		return "System", "system"
	case strings.HasPrefix(s.Actor, "operator:"):
		return "Operator", "operator"
	case strings.HasPrefix(s.Actor, "link:"):
		return "Visitor", "visitor"
	}
	if _, ok := RuleOf(s.Role); !ok {
		return "Account", "nobody"
	}
	return "Account", s.Role
}
