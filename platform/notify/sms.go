package notify

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"alongside/platform/errs"
)

// Gateway is the channel by text message through a provider's HTTP door: a POST
// of {"id","to","text"} as JSON. The id also goes as Idempotency-Key.
type Gateway struct {
	URL    string
	Token  string // sent as a bearer token; "" sends none
	Client *http.Client
}

// Drop is the channel by text message for a small site: a file for each letter
// in a folder that a modem's program empties. The file is named after the
// letter, so that a second one takes the first one's place.
type Drop struct{ Dir string }

// ParseTexts reads where texts go: https://… of a gateway, with http:// on this machine
// alone, for a number in the clear says who is written to; or file:DIR. Anything else
// is Invalid: texts would be lost, one after the other, and nobody would know.
func ParseTexts(s, token string) (Channel, error) {
	if dir, ok := strings.CutPrefix(s, "file:"); ok && dir != "" {
		return Drop{Dir: dir}, nil
	}
	u, err := url.Parse(s)
	if err != nil || u.Hostname() == "" || u.Scheme != "https" && (u.Scheme != "http" || !thisMachine(u.Hostname())) {
		return nil, errs.New(errs.Invalid, "notify: texts go to https://… of a gateway, to http://127.0.0.1… on this machine, or to file:DIR", "")
	}
	return Gateway{URL: s, Token: token, Client: Client()}, nil
}

// thisMachine reports whether a host is the machine that the program runs on.
func thisMachine(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// text is what a provider or a modem's program reads.
type text struct {
	ID   string `json:"id"`
	To   string `json:"to"`
	Text string `json:"text"`
}

func (l Letter) sms() ([]byte, error) {
	return json.Marshal(text{ID: l.ID, To: dialled(l.Address), Text: strings.TrimSpace(l.Text + " " + l.Link)})
}

// dialled is a number as gateways take it, however somebody wrote it down.
func dialled(number string) string {
	return strings.NewReplacer(" ", "", "(", "", ")", "", "-", "", ".", "", "/", "", "\u00a0", "").Replace(number)
}

// Send hands the letter to the provider. Only what surely did not arrive there
// may be tried again: a connection that was not made, an answer that says so.
func (g Gateway) Send(ctx context.Context, l Letter) error {
	body, err := l.sms()
	if err != nil {
		return ErrRefused
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, g.URL, bytes.NewReader(body))
	if err != nil {
		return ErrRefused
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Idempotency-Key", l.ID)
	if g.Token != "" {
		r.Header.Set("Authorization", "Bearer "+g.Token)
	}
	answer, err := g.Client.Do(r)
	if err != nil {
		return notReached(err)
	}
	defer answer.Body.Close()
	return texted(answer.StatusCode)
}

func notReached(err error) error {
	var op *net.OpError
	if errors.As(err, &op) && op.Op == "dial" {
		return errs.New(errs.Unavailable, "notify: the text gateway was not reached", "")
	}
	return ErrUnsure
}

func texted(status int) error {
	switch {
	case status >= 200 && status < 300:
		return nil
	case status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable, status == http.StatusNotFound || ours(status):
		return errs.New(errs.Unavailable, "notify: the text gateway answered "+strconv.Itoa(status), "")
	case status >= 500:
		return ErrUnsure
	}
	return ErrRefused
}

// Send writes the file whole or not at all.
func (d Drop) Send(_ context.Context, l Letter) error {
	body, err := l.sms()
	if err != nil {
		return ErrRefused
	}
	part := filepath.Join(d.Dir, "."+l.ID+".part")
	if err := os.WriteFile(part, body, 0o600); err != nil {
		return errs.New(errs.Unavailable, "notify: the folder for texts cannot be written", "")
	}
	if err := os.Rename(part, filepath.Join(d.Dir, l.ID+".json")); err != nil {
		return errs.New(errs.Unavailable, "notify: the folder for texts cannot be written", "")
	}
	return nil
}

// Client returns an HTTP client that waits no longer than a letter may take and
// follows no other address.
func Client() *http.Client {
	return &http.Client{Timeout: patience - time.Second, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}}
}
