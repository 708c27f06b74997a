package notify

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"alongside/platform/db/dbtest"
)

func letter(address string) Letter {
	at := dbtest.Noon()
	return Letter{
		Tenant: "t1", Account: "a", ID: "0123456789abcdef0123456789", Address: address, Text: "Something new for you",
		Link: "https://a.example/o/abc", At: at, Until: at.Add(time.Hour),
	}
}

// browser is the far end of a push: it can open what is sealed for it.
type browser struct {
	key  *ecdh.PrivateKey
	auth []byte
}

func newBrowser(t *testing.T) browser {
	k, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return browser{k, []byte("sixteen bytes ok")}
}

func (b browser) subscription(endpoint string) string {
	enc := base64.RawURLEncoding.EncodeToString
	s, _ := json.Marshal(map[string]any{"endpoint": endpoint, "keys": map[string]string{"p256dh": enc(b.key.PublicKey().Bytes()), "auth": enc(b.auth)}})
	return string(s)
}

// open reads a body as RFC 8188 and RFC 8291 say.
func (b browser) open(t *testing.T, body []byte) []byte {
	t.Helper()
	salt, n := body[:16], int(body[20])
	sender, sealed := body[21:21+n], body[21+n:]
	if binary.BigEndian.Uint32(body[16:20]) < uint32(len(body)) {
		t.Fatal("more than one record")
	}
	pub, err := ecdh.P256().NewPublicKey(sender)
	if err != nil {
		t.Fatal(err)
	}
	shared, err := b.key.ECDH(pub)
	if err != nil {
		t.Fatal(err)
	}
	info := "WebPush: info\x00" + string(b.key.PublicKey().Bytes()) + string(sender)
	ikm, err := hkdf.Key(sha256.New, shared, b.auth, info, 32)
	if err != nil {
		t.Fatal(err)
	}
	cek, err1 := hkdf.Key(sha256.New, ikm, salt, "Content-Encoding: aes128gcm\x00", 16)
	nonce, err2 := hkdf.Key(sha256.New, ikm, salt, "Content-Encoding: nonce\x00", 12)
	block, err3 := aes.NewCipher(cek)
	if err := errors.Join(err1, err2, err3); err != nil {
		t.Fatal(err)
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := gcm.Open(nil, nonce, sealed, nil)
	if err != nil {
		t.Fatal(err)
	}
	return []byte(strings.TrimRight(strings.TrimRight(string(plain), "\x00"), "\x02"))
}

func TestAPushIsSealedForItsBrowserAndSignedByTheOrganisation(t *testing.T) {
	v := dbtest.Vault(t, t.TempDir())
	b := newBrowser(t)
	var got Note
	var head http.Header
	status, size := http.StatusCreated, 0
	service := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		head = r.Header
		body, _ := io.ReadAll(r.Body)
		size = len(body)
		if err := json.Unmarshal(b.open(t, body), &got); err != nil {
			t.Error(err)
		}
		w.WriteHeader(status)
	}))
	defer service.Close()
	p := Pusher{Vault: v, Contact: "mailto:it@a.example", Client: service.Client(), Hosts: []string{"127.0.0.1"}}
	l := letter(b.subscription(service.URL + "/device-1"))
	if err := p.Send(t.Context(), l); err != nil {
		t.Fatal(err)
	}
	if got.Text != l.Text || got.Link != l.Link || got.Tag != l.ID || head.Get("Topic") != l.ID || head.Get("TTL") != "3600" {
		t.Fatalf("%+v %v", got, head)
	}
	public, _, err := PushKey(v, "t1")
	other, _, _ := PushKey(v, "t2")
	if err != nil || public == other || !strings.HasPrefix(head.Get("Authorization"), "vapid t=") || !strings.Contains(head.Get("Authorization"), "k="+public) {
		t.Fatal(err, head)
	}
	first := size
	l.Text = "x"
	if err := p.Send(t.Context(), l); err != nil || size != first {
		t.Fatal("the length tells what was said:", size, first, err)
	}
	for s, want := range map[int]error{404: ErrGone, 410: ErrGone, 400: ErrRefused, 413: ErrRefused} {
		if status = s; !errors.Is(p.Send(t.Context(), l), want) {
			t.Error(s)
		}
	}
	for _, status = range []int{503, 401, 403} { // the last two speak of us, and not of this device
		if err := p.Send(t.Context(), l); err == nil || errors.Is(err, ErrGone) || errors.Is(err, ErrRefused) || strings.Contains(err.Error(), "device-1") {
			t.Error(status, err)
		}
	}
}

func TestAPushGoesOnlyToKnownServices(t *testing.T) {
	b := newBrowser(t)
	p := Pusher{Hosts: PushHosts()}
	for endpoint, good := range map[string]bool{
		"https://fcm.googleapis.com/fcm/send/x":            true,
		"https://updates.push.services.mozilla.com/wpush/": true,
		"http://fcm.googleapis.com/fcm/send/x":             false,
		"https://10.0.0.1/":                                false,
		"https://fcm.googleapis.com.evil.example/":         false,
		"https://evilpush.services.mozilla.com.example/":   false,
	} {
		if err := p.CheckSubscription(b.subscription(endpoint)); (err == nil) != good {
			t.Error(endpoint, err)
		}
	}
}

// sink is a mail server that keeps what it is given.
type sink struct {
	to, data []string
	refuse   *smtp.SMTPError
}

func (s *sink) NewSession(*smtp.Conn) (smtp.Session, error) { return s, nil }
func (s *sink) Mail(string, *smtp.MailOptions) error        { return nil }
func (s *sink) Reset()                                      {}
func (s *sink) Logout() error                               { return nil }

func (s *sink) Rcpt(to string, _ *smtp.RcptOptions) error {
	if s.refuse != nil {
		return s.refuse
	}
	s.to = append(s.to, to)
	return nil
}

func (s *sink) Data(r io.Reader) error {
	b, err := io.ReadAll(r)
	s.data = append(s.data, string(b))
	return err
}

func mailServer(t *testing.T, s *sink) Post {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := smtp.NewServer(s)
	over := make(chan error, 1)
	go func() { over <- server.Serve(l) }()
	t.Cleanup(func() { server.Close(); <-over })
	p, err := ParsePost("smtp://" + l.Addr().String() + "?from=" + url.QueryEscape("here@a.example"))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestMailHasTheWordsTheLinkAndOneID(t *testing.T) {
	s := &sink{}
	p := mailServer(t, s)
	ctx, over := context.WithTimeout(t.Context(), patience)
	defer over()
	for range 2 { // the program died before it could note the first
		if err := p.Send(ctx, letter("rosa@example.org")); err != nil {
			t.Fatal(err)
		}
	}
	for _, data := range s.data {
		for _, want := range []string{"Message-ID: <0123456789abcdef0123456789@a.example>", "Subject: Something new for you", "https://a.example/o/abc"} {
			if !strings.Contains(data, want) {
				t.Errorf("%q is not in\n%s", want, data)
			}
		}
	}
	if len(s.data) != 2 || s.to[0] != "rosa@example.org" {
		t.Fatal(s.to)
	}
	s.refuse = &smtp.SMTPError{Code: 550, Message: "rosa@example.org is not here"}
	if err := p.Send(ctx, letter("rosa@example.org")); !errors.Is(err, ErrRefused) {
		t.Fatal(err)
	}
	s.refuse = &smtp.SMTPError{Code: 451, Message: "rosa@example.org later"}
	if err := p.Send(ctx, letter("rosa@example.org")); err == nil || errors.Is(err, ErrRefused) || strings.Contains(err.Error(), "rosa") {
		t.Fatal(err)
	}
}

func TestParsePost(t *testing.T) {
	p, err := ParsePost("smtps://me:pw@mail.example?from=a@b.example")
	if err != nil || !p.TLS || p.Port != 465 || p.User != "me" || p.Password != "pw" {
		t.Fatal(p, err)
	}
	for _, bad := range []string{"", "http://x?from=a@b", "smtp://mail.example", "smtp://?from=a@b"} {
		if _, err := ParsePost(bad); err == nil {
			t.Error(bad)
		}
	}
}

func TestATextGatewayIsAskedAgainOnlyWhenItSurelyDidNotSend(t *testing.T) {
	status := 200
	var got text
	var key string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		key = r.Header.Get("Idempotency-Key")
		json.NewDecoder(r.Body).Decode(&got)
		w.WriteHeader(status)
	}))
	g := Gateway{URL: server.URL, Token: "t", Client: Client()}
	l := letter("+15550100")
	if err := g.Send(t.Context(), l); err != nil || got.To != l.Address || got.Text != l.Text+" "+l.Link || key != l.ID {
		t.Fatal(err, got, key)
	}
	for s, unsure := range map[int]bool{500: true, 502: true, 503: false, 429: false} {
		if status = s; errors.Is(g.Send(t.Context(), l), ErrUnsure) != unsure {
			t.Error(s)
		}
	}
	for _, status = range []int{401, 403, 404} { // a key or an address of ours that is wrong is no fault of the letter
		if err := g.Send(t.Context(), l); err == nil || errors.Is(err, ErrRefused) || errors.Is(err, ErrUnsure) {
			t.Error(status, err)
		}
	}
	status = 400
	if err := g.Send(t.Context(), l); !errors.Is(err, ErrRefused) {
		t.Fatal(err)
	}
	server.Close()
	if err := g.Send(t.Context(), l); err == nil || errors.Is(err, ErrUnsure) {
		t.Fatal("a connection that was not made is no doubt:", err)
	}
}

func TestTheFolderForTextsHoldsEachOnce(t *testing.T) {
	d := Drop{Dir: t.TempDir()}
	for range 2 {
		if err := d.Send(t.Context(), letter("+15550100")); err != nil {
			t.Fatal(err)
		}
	}
	files, _ := filepath.Glob(filepath.Join(d.Dir, "*"))
	hidden, _ := filepath.Glob(filepath.Join(d.Dir, ".*"))
	if len(files) != 1 || len(hidden) != 0 {
		t.Fatal(files, hidden)
	}
	b, err := os.ReadFile(files[0])
	if err != nil || !strings.Contains(string(b), `"to":"+15550100"`) {
		t.Fatal(string(b), err)
	}
	typed := letter("+15550100")
	typed.Text, typed.Link = "At ten past.", ""
	if err := d.Send(t.Context(), typed); err != nil {
		t.Fatal(err)
	}
	if b, err = os.ReadFile(files[0]); err != nil || !strings.Contains(string(b), `"text":"At ten past."`) {
		t.Fatal("typed words go alone:", string(b), err)
	}
}

// TestWhereTextsGo: what cannot be an address of a gateway or a folder is refused when
// the program starts, and not by losing texts.
func TestWhereTextsGo(t *testing.T) {
	for where, good := range map[string]bool{
		"https://gateway.example/send": true, "http://127.0.0.1:8099/send": true, "http://localhost/x": true, "file:/var/spool/texts": true,
		"/var/spool/texts": false, "http://gateway.example/send": false, "ftp://gateway.example": false, "file:": false, "https://": false, "gateway.example": false,
	} {
		if c, err := ParseTexts(where, "t"); (err == nil) != good || good == (c == nil) {
			t.Errorf("%s: %v %v", where, c, err)
		}
	}
}
