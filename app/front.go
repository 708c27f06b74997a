package app

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"

	"alongside/platform/tlsauto"
	"alongside/surface/web"
)

// front is how browsers reach the program.
type front struct{ addr, domain, proxy string }

func (f *front) register(flags *flag.FlagSet) {
	flags.StringVar(&f.addr, "addr", usualAddr, "address to answer on")
	flags.StringVar(&f.domain, "domain", "", "its name on the internet; gets its own certificate, unless --proxy is said")
	flags.StringVar(&f.proxy, "proxy", "", "addresses of the proxies in front that speak https for that name, with commas between")
}

// listen opens the port and says in c how the program is reached: with a certificate of
// its own when there is a name, and behind proxies that have one when there are any.
func (f *front) listen(ctx context.Context, c *Config) (l net.Listener, err error) {
	if c.Proxies, err = f.proxies(); err != nil {
		return nil, err
	}
	origin := "https://" + f.domain
	if f.domain != "" && f.proxy == "" {
		l, err = tlsauto.ListenWith(ctx, tlsauto.Options{Domain: f.domain, Data: c.Data, Log: c.Log})
	} else {
		l, err = net.Listen("tcp", f.addr)
	}
	if err != nil {
		return nil, err
	}
	if f.domain == "" {
		origin = "http://" + l.Addr().String()
	}
	c.Origin, c.Domain = func() string { return origin }, f.domain
	if err := f.remember(c.Data); err != nil {
		c.Log.Warn("links that a command prints do not carry the name", "err", err)
	}
	return l, nil
}

// wrong says in words what cannot be meant by the flags, and "" otherwise.
func (f *front) wrong() string {
	if f.proxy != "" && f.domain == "" {
		return "--proxy needs --domain, the name that browsers ask the proxy for"
	}
	if strings.ContainsAny(f.domain, "/: ") {
		return fmt.Sprintf("--domain takes a name alone, such as help.example, and not %q", f.domain)
	}
	if _, err := f.proxies(); err != nil {
		return fmt.Sprintf("--proxy takes addresses and ranges with commas between, such as 127.0.0.1 or 10.0.0.0/28, and not %q", f.proxy)
	}
	return ""
}

func (f *front) proxies() (*web.Proxies, error) {
	if f.proxy == "" {
		return nil, nil
	}
	return web.NewProxies(f.proxy)
}

// nameFile holds the name under which the program was last served, so that a link which
// another command prints leads to it.
const nameFile = "served-as"

func (f *front) remember(data string) error {
	at := filepath.Join(data, nameFile)
	if f.domain == "" {
		if err := os.Remove(at); !errors.Is(err, os.ErrNotExist) {
			return err
		}
		return nil
	}
	return os.WriteFile(at, []byte(f.domain+"\n"), 0o600)
}

// origin is where links lead that a command prints: the name under which the data was
// last served, or this machine.
func (p place) origin() string {
	b, err := os.ReadFile(filepath.Join(p.data, nameFile))
	if name := strings.TrimSpace(string(b)); err == nil && name != "" {
		return "https://" + name
	}
	return "http://" + usualAddr
}
