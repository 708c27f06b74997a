package outcome

import (
	"flag"
	"fmt"
	"io"

	"alongside/platform/filecmd"
	"alongside/platform/i18n"
	"alongside/platform/module"
)

// Commands are this domain's words on the command line.
func Commands() []module.Command {
	return []module.Command{filecmd.Spec{
		Name: "evidence", Usage: "[--json]", Short: "what studies found about peer support",
		Flags: func(*flag.FlagSet) func(*filecmd.Call) (filecmd.Answer, error) {
			return func(*filecmd.Call) (filecmd.Answer, error) { return spoken(Known()), nil }
		},
	}.Command()}
}

// told is the evidence in English, as the command line gives it.
type told struct {
	Read    string `json:"read"`
	Caution string `json:"caution"`
	Studies []line `json:"studies"`
}

type line struct {
	ID       string  `json:"id"`
	About    string  `json:"about"`
	Study    string  `json:"study"`
	Design   string  `json:"design"`
	N        *int    `json:"n"`
	Found    string  `json:"found"`
	Figure   string  `json:"figure"`
	Strength string  `json:"strength"`
	Source   string  `json:"source"`
	Address  bool    `json:"address_known"` // whether the source can be looked up by what stands there
	Caution  *string `json:"caution"`
}

func spoken(e Evidence) told {
	t := told{Read: e.Read.EN, Caution: e.Caution.EN}
	for _, s := range e.Studies {
		l := line{s.ID, s.About, s.Study, s.Design, s.N, s.Found, s.Figure.In(i18n.English), s.Strength, s.Source, !s.NoAddress, nil}
		if s.Uncontrolled() {
			l.Caution = &t.Caution
		}
		t.Studies = append(t.Studies, l)
	}
	return t
}

// Tell says the evidence in words, group by group.
func (t told) Tell(w io.Writer) {
	for _, about := range abouts() {
		fmt.Fprintf(w, "%s\n", about)
		for _, s := range t.Studies {
			if s.About == about {
				s.tell(w)
			}
		}
	}
	fmt.Fprintf(w, "%s\n\n%s", t.Read, legend)
}

// legend explains the words in brackets.
const legend = `In brackets, what it found:
  effect         a difference
  none           no difference on the main point
  mixed          a difference in some of it
  no-comparison  nobody was compared with anybody
  claim          said, and not shown
After the design: small, few people; null and null-primary, no difference, or none on the main
point; observational, nobody was put into a group by lot; review, many studies together;
marketing, by someone who sells it; uncontrolled, before and after alone; not-rated, not judged.
`

func (s line) tell(w io.Writer) {
	n := "n not known"
	if s.N != nil {
		n = fmt.Sprintf("n = %d", *s.N)
	}
	source := s.Source
	if !s.Address {
		source += " (no address known: this is all we have of it)"
	}
	fmt.Fprintf(w, "  [%s] %s (%s, %s; %s)\n      %s\n      Source: %s\n", s.Found, s.Study, s.Design, n, s.Strength, s.Figure, source)
	if s.Caution != nil {
		fmt.Fprintf(w, "      Caution: %s\n", *s.Caution)
	}
}
