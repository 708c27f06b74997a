package handoff

import (
	"strings"
	"sync"
	"time"
	"unicode"

	"alongside/domain/ref"
	"alongside/platform/field"
	"alongside/platform/i18n"
)

// Site is a place that asks for peers: an emergency room, a shelter, a ward, or
// the page on which people ask for themselves.
type Site struct {
	ID       ref.Site
	Name     string
	Door     string // who asks here, and so what the page asks
	Duty     string // telephone of whoever is on duty when no peer has come
	Promise  int64  // minutes until a peer is beside the person; 0 takes Promise
	Reoffers int64  // how often a service may be offered again; 0 takes Reoffers
	Flood    int64  // asks a minute before the rest are kept for someone to look; 0 takes Flood
	Turn     int64  // counts up when the link is changed, which ends the old one
	LinkKey  []byte
	Version  int64
}

// What stands where a site says nothing. Promise is Dauphin County's published
// requirement (docs/sources.md); the other two are our own choice (0005).
const (
	Promise  = 30 * time.Minute
	Reoffers = 3
	Flood    = 60
)

// Promised is within which time a peer should be beside the person.
func (s Site) Promised() time.Duration {
	if s.Promise <= 0 {
		return Promise
	}
	return time.Duration(s.Promise) * time.Minute
}

func (s Site) reoffers() int64 {
	if s.Reoffers <= 0 {
		return Reoffers
	}
	return s.Reoffers
}

func (s Site) flood() int64 {
	if s.Flood <= 0 {
		return Flood
	}
	return s.Flood
}

// check refuses numbers that cannot be, a door that is none, and a name that is
// not a line of words. It names the place.
func (s Site) check() error {
	numbers := []struct {
		place string
		n     int64
	}{{"promise", s.Promise}, {"reoffers", s.Reoffers}, {"flood", s.Flood}}
	for _, x := range numbers {
		if x.n < 0 || x.n > mostOfSite {
			return refuse(x.place, "handoff.error.site-number")
		}
	}
	if s.Door != "" && !field.Offered(doorOptions(), s.Door) {
		return refuse("door", "error.pick-one")
	}
	if strings.ContainsFunc(s.Name+s.Duty, unicode.IsControl) || strings.TrimSpace(s.Name) == "" {
		return refuse("name", "error.needed")
	}
	return nil
}

// mostOfSite is the most a site's numbers may be: minutes, times, asks.
const mostOfSite = 100_000

// Sites says what a site's record holds. It is about nobody.
func Sites() *field.Record[Site] { return siteRecord() }

// siteRecord is made once: a board asks for it for each moment it shows.
var siteRecord = sync.OnceValue(func() *field.Record[Site] {
	return field.Define("handoff_site", field.Keys[Site]{ID: []string{"site"}},
		field.Field[Site]{Column: "site", Kind: field.Ref, FHIR: "Location.id", At: func(s *Site) any { return &s.ID }},
		field.Field[Site]{
			Column: "name", Kind: field.Text, Asked: true, Required: true, Limit: 80, FHIR: "Location.name",
			Label: i18n.Text{EN: "Name", ES: "Nombre", AR: "الاسم"},
			At:    func(s *Site) any { return &s.Name },
		},
		field.Field[Site]{
			Column: "door", Kind: field.Choice, Asked: true, Required: true, Options: doorOptions(),
			Label: i18n.Text{EN: "Who asks here?", ES: "¿Quién pide aquí?", AR: "من يطلب هنا؟"},
			At:    func(s *Site) any { return &s.Door },
		},
		field.Field[Site]{
			Column: "duty", Kind: field.Text, Asked: true, Limit: 40,
			Label: i18n.Text{EN: "Duty telephone", ES: "Teléfono de guardia", AR: "هاتف المناوب"},
			Hint:  i18n.Text{EN: "Shown to whoever asked, when no peer has come.", ES: "Se muestra a quien pidió, si no llega ningún par.", AR: "يظهر لمن طلب إذا لم يصل مرافق."},
			At:    func(s *Site) any { return &s.Duty },
		},
		siteNumber("promise", i18n.Text{EN: "A peer is there within (minutes)", ES: "Un par llega en (minutos)", AR: "يصل المرافق خلال (دقائق)"}, func(s *Site) any { return &s.Promise }),
		siteNumber("reoffers", i18n.Text{EN: "A service is offered again, at most (times)", ES: "Un servicio se ofrece de nuevo, como máximo (veces)", AR: "تُعرض الجهة مجددا على الأكثر (مرات)"}, func(s *Site) any { return &s.Reoffers }),
		siteNumber("flood", i18n.Text{EN: "More asks than this in a minute are kept for someone to look at", ES: "Más pedidos que estos en un minuto se guardan para que alguien los mire", AR: "ما زاد عن هذا العدد من الطلبات في دقيقة يُحفظ لينظر فيه أحد"}, func(s *Site) any { return &s.Flood }),
		field.Field[Site]{
			Column: "turn", Kind: field.Number,
			Label: i18n.Text{EN: "Links so far", ES: "Enlaces hasta ahora", AR: "الروابط حتى الآن"},
			At:    func(s *Site) any { return &s.Turn },
		},
		field.Field[Site]{Column: "link_key", Kind: field.Digest, At: func(s *Site) any { return &s.LinkKey }},
		field.Field[Site]{Column: "version", Kind: field.Version, At: func(s *Site) any { return &s.Version }},
	)
})

func siteNumber(column string, label i18n.Text, at func(*Site) any) field.Field[Site] {
	return field.Field[Site]{Column: column, Kind: field.Number, Asked: true, Label: label, At: at}
}
