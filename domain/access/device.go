package access

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// Device is what a sign-in remembers of the browser it was made with, so that
// people recognise it in their list: no more than its family and roughly from
// where.
type Device struct {
	Agent string // "Firefox, Android"; empty when it says nothing we know
	Net   string // network the address lies in: "203.0.113.0/24"; empty when unknown
	addr  netip.Addr
}

func (s *Service) deviceOf(r *http.Request) Device {
	addr, err := netip.ParseAddr(s.Addr(r))
	d := Device{Agent: family(r.UserAgent())}
	if err == nil {
		d.addr = addr.Unmap().WithZone("")
		d.Net = network(d.addr).String()
	}
	return d
}

// remote is the address of the connection. A header that claims another is not
// believed here; who runs a proxy in front says so where the program is put
// together.
func remote(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return ""
	}
	return host
}

// network is the part of an address that a household or a hospital shares: /24,
// or /48 for IPv6, where one line has a whole /64 or more to itself.
func network(a netip.Addr) netip.Prefix {
	bits := 24
	if a.Is6() {
		bits = 48
	}
	p, err := a.Prefix(bits)
	if err != nil {
		return netip.Prefix{}
	}
	return p
}

// family names browser and system, in the order in which their names hide in
// one another: Edge says it is Chrome, Chrome says it is Safari.
func family(agent string) string {
	browser := firstOf(agent, [][2]string{
		{"Edg", "Edge"},
		{"OPR/", "Opera"},
		{"SamsungBrowser", "Samsung Internet"},
		{"Firefox/", "Firefox"},
		{"FxiOS", "Firefox"},
		{"CriOS", "Chrome"},
		{"Chrome/", "Chrome"},
		{"Safari/", "Safari"},
	})
	system := firstOf(agent, [][2]string{
		{"iPhone", "iPhone"},
		{"iPad", "iPad"},
		{"Android", "Android"},
		{"Windows", "Windows"},
		{"CrOS", "ChromeOS"},
		{"Mac OS X", "Mac"},
		{"Linux", "Linux"},
	})
	return strings.Trim(browser+", "+system, ", ")
}

func firstOf(text string, names [][2]string) string {
	for _, n := range names {
		if strings.Contains(text, n[0]) {
			return n[1]
		}
	}
	return ""
}
