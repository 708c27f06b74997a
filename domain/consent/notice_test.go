package consent_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"alongside/domain/consent"
)

// The two statements, as 42 CFR 2.32 has them since 16 April 2024.
func TestTheNoticeIsTheLawsOwn(t *testing.T) {
	long, err := os.ReadFile("testdata/statement1.txt")
	if err != nil {
		t.Fatal(err)
	}
	if want := strings.TrimSpace(string(long)); consent.Statement1 != want {
		t.Errorf("statement 1 reads\n%s\nand should read\n%s", consent.Statement1, want)
	}
	if consent.Statement2 != "42 CFR part 2 prohibits unauthorized use or disclosure of these records." {
		t.Error(consent.Statement2)
	}
}

// old are the statements from before 2024, which are still copied widely.
func old() []string {
	return []string{
		"prohibits unauthorized disclosure of these records",
		"restrict any use of the information to",
		"investigate or prosecute with regard to a crime any patient",
		"The federal rules prohibit you from making any further disclosure of information in this record",
	}
}

// outdated returns the old statement that a text holds, whatever its spaces,
// line ends, quotes and capitals.
func outdated(text string) string {
	joined := strings.NewReplacer("\"", " ", "`", " ", "+", " ", "//", " ", "\\n", " ").Replace(text)
	flat := strings.ToLower(strings.Join(strings.Fields(joined), " "))
	for _, o := range old() {
		if strings.Contains(flat, strings.ToLower(o)) {
			return o
		}
	}
	return ""
}

func TestNoOldNoticeAnywhere(t *testing.T) {
	if outdated("42 CFR part 2 prohibits unauthorized\n disclosure of\n\"+\t\"these records.") == "" || outdated(consent.Statement1+consent.Statement2) != "" {
		t.Fatal("this test cannot tell the old from the new")
	}
	read := 0
	err := filepath.WalkDir("../..", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == ".git" || d.Name() == ".tools") {
			return fs.SkipDir
		}
		info, err := d.Info()
		if err != nil || !info.Mode().IsRegular() || info.Size() > 8<<20 || filepath.Base(name) == "notice_test.go" {
			return err
		}
		text, err := os.ReadFile(name)
		read++
		if o := outdated(string(text)); o != "" {
			t.Errorf("%s holds the old notice: %q", name, o)
		}
		return err
	})
	if err != nil || read < 100 {
		t.Fatalf("%d files, %v", read, err)
	}
}
