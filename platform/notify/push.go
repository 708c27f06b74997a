package notify

import (
	"context"
	"crypto/ecdh"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/SherClockHolmes/webpush-go"

	"alongside/platform/errs"
	"alongside/platform/seal"
)

// Pusher is the channel to a browser's notifications (RFC 8030; sealed for that
// browser alone, RFC 8291; signed with the organisation's key, RFC 8292). Every
// notification has the same length, whatever it says.
type Pusher struct {
	Vault   *seal.Vault
	Contact string       // mailto: or https: address that a push service may write to
	Client  *http.Client // with a limit of time
	Hosts   []string     // push services that may be spoken to; a host or its ending with a dot
}

// PushHosts are the push services of the browsers there are.
func PushHosts() []string {
	return []string{"fcm.googleapis.com", ".push.services.mozilla.com", ".notify.windows.com", ".push.apple.com"}
}

// Note is what a notification carries to the service worker.
type Note struct {
	Text string `json:"text"`
	Link string `json:"link"`
	Tag  string `json:"tag"` // a second one with the same tag takes the first one's place, silently
}

// PushKey is the organisation's key for push services, as a browser wants it.
// It follows from the organisation's own key and is not kept anywhere.
func PushKey(v *seal.Vault, tenant string) (public, private string, err error) {
	for turn := range byte(100) {
		raw := append(v.Token(tenant, "notify.vapid.a", []byte{turn}), v.Token(tenant, "notify.vapid.b", []byte{turn})...)
		k, err := ecdh.P256().NewPrivateKey(raw)
		if err == nil {
			b := base64.RawURLEncoding
			return b.EncodeToString(k.PublicKey().Bytes()), b.EncodeToString(raw), nil
		}
	}
	return "", "", errs.New(errs.Internal, "notify: no push key", "") // one in 2^3200
}

// CheckSubscription reports whether a browser's subscription can be used:
// errs.Invalid when it cannot, or when its push service is not on the list.
func (p Pusher) CheckSubscription(address string) error {
	_, err := p.subscription(address)
	return err
}

func (p Pusher) subscription(address string) (*webpush.Subscription, error) {
	var s webpush.Subscription
	bad := errs.At("notify: push subscription", "address", "error.not-understood")
	if err := json.Unmarshal([]byte(address), &s); err != nil {
		return nil, bad
	}
	u, err := url.Parse(s.Endpoint)
	if err != nil || u.Scheme != "https" || !p.allowed(u.Hostname()) || s.Keys.Auth == "" || s.Keys.P256dh == "" {
		return nil, bad
	}
	return &s, nil
}

func (p Pusher) allowed(host string) bool {
	return slices.ContainsFunc(p.Hosts, func(h string) bool {
		return host == h || strings.HasPrefix(h, ".") && strings.HasSuffix(host, h)
	})
}

// Send pushes the words and the link. The topic lets a push service replace one
// that waits, and the tag lets a browser replace one that shows.
func (p Pusher) Send(ctx context.Context, l Letter) error {
	s, err := p.subscription(l.Address)
	if err != nil {
		return ErrRefused
	}
	public, private, err := PushKey(p.Vault, l.Tenant)
	if err != nil {
		return err
	}
	body, err := json.Marshal(Note{Text: l.Text, Link: l.Link, Tag: l.ID})
	if err != nil {
		return ErrRefused
	}
	answer, err := webpush.SendNotificationWithContext(ctx, body, s, &webpush.Options{
		HTTPClient: p.Client, Subscriber: p.Contact, Topic: l.ID, Urgency: webpush.UrgencyHigh,
		TTL: int(max(0, l.Until.Sub(l.At)) / time.Second), VapidExpiration: l.At.Add(12 * time.Hour),
		VAPIDPublicKey: public, VAPIDPrivateKey: private,
	})
	if err != nil {
		return pushError(err)
	}
	defer answer.Body.Close()
	return pushed(answer.StatusCode)
}

// pushError leaves out the endpoint, which is the device's address.
func pushError(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return errs.New(errs.Unavailable, "notify: the push service was not reached", "")
	}
	return ErrRefused
}

// ours reports that an answer speaks of who asks, and not of what was sent or to whom.
func ours(status int) bool {
	return status == http.StatusUnauthorized || status == http.StatusForbidden
}

func pushed(status int) error {
	switch {
	case status >= 200 && status < 300:
		return nil
	case status == http.StatusNotFound || status == http.StatusGone:
		return ErrGone
	case status == http.StatusTooManyRequests || status >= 500, ours(status):
		return errs.New(errs.Unavailable, "notify: the push service answered "+strconv.Itoa(status), "")
	}
	return ErrRefused
}
