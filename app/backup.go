package app

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"alongside/domain/audit"
	"alongside/platform/module"
	"alongside/surface/cli"
)

// manifest is what lies beside a copy of the database and vouches for it.
type manifest struct {
	Made        time.Time         `json:"made"`
	File        string            `json:"file"`
	SHA256      string            `json:"sha256"`
	Checkpoints map[string]string `json:"checkpoints"`     // each organisation's signed note
	Noted       map[string]int    `json:"noted,omitempty"` // how long each list of what was taken back was
	Seal        string            `json:"seal"`            // keyed mark of the rest, under the root key
}

const backupUse = "alongside backup manifest 1"

func (m manifest) mark(key [32]byte) (string, error) {
	m.Seal = ""
	text, err := json.Marshal(m)
	h := hmac.New(sha256.New, key[:])
	h.Write(text)
	return hex.EncodeToString(h.Sum(nil)), err
}

// runBackup copies the data into a folder, and the keys into another. A key
// beside its lock locks nothing, so the two may not lie in one another.
func runBackup(ctx context.Context, env module.Env, args []string) int {
	var p place
	var keys string
	f := cli.Flags(env, "backup")
	f.StringVar(&p.data, "data", "", "the data folder")
	f.StringVar(&p.postgres, "postgres", "", "connection URL of a PostgreSQL")
	f.StringVar(&keys, "keys", "", "another folder for a copy of the keys; it keeps only the newest")
	words, ok := cli.Parse(f, args)
	if !ok || len(words) != 1 {
		return cli.WrongUse
	}
	if code, bad := needs(env, "backup", "--data", p.data); bad {
		return code
	}
	if keys != "" && (inside(keys, words[0]) || inside(words[0], keys)) {
		fmt.Fprintln(env.Err, "alongside backup: keep the keys apart from the data. Name a folder elsewhere, best on another machine.")
		return cli.WrongUse
	}
	return at(ctx, env, "backup", p, func(ctx context.Context, a *App) error {
		return a.backUp(ctx, env.Out, words[0], keys)
	})
}

func inside(path, folder string) bool {
	a, err := filepath.Abs(path)
	b, err2 := filepath.Abs(folder)
	rel, err3 := filepath.Rel(b, a)
	return errors.Join(err, err2, err3) == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

func (a *App) backUp(ctx context.Context, out io.Writer, dir, keys string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	m := manifest{Made: a.Clock.Now().UTC().Truncate(time.Second), Checkpoints: map[string]string{}, Noted: map[string]int{}}
	m.File = "alongside-" + m.Made.Format("20060102T150405Z") + ".db"
	all, err := a.Tenants.List(ctx)
	if err != nil {
		return err
	}
	for _, o := range all {
		note, err := audit.Publish(ctx, a.DB, string(o.ID))
		if err != nil {
			return err
		}
		m.Checkpoints[string(o.ID)] = string(note)
		if noted, err := a.Vault.Noted(string(o.ID)); err == nil { // otherwise all of it counts as new
			m.Noted[string(o.ID)] = len(noted)
		}
	}
	if err := a.DB.Backup(ctx, filepath.Join(dir, m.File), a.Vault.DatabaseKey()); err != nil {
		return err
	}
	if m.SHA256, err = hashOf(filepath.Join(dir, m.File)); err != nil {
		return err
	}
	if err := m.write(dir, a.Vault.RootKey(backupUse)); err != nil {
		return err
	}
	fmt.Fprintf(out, "%s is in %s.\n", m.File, dir)
	if keys == "" {
		_, err := fmt.Fprintln(out, "The keys are not in it, and nothing opens without them. Copy them to another place with --keys.")
		return err
	}
	if err := a.Vault.CopyTo(keys); err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "The newest keys are in %s, and no older ones.\n", keys)
	return err
}

func (m manifest) write(dir string, key [32]byte) (err error) {
	if m.Seal, err = m.mark(key); err != nil {
		return err
	}
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, strings.TrimSuffix(m.File, ".db")+".json"), append(text, '\n'), 0o600)
}

func hashOf(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// readManifest reads the newest copy's manifest in a folder.
func readManifest(dir string) (m manifest, err error) {
	names, err := filepath.Glob(filepath.Join(dir, "alongside-*.json"))
	if err != nil || len(names) == 0 {
		return m, errNoBackup
	}
	text, err := os.ReadFile(names[len(names)-1])
	if err != nil {
		return m, err
	}
	if json.Unmarshal(text, &m) != nil {
		return m, errTorn
	}
	return m, nil
}
