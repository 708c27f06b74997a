package seal

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
)

const childDir = "SEAL_TEST_CHILD"

// TestMain lets the test program be the second process too.
func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		os.Exit(child(dir))
	}
	os.Exit(m.Run())
}

// child makes a thousand people, notes some, prints a sealed value of each, and
// then answers each line it is given: a sealed value in, what it found out.
func child(dir string) int {
	v, err := Open(dir)
	if err != nil {
		return 3
	}
	for i := range 1_000 {
		s, err := v.NewSubject("t1")
		if err != nil {
			return 4
		}
		if i%20 == 0 && v.Note("t1", "account", s) != nil {
			return 6
		}
		x, err := v.Seal("t1", s, "a.b", []byte(s))
		if err != nil {
			return 5
		}
		fmt.Println(hex.EncodeToString(x))
	}
	fmt.Println("ready")
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		x, _ := hex.DecodeString(in.Text())
		plain, err := v.Unseal("t1", "a.b", x)
		fmt.Printf("%s %v\n", plain, errors.Is(err, ErrErased))
	}
	return 0
}

type process struct {
	t   *testing.T
	cmd *exec.Cmd
	in  *os.File
	out *bufio.Scanner
}

func startChild(t *testing.T, dir string) *process {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childDir+"="+dir)
	cmd.Stderr = os.Stderr
	r, w, err := os.Pipe()
	must(t, err)
	cmd.Stdin = r
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	r.Close()
	return &process{t, cmd, w, bufio.NewScanner(out)}
}

func (p *process) made() (all [][]byte) {
	p.t.Helper()
	for p.out.Scan() && p.out.Text() != "ready" {
		x, err := hex.DecodeString(p.out.Text())
		must(p.t, err)
		all = append(all, x)
	}
	return all
}

func (p *process) ask(x []byte) string {
	fmt.Fprintln(p.in, hex.EncodeToString(x))
	p.out.Scan()
	return p.out.Text()
}

func (p *process) end() {
	p.t.Helper()
	p.in.Close()
	must(p.t, p.cmd.Wait())
}

// Three processes make people and notes at once in one folder: nobody is made
// twice, no note is lost, each reads what the others sealed, and one's erasure
// binds all at once.
func TestProcessesShareAFolder(t *testing.T) {
	v, dir := vault(t)
	children := []*process{startChild(t, dir), startChild(t, dir)}
	var all [][]byte
	for i := range 1_000 {
		s := someone(t, v, "t1")
		if i%20 == 0 {
			must(t, v.Note("t1", "account", s))
		}
		x, err := v.Seal("t1", s, "a.b", []byte(s))
		must(t, err)
		all = append(all, x)
	}
	for _, c := range children {
		all = append(all, c.made()...)
	}
	seen := map[string]bool{}
	for i, x := range all {
		s := v.SubjectOf(x)
		plain, err := v.Unseal("t1", "a.b", x)
		if err != nil || string(plain) != s || seen[s] {
			t.Fatalf("%d: %s opens as %q, %v", i, s, plain, err)
		}
		seen[s] = true
	}
	if len(seen) != 3_000 {
		t.Fatalf("%d people", len(seen))
	}
	if got := kinds(t, v); len(got) != 150 {
		t.Fatalf("%d notes", len(got))
	}
	for _, i := range []int{3, 1_003, 2_003} { // one made by each
		for _, c := range children {
			if got := c.ask(all[i]); got != v.SubjectOf(all[i])+" false" {
				t.Fatalf("before: %q", got)
			}
		}
		must(t, v.Erase("t1", v.SubjectOf(all[i])))
		for _, c := range children {
			if got := c.ask(all[i]); got != " true" {
				t.Fatalf("after: %q", got)
			}
		}
	}
	for _, c := range children {
		c.end()
	}
	if say, err := v.Check("t1"); err != nil || len(say) > 0 {
		t.Fatalf("%q, %v", say, err)
	}
}

// Many goroutines use one vault while people are erased.
func TestGoroutinesShareAVault(t *testing.T) {
	v, _ := vault(t)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for i := range 100 {
				s := someone(t, v, "t1")
				x, err := v.Seal("t1", s, "a.b", []byte(s))
				if err != nil {
					t.Error(err)
					return
				}
				if i%10 == 0 {
					err = v.Erase("t1", s)
				}
				plain, err2 := v.Unseal("t1", "a.b", x)
				if gone := errors.Is(err2, ErrErased); err != nil || gone != (i%10 == 0) || !gone && !bytes.Equal(plain, []byte(s)) {
					t.Errorf("%d: %q, %v, %v", i, plain, err, err2)
				}
			}
		})
	}
	wg.Wait()
	say, err := v.Check("t1")
	if err != nil || len(say) > 0 {
		t.Fatalf("%s, %v", strings.Join(say, "\n"), err)
	}
}
