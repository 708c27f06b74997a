package link_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"alongside/platform/id"
	"alongside/platform/link"
)

func TestATokenIsTakenApart(t *testing.T) {
	secret := link.Mark(make([]byte, 16))
	if len(secret) != id.Size {
		t.Fatalf("a mark has %d letters", len(secret))
	}
	if tenant, rest, ok := link.Split("town" + secret); !ok || tenant != "town" || rest != secret {
		t.Errorf("%q %q %v", tenant, rest, ok)
	}
	for _, bad := range []string{"", "x", secret, strings.Repeat("x", 65) + secret} {
		if _, _, ok := link.Split(bad); ok {
			t.Errorf("%q was taken for a token", bad)
		}
	}
}

func TestADeviceIsKnownByItsOwnLinkOnly(t *testing.T) {
	for _, secure := range []bool{true, false} {
		d := link.Device{Name: "desk", Secure: secure}
		w := httptest.NewRecorder()
		d.Give(w, "town12345678", "told")
		given := w.Result().Cookies()[0]
		if strings.HasPrefix(given.Name, "__Host-") != secure || given.Secure != secure || !given.HttpOnly {
			t.Errorf("%+v", given)
		}
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.AddCookie(given)
		if d.Secret(r, "town12345678") != "told" || d.Secret(r, "town87654321") != "" {
			t.Error("a device is known by another's link")
		}
	}
}
