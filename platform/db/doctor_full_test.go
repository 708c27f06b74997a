package db_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"alongside/platform/clock"
	"alongside/platform/crashtest"
	"alongside/platform/db"
	"alongside/platform/db/dbtest"
	"alongside/platform/job"
)

// On a full disk the doctor says that the disk is full and what to do, and calls
// nothing damaged. With room it looks at everything again.
func TestTheDoctorSaysThatTheDiskIsFull(t *testing.T) {
	disk := crashtest.NewSmallDisk(t, 16)
	if disk == nil {
		return
	}
	vault := dbtest.Vault(t, disk.Dir)
	d := reopened(t, db.Options{Dir: disk.Dir, Vault: vault, Clock: clock.NewFake(dbtest.Noon())})
	if err := d.Migrate(t.Context(), []db.Migrations{job.Migrations()}); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	disk.Fill(0)
	found, err := db.Doctor(t.Context(), disk.Dir, vault)
	if err == nil || !strings.Contains(err.Error(), "the disk is full") || !strings.Contains(err.Error(), "Make a few megabytes of room") {
		t.Errorf("on a full disk: %v", err)
	}
	if len(found) > 0 || err != nil && strings.Contains(err.Error(), "I/O") {
		t.Errorf("it calls damaged what is not: %v %v", found, err)
	}
	disk.Free()
	if found, err := db.Doctor(t.Context(), disk.Dir, vault); err != nil || len(found) > 0 {
		t.Errorf("with room again: %v %v", found, err)
	}
	if left, _ := filepath.Glob(filepath.Join(disk.Dir, "room-*")); len(left) > 0 {
		t.Errorf("it left %v", left)
	}
	if _, err := os.Stat(filepath.Join(disk.Dir, db.ReserveFile)); err != nil {
		t.Error("it took the room that is kept for the next start:", err)
	}
}
