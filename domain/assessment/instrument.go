package assessment

// Instrument is one questionnaire as its two files give it. Lists of items are
// written "1..9 11 7A": single items and ranges of numbers.
type Instrument struct {
	Code       string            `json:"code"` // lower case, words joined by hyphens; the folder's name
	Name       string            `json:"name"`
	Tier       string            `json:"tier"` // A, B or C
	Licence    Licence           `json:"licence"`
	Source     string            `json:"source"` // who made it, and whose scoring this is
	Languages  []Language        `json:"languages"`
	Stem       map[string]string `json:"stem"` // the question above the items, by language
	Versions   []Version         `json:"versions"`
	Scales     map[string]Scale  `json:"scales"`
	Items      []Items           `json:"items"`
	Reversed   string            `json:"reversed"` // items whose answer is turned round: lowest + highest − answer
	Skips      []Skip            `json:"skips"`
	Scores     []Score           `json:"scores"`
	Bands      []Bands           `json:"bands"`
	Flags      []Flag            `json:"flags"`
	Unverified []string          `json:"unverified"` // what is from memory; shown with every score
	Gaps       []string          `json:"gaps"`       // what is left out, and why
	Refuses    string            `json:"refuses"`    // why it is not scored; "" when it is

	items    []item
	examples []Example
}

// Licence says under which terms the text may be used, and where that was read.
type Licence struct {
	Says   string `json:"says"`
	Source string `json:"source"`
}

// Language is one language in which the text ships.
type Language struct {
	Code   string `json:"code"`
	Source string `json:"source"` // whose translation; for the original, where the words were checked
}

// Version is one form of an instrument. The first is the one meant when nobody
// says, unless MustSay.
type Version struct {
	Name    string           `json:"name"`
	Says    string           `json:"says"`
	Scales  map[string]Scale `json:"scales"`  // answers that differ in this version
	MustSay bool             `json:"mustSay"` // no version is usual: it has to be named
}

// Scale is what can be answered. Without choices every whole number from From
// to To counts.
type Scale struct {
	From    float64  `json:"from"`
	To      float64  `json:"to"`
	Choices []Choice `json:"choices"`
}

// Choice is one answer and what it counts. Label is its words by language.
type Choice struct {
	Value float64           `json:"value"`
	Label map[string]string `json:"label,omitempty"`
}

// Items is one item with its words, or several without.
type Items struct {
	IDs   string            `json:"ids"`
	Scale string            `json:"scale"`
	Text  map[string]string `json:"text"`
	LOINC string            `json:"loinc"`
}

// Skip says that when every item of If was answered 0, those of Then need not be
// asked: one that is not answered counts 0.
type Skip struct {
	If   string `json:"if"`
	Then string `json:"then"`
}

// Score is one number made of answers: the sum or the mean of its items, times
// Times, plus Plus.
type Score struct {
	Name     string   `json:"name"`
	Of       string   `json:"of"` // sum or mean
	Items    string   `json:"items"`
	Times    float64  `json:"times"` // 0 is 1
	Plus     float64  `json:"plus"`
	Ranges   []Range  `json:"ranges"` // what it can be, one a version or one for all
	Prorate  *Prorate `json:"prorate"`
	Versions []string `json:"versions"` // in which it exists; none is all
}

// Range is the lowest and highest value of a score. Version "" is every version.
type Range struct {
	Version string  `json:"version"`
	From    float64 `json:"from"`
	To      float64 `json:"to"`
}

// Prorate lets a score be computed when some answers are missing: their mean
// stands in.
type Prorate struct {
	Most   int    `json:"most"`  // how many may be missing
	Never  string `json:"never"` // items for which nothing stands in
	Source string `json:"source"`
}

// Bands are cut-offs on one score, from its lowest to its highest value without
// a gap. Those with Sex hold for that sex only.
type Bands struct {
	Key        string   `json:"key"` // its name in the answer; "" is the score's
	Score      string   `json:"score"`
	Sex        string   `json:"sex"`
	Versions   []string `json:"versions"`
	Population string   `json:"population"` // in whom they were found
	Source     string   `json:"source"`
	Unverified bool     `json:"unverified"` // from memory
	Bands      []Band   `json:"bands"`
}

// Band is one stretch of a score.
type Band struct {
	From float64 `json:"from"`
	To   float64 `json:"to"`
	Name string  `json:"name"`
}

// Flag is raised when an item was answered above a value.
type Flag struct {
	Name  string  `json:"name"`
	Item  string  `json:"item"`
	Above float64 `json:"above"`
	Says  string  `json:"says"`
}

// Example is one worked score.
type Example struct {
	Name     string              `json:"name"`
	Source   string              `json:"source"` // where it was worked, or how
	Answers  map[string]*float64 `json:"answers"`
	Version  string              `json:"version"`
	Sex      string              `json:"sex"`
	Scores   map[string]*float64 `json:"scores"`
	Bands    map[string]*string  `json:"bands"`
	Flags    []string            `json:"flags"`
	Missing  []string            `json:"missing"`
	Complete bool                `json:"complete"`
}

// item is one question, spelt out.
type item struct {
	id, scale string
	text      map[string]string
	loinc     string
}

// State says what the program does with the instrument: "ready" with its text,
// "scoring only" without, "off" while its pack is off, "not scored" when its
// scoring is not known.
func (in *Instrument) State(packs bool) string {
	switch {
	case in.Refuses != "":
		return "not scored"
	case in.Tier == "B" && !packs:
		return "off"
	case in.hasText():
		return "ready"
	}
	return "scoring only"
}

func (in *Instrument) hasText() bool { return len(in.Languages) > 0 }

// scaleOf is what an item can be answered in a version.
func (in *Instrument) scaleOf(it item, v Version) Scale {
	if s, ok := v.Scales[it.scale]; ok {
		return s
	}
	return in.Scales[it.scale]
}

// bounds are the lowest and highest answer.
func (s Scale) bounds() (low, high float64) {
	if len(s.Choices) == 0 {
		return s.From, s.To
	}
	low, high = s.Choices[0].Value, s.Choices[0].Value
	for _, c := range s.Choices {
		low, high = min(low, c.Value), max(high, c.Value)
	}
	return low, high
}

// values are all answers, lowest first as written.
func (s Scale) values() []float64 {
	var out []float64
	for _, c := range s.Choices {
		if len(out) == 0 || out[len(out)-1] != c.Value {
			out = append(out, c.Value)
		}
	}
	for v := s.From; len(s.Choices) == 0 && v <= s.To; v++ {
		out = append(out, v)
	}
	return out
}

// key is the name of a set of bands in the answer.
func (b Bands) key() string {
	if b.Key != "" {
		return b.Key
	}
	return b.Score
}
