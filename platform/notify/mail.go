package notify

import (
	"context"
	"errors"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail"

	"alongside/platform/errs"
)

// Post is the channel by e-mail, through one SMTP server. Between server and
// program there is TLS, unless the server is this machine.
type Post struct {
	Host           string
	Port           int
	User, Password string
	From           string // the address letters come from; its host stands in their ids
	TLS            bool   // TLS from the first byte (port 465); otherwise STARTTLS
}

// ParsePost reads smtp://user:password@host:port?from=address, or smtps://.
func ParsePost(s string) (Post, error) {
	u, err := url.Parse(s)
	bad := errs.New(errs.Invalid, "notify: an SMTP server is written smtps://name:password@host:port?from=address", "")
	if err != nil || u.Hostname() == "" || (u.Scheme != "smtp" && u.Scheme != "smtps") {
		return Post{}, bad
	}
	p := Post{Host: u.Hostname(), From: u.Query().Get("from"), TLS: u.Scheme == "smtps", Port: 587, User: u.User.Username()}
	p.Password, _ = u.User.Password()
	if p.TLS {
		p.Port = 465
	}
	if u.Port() != "" {
		p.Port, _ = strconv.Atoi(u.Port())
	}
	if _, host, ok := strings.Cut(p.From, "@"); !ok || host == "" {
		return Post{}, bad
	}
	return p, nil
}

// Send mails the words and the link. The letter's id is its Message-ID, by
// which a mailbox knows a second copy.
func (p Post) Send(ctx context.Context, l Letter) error {
	m := mail.NewMsg(mail.WithNoDefaultUserAgent())
	_, host, _ := strings.Cut(p.From, "@")
	if err := errors.Join(m.From(p.From), m.To(l.Address)); err != nil {
		return ErrRefused
	}
	m.SetMessageIDWithValue(l.ID + "@" + host)
	m.SetDateWithValue(l.At)
	m.SetGenHeader("Auto-Submitted", "auto-generated")
	m.Subject(l.Text)
	m.SetBodyString(mail.TypeTextPlain, strings.TrimSpace(l.Text+"\n\n"+l.Link)+"\n")
	c, err := mail.NewClient(p.Host, p.options(ctx)...)
	if err != nil {
		return errs.New(errs.Internal, "notify: the mail server cannot be used as it is set up", "")
	}
	return mailed(c.DialAndSendWithContext(ctx, m))
}

func (p Post) options(ctx context.Context) []mail.Option {
	out := []mail.Option{mail.WithPort(p.Port), mail.WithTimeout(remaining(ctx)), mail.WithTLSPolicy(mail.TLSMandatory)}
	if thisMachine(p.Host) {
		out = append(out, mail.WithTLSPolicy(mail.NoTLS))
	}
	if p.TLS {
		out = append(out, mail.WithSSL())
	}
	if p.User != "" {
		out = append(out, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(p.User), mail.WithPassword(p.Password))
	}
	return out
}

// remaining is how long a step may take; the context ends the whole.
func remaining(ctx context.Context) time.Duration {
	if _, ok := ctx.Deadline(); ok {
		return patience
	}
	return 2 * patience
}

// mailed keeps of a server's answer its number: its sentences may hold the
// address.
func mailed(err error) error {
	var s *mail.SendError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &s) && !s.IsTemp() && s.ErrorCode() >= 550 && s.ErrorCode() <= 554:
		return ErrRefused
	case errors.As(err, &s) && s.ErrorCode() != 0:
		return errs.New(errs.Unavailable, "notify: the mail server answered "+strconv.Itoa(s.ErrorCode()), "")
	}
	return errs.New(errs.Unavailable, "notify: the mail server was not reached", "")
}
