package db_test

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"testing"

	"alongside/platform/db"
	"alongside/platform/db/dbtest"
	"alongside/platform/seal"
)

// A test that needs another process starts this test program again as a child,
// which writes notes to a folder and prints the id of each that was kept.
var (
	childDir   = flag.String("child-dir", "", "write notes to this data folder, and print each that was kept")
	childName  = flag.String("child-name", "", "what the ids begin with")
	childCount = flag.Int("child-count", 0, "how many; 0: until killed")
	childStay  = flag.Bool("child-stay", false, "then stay, with the database open, until killed")
)

func TestMain(m *testing.M) {
	flag.Parse()
	if *childDir == "" {
		os.Exit(m.Run())
	}
	if err := storm(*childDir, *childName, *childCount); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func storm(dir, name string, n int) error {
	v, err := seal.Open(dir)
	if err != nil {
		return err
	}
	ctx := dbtest.Scope(context.Background(), "t1")
	d, err := db.Open(ctx, db.Options{Dir: dir, Vault: v})
	if err != nil {
		return err
	}
	defer d.Close()
	for i := 0; n == 0 || i < n; i++ {
		id := fmt.Sprintf("%s%05d", name, i)
		err := d.Write(ctx, func(tx *db.Tx) error {
			tx.Attest([]byte(id))
			_, err := tx.Exec(insertNote, id, said(id), []byte{})
			return err
		})
		if err != nil {
			return err
		}
		fmt.Println(id)
	}
	if *childStay {
		select {}
	}
	return nil
}

// said is what a note of the child says: more than a page in some.
func said(id string) string { return "note " + id + " says " + row() + row()[:len(id)] }

// child is a running child.
type child struct {
	cmd *exec.Cmd
	out *bufio.Scanner
}

func startChild(t *testing.T, dir, name string, n int, more ...string) *child {
	t.Helper()
	c := &child{cmd: exec.Command(os.Args[0], "-child-dir", dir, "-child-name", name, "-child-count", fmt.Sprint(n))}
	c.cmd.Args = append(c.cmd.Args, more...)
	c.cmd.Stderr = t.Output()
	pipe, err := c.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	c.out = bufio.NewScanner(pipe)
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.cmd.Process.Kill(); c.cmd.Wait() })
	return c
}

// kept reads n ids, or all that come when n is 0.
func (c *child) kept(n int) (ids []string) {
	for (n == 0 || len(ids) < n) && c.out.Scan() {
		ids = append(ids, c.out.Text())
	}
	return ids
}

// kill ends the child with -9 and returns what it had still said.
func (c *child) kill() (ids []string) {
	c.cmd.Process.Kill()
	ids = c.kept(0)
	c.cmd.Wait()
	return ids
}
