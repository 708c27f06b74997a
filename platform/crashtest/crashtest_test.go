package crashtest_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"alongside/platform/crashtest"
	"alongside/platform/soak"
)

func storm(t *testing.T, bin, mode string) crashtest.Storm {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	l.Close()
	file := filepath.Join(t.TempDir(), "lines")
	web := &http.Client{Timeout: 5 * time.Second}
	ask := func(ctx context.Context, method, name string) (string, error) {
		req, err := http.NewRequestWithContext(ctx, method, "http://"+addr+"/"+name, nil)
		if err != nil {
			return "", err
		}
		res, err := web.Do(req)
		if err != nil {
			return "", err
		}
		defer res.Body.Close()
		body, err := io.ReadAll(res.Body)
		return string(body), err
	}
	return crashtest.Storm{
		Start: func() (*crashtest.Program, error) { return crashtest.Start(bin, file, addr, mode) },
		Ready: func(ctx context.Context, _ *crashtest.Program) error { _, err := ask(ctx, "GET", ""); return err },
		Work: func(ctx context.Context, _ *crashtest.Program, n int) (string, error) {
			name := fmt.Sprint("n", n)
			_, err := ask(ctx, "POST", name)
			return name, err
		},
		Found: func(ctx context.Context, _ *crashtest.Program) ([]string, error) {
			all, err := ask(ctx, "GET", "")
			return strings.Fields(all), err
		},
		Kills: soak.Count(20), Workers: 4, AtLeast: 30,
	}
}

func TestTheKitSeesWhatAKillDoes(t *testing.T) {
	bin, err := crashtest.Build(t.TempDir(), "./testdata/ledger")
	if err != nil {
		t.Fatal(err)
	}
	t.Run("an honest program loses nothing", func(t *testing.T) {
		s := storm(t, bin, "honest")
		r, err := s.Run(t.Context())
		if err != nil || r.Err() != nil {
			t.Fatalf("%v, %v", err, r.Err())
		}
		if len(r.Ready) != s.Kills || r.Acknowledged < s.Kills*s.AtLeast || r.Found < r.Acknowledged {
			t.Errorf("%d starts, %d acknowledged, %d found", len(r.Ready), r.Acknowledged, r.Found)
		}
	})
	t.Run("one that answers too early is found out", func(t *testing.T) {
		r, err := storm(t, bin, "forgetful").Run(t.Context())
		if err != nil || len(r.Lost) == 0 || r.Err() == nil {
			t.Errorf("lost %d, %v, %v", len(r.Lost), err, r.Err())
		}
	})
	t.Run("one that writes twice is found out", func(t *testing.T) {
		r, err := storm(t, bin, "doubling").Run(t.Context())
		if err != nil || len(r.Doubled) == 0 || r.Err() == nil {
			t.Errorf("doubled %d, %v, %v", len(r.Doubled), err, r.Err())
		}
	})
	t.Run("one that does not start says why", func(t *testing.T) {
		_, err := storm(t, bin, "dying").Run(t.Context())
		if err == nil || !strings.Contains(err.Error(), "listening") {
			t.Errorf("got %v, want its last words", err)
		}
	})
}

func TestAStormWithoutWorkIsAnError(t *testing.T) {
	if (crashtest.Report{}).Err() == nil {
		t.Error("a report of nothing passed")
	}
}
