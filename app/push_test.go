package app

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"alongside/platform/browsertest"
	"alongside/platform/id"
	"alongside/platform/notify"
)

// pushService is a push service of the test's own: it takes what is pushed, and
// holds the keys of one browser, so that it can say what that browser would read.
type pushService struct {
	*httptest.Server
	key  *ecdh.PrivateKey
	auth []byte
	got  chan []byte
}

func newPushService(t *testing.T) *pushService {
	k, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	s := &pushService{key: k, auth: []byte("sixteen bytes ok"), got: make(chan []byte, 9)}
	s.Server = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		s.got <- body
		w.WriteHeader(http.StatusCreated)
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *pushService) subscription() string {
	enc := base64.RawURLEncoding.EncodeToString
	out, _ := json.Marshal(map[string]any{
		"endpoint": s.URL + "/p", "keys": map[string]string{"p256dh": enc(s.key.PublicKey().Bytes()), "auth": enc(s.auth)},
	})
	return string(out)
}

// read opens a body as RFC 8188 and RFC 8291 say.
func (s *pushService) read(t *testing.T, body []byte) string {
	t.Helper()
	salt, n := body[:16], int(body[20])
	sender, sealed := body[21:21+n], body[21+n:]
	pub, err := ecdh.P256().NewPublicKey(sender)
	if err != nil {
		t.Fatal(err)
	}
	shared, err := s.key.ECDH(pub)
	if err != nil {
		t.Fatal(err)
	}
	ikm, err1 := hkdf.Key(sha256.New, shared, s.auth, "WebPush: info\x00"+string(s.key.PublicKey().Bytes())+string(sender), 32)
	cek, err2 := hkdf.Key(sha256.New, ikm, salt, "Content-Encoding: aes128gcm\x00", 16)
	nonce, err3 := hkdf.Key(sha256.New, ikm, salt, "Content-Encoding: nonce\x00", 12)
	block, err4 := aes.NewCipher(cek)
	if err := errors.Join(err1, err2, err3, err4); err != nil {
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
	return string(bytes.TrimRight(bytes.TrimRight(plain, "\x00"), "\x02"))
}

// TestAPushIsShownByABrowser: Rosa turns notifications on in Chromium, somebody
// asks for a peer, the program seals the word for that browser and brings it to
// the push service, and the browser's service worker shows it. The last step, from
// the push service into the browser, is the debugging protocol's.
func TestAPushIsShownByABrowser(t *testing.T) {
	w := newLadderTown(t)
	service := newPushService(t)
	w.Gate.Channels[notify.Push] = notify.Pusher{Vault: w.Vault, Contact: "mailto:a@made-up.example", Client: service.Client(), Hosts: []string{"127.0.0.1"}}
	h, err := w.Handler()
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	if err := w.openChannel(operatorOf(t, w.tenant), notify.Push, notify.NotNeeded, "a test's own"); err != nil {
		t.Fatal(err)
	}
	token, err := w.Access.Link(operatorOf(t, w.tenant), w.rosa, id.New(w.clk.Now()))
	if err != nil {
		t.Fatal(err)
	}
	p := browsertest.Open(t, browsertest.Browser(t), server.URL+"/sign-in/link/"+token.Token, browsertest.Options{})
	p.Notifiable(server.URL, service.subscription())
	p.Click("main form .button")
	p.Go(server.URL + "/rota/mine")
	browsertest.Eval[bool](p, `[...document.querySelectorAll("details")].every((d) => d.open = true)`)
	p.Click("button[data-push-key]")
	if n := w.count(t, "SELECT COUNT(*) FROM notify_device WHERE tenant = $1 AND channel = 'push' AND gone_at = 0"); n != 1 {
		t.Fatalf("%d browsers are subscribed", n)
	}
	w.ask(t, w.Handoffs, 1)
	w.wait(t, 5e9)
	word := service.read(t, <-service.got)
	p.Push(server.URL, word)
	p.WaitFor(`!!window.shown || (navigator.serviceWorker.ready.then((r) => r.getNotifications()).then((n) => { if (n.length) window.shown = n.map((x) => x.title + ": " + x.body + " #" + x.tag).join() }), false)`)
	shown := browsertest.Eval[string](p, `window.shown`)
	if !strings.HasPrefix(shown, "Alongside: There is something new for you. #") || strings.Contains(shown, "Blue") || strings.Contains(shown, "Mercy") {
		t.Errorf("shown: %q", shown)
	}
	p.Push(server.URL, word) // twice on its way
	if n := browsertest.Eval[int](p, `navigator.serviceWorker.ready.then((r) => r.getNotifications()).then((n) => n.length)`); n != 1 {
		t.Errorf("%d notifications show; the second takes the first one's place", n)
	}
}

// TestABrowserThatMayNotSaysSo: where notifications were not allowed, the button says
// that there are other ways, and does not stay silent.
func TestABrowserThatMayNotSaysSo(t *testing.T) {
	w := newLadderTown(t)
	h, err := w.Handler()
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	token, err := w.Access.Link(operatorOf(t, w.tenant), w.rosa, id.New(w.clk.Now()))
	if err != nil {
		t.Fatal(err)
	}
	p := browsertest.Open(t, browsertest.Browser(t), server.URL+"/sign-in/link/"+token.Token, browsertest.Options{})
	p.Click("main form .button")
	p.Go(server.URL + "/rota/mine")
	browsertest.Eval[bool](p, `[...document.querySelectorAll("details")].every((d) => d.open = true)`)
	browsertest.Eval[bool](p, `document.querySelector("button[data-push-key]").click() || true`)
	p.WaitFor(`!document.querySelector("[data-push-says]").hidden`)
}
