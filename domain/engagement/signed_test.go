package engagement

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func asked(t *testing.T, address, kind, body string, headers ...string) *http.Request {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, address, strings.NewReader(body))
	r.Header.Set("Content-Type", kind)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return r
}

// A secret that the provider signs the body with is asked for where there is one.
func TestATextIsSigned(t *testing.T) {
	const body, mark = `{"id":"1"}`, "bedeec8b112e1992a1795bab64348da967cfb01f0329cbf85213fac9ffbec77e"
	for _, c := range []struct {
		secret, mark string
		want         bool
	}{{"", "", true}, {"made up", mark, true}, {"made up", "sha256=" + mark, true}, {"made up", "", false}, {"other", mark, false}, {"made up", "zz", false}} {
		if got := (Signing{Secret: c.secret}).by(asked(t, "/text-in/a", "application/json", body, "X-Signature", c.mark), []byte(body)); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

// TestTwilioSignsAddressAndForm has the example that Twilio documents (address,
// form, token 12345 and the mark), and what differs from it in one thing.
func TestTwilioSignsAddressAndForm(t *testing.T) {
	const (
		address = "https://mycompany.com/myapp.php?foo=1&bar=2"
		form    = "CallSid=CA1234567890ABCDE&Caller=%2B12349013030&Digits=1234&From=%2B12349013030&To=%2B18005551212"
		mark    = "0/KCTR6DLpKmkAf8muzZqo1nDgQ="
		kind    = "application/x-www-form-urlencoded"
		header  = "X-Twilio-Signature"
	)
	s := Signing{Secret: "12345", As: SignTwilio}
	for what, c := range map[string]struct {
		signing             Signing
		address, kind, body string
		mark                string
		want                bool
	}{
		"the example":       {s, address, kind, form, mark, true},
		"with its port":     {s, strings.Replace(address, ".com", ".com:8443", 1), kind, form, mark, true},
		"in another order":  {s, address, kind + "; charset=utf-8", "To=%2B18005551212&Digits=1234&Caller=%2B12349013030&From=%2B12349013030&CallSid=CA1234567890ABCDE", mark, true},
		"another token":     {Signing{"12346", SignTwilio}, address, kind, form, mark, false},
		"another address":   {s, address + "3", kind, form, mark, false},
		"another host":      {s, strings.Replace(address, "my", "your", 1), kind, form, mark, false},
		"another word":      {s, address, kind, strings.Replace(form, "1234&From", "1235&From", 1), mark, false},
		"one word more":     {s, address, kind, form + "&Body=x", mark, false},
		"another mark":      {s, address, kind, form, "1" + mark[1:], false},
		"no mark":           {s, address, kind, form, "", false},
		"the body's mark":   {s, address, kind, form, "sha256=00", false},
		"not a form":        {s, address, "application/json", form, mark, false},
		"what is no form":   {s, address, kind, form + "&%zz", mark, false},
		"signed by nothing": {Signing{As: SignBody}, address, kind, form, "", true},
	} {
		r := asked(t, c.address, c.kind, c.body, header, c.mark)
		if got := c.signing.by(r, []byte(c.body)); got != c.want {
			t.Errorf("%s: %v, want %v", what, got, c.want)
		}
	}
	if kind, said := s.answer(); kind != "text/xml" || !bytes.Contains([]byte(said), []byte("<Response></Response>")) {
		t.Error(kind, said)
	}
}

func TestASigningThatCannotBeIsRefused(t *testing.T) {
	for s, want := range map[Signing]bool{
		{}: true, {Secret: "a"}: true, {"a", SignTwilio}: true, {"", SignTwilio}: false, {"a", "pigeon"}: false, {"a", "Twilio"}: false,
	} {
		if err := s.Check(); (err == nil) != want {
			t.Errorf("%+v: %v", s, err)
		}
	}
}
