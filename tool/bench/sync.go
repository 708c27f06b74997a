package main

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"alongside/platform/id"
)

// A whole shift's notes come from one phone at once, as its outbox sends them:
// in order, many in a request, each in a box of its own.
const (
	shiftNotes = 500
	inOne      = 100 // items of one request, as in pocket.js
	pushAim    = 365 // milliseconds for all of them
	idleAim    = 31  // milliseconds for a sync with nothing new
)

// phone is what a phone was told when it met the program.
type phone struct {
	User string `json:"user"`
	Key  []byte `json:"key"`
	Slip string `json:"slip"`
}

// measureSync sends what a phone wrote without a network, and asks with nothing
// to send.
func measureSync(ctx context.Context, s *setup) error {
	if err := s.build(ctx); err != nil {
		return err
	}
	w, err := openWorld(ctx, s)
	if err != nil {
		return err
	}
	defer w.stop()
	cookies, err := w.signIn("peer")
	if err != nil {
		return err
	}
	people, err := w.caseload(cookies)
	if err != nil {
		return err
	}
	met, err := w.meets(cookies)
	if err != nil {
		return err
	}
	r, err := median(s.rounds, func(r result) float64 { return float64(r.took) }, func() (result, error) { return w.push(met, cookies, people) })
	if err != nil {
		return err
	}
	took := float64(r.took.Microseconds()) / 1000
	figure{"push_500_notes", took, "ms", took / pushAim, "365 ms", r.cpuEach()}.print()
	key := w.web.request(http.MethodGet, "/outbox/key", cookies, "")
	r, err = median(s.rounds, func(r result) float64 { return r.quantile(0.99) }, func() (result, error) {
		return steady(w.process, 20, s.span, func() error { return w.web.send(key, http.StatusOK) })
	})
	if err == nil {
		figure{"sync_nothing_new_p99", r.quantile(0.99), "ms", r.quantile(0.99) / idleAim, "31 ms", r.cpuEach()}.print()
	}
	return err
}

// meets asks for what a phone keeps.
func (w *world) meets(cookies string) (phone, error) {
	var met phone
	req, err := http.NewRequest(http.MethodGet, w.base+"/outbox/key", nil)
	if err != nil {
		return met, err
	}
	req.Header.Set("Cookie", strings.TrimSpace(strings.TrimPrefix(cookies, "Cookie:")))
	res, err := client().Do(req)
	if err != nil {
		return met, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err == nil {
		err = json.Unmarshal(body, &met)
	}
	return met, err
}

// push sends a shift's notes. They were locked before the clock starts: a phone
// locks each when it is written.
func (w *world) push(met phone, cookies string, people []string) (result, error) {
	var waiting [][]byte
	var items []map[string]any
	for i := range shiftNotes {
		act := id.New(time.Now())
		form := url.Values{
			"act": {act}, "way": {"call"}, "long": {"15"}, "about": {"listening"}, "went": {"well"},
			"note": {fmt.Sprintf("Without a network, the %dth.", i)}, "written": {fmt.Sprint(time.Now().UnixMilli())},
		}
		box, err := lock(met.Key, act+" "+met.User, people[i%len(people)]+"/note\n"+form.Encode())
		if err != nil {
			return result{}, err
		}
		items = append(items, map[string]any{"id": act, "slip": met.Slip, "box": box})
		if len(items) < inOne {
			continue
		}
		body, err := json.Marshal(map[string]any{"items": items})
		if err != nil {
			return result{}, err
		}
		headers := cookies + "Content-Type: application/json\r\nSec-Fetch-Site: same-origin\r\nOrigin: " + w.base + "\r\n"
		waiting, items = append(waiting, w.web.request(http.MethodPost, "/outbox", headers, string(body))), nil
	}
	r := result{}
	before, began := w.cpu(), time.Now()
	for _, one := range waiting {
		if err := w.web.send(one, http.StatusOK); err != nil {
			return r, err
		}
		r.done += inOne
	}
	r.took, r.cpu = time.Since(began), w.cpu()-before
	return r, nil
}

// lock puts words into a box as a phone does; what a box is stands in
// platform/seal.
func lock(key []byte, bound, words string) ([]byte, error) {
	theirs, err := ecdh.P256().NewPublicKey(key)
	if err != nil {
		return nil, err
	}
	one, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	secret, err := one.ECDH(theirs)
	if err != nil {
		return nil, err
	}
	point := one.PublicKey().Bytes()
	k, err := hkdf.Key(sha256.New, secret, nil, "alongside box 1"+string(point)+string(key), 32)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(k)
	if err != nil {
		return nil, err
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	nonce := make([]byte, gcm.NonceSize())
	rand.Read(nonce)
	front := append(append([]byte{1}, point...), nonce...)
	return gcm.Seal(front, nonce, []byte(words), []byte(bound)), nil
}
