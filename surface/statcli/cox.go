package statcli

import (
	"flag"

	"alongside/platform/stat/design"
	"alongside/platform/stat/survival"
	"alongside/platform/stat/table"
)

type coxJSON struct {
	N            int          `json:"n"`
	Events       int          `json:"events"`
	Ties         string       `json:"ties"`
	Robust       bool         `json:"robust"`
	Clusters     int          `json:"clusters,omitempty"`
	Coefficients []coxTerm    `json:"coefficients"`
	LogLik       [2]table.Num `json:"loglik"`
	Ratio        testJSON     `json:"likelihood_ratio"`
	Wald         testJSON     `json:"wald"`
	Score        testJSON     `json:"score"`
	notes
}

type coxTerm struct {
	Name    string    `json:"name"`
	Coef    table.Num `json:"coef"`
	SE      table.Num `json:"se"`
	HR      table.Num `json:"hr"`
	Lower   table.Num `json:"lower"`
	Upper   table.Num `json:"upper"`
	Z       table.Num `json:"z"`
	P       table.Num `json:"p"`
	ModelSE table.Num `json:"model_se"`
}

// coxFlags are those of cox.
type coxFlags struct {
	watched
	fixed   modelFlags
	ties    string
	robust  bool
	cluster string
}

func coxCommand(f *flag.FlagSet) action {
	k := &coxFlags{}
	f.StringVar(&k.time, "time", "", "column of times, 0 or more: `COL`")
	f.StringVar(&k.event, "event", "", "column of events, 0 for none and 1: `COL`")
	f.Var(&k.fixed.terms, "covariates", "columns that explain, products as a:b: `a,b`")
	k.fixed.set(f)
	f.StringVar(&k.ties, "ties", string(survival.Efron), "events at the same time, efron or breslow: `HOW`")
	f.BoolVar(&k.robust, "robust", false, "sandwich errors")
	f.StringVar(&k.cluster, "cluster", "", "sandwich errors, by this column: `COL`")
	return func(c *call) (result, error) {
		if err := needed("--time", k.time, "--event", k.event, "--covariates", len(k.fixed.terms)); err != nil {
			return nil, err
		}
		if k.ties != string(survival.Efron) && k.ties != string(survival.Breslow) {
			return nil, use("--ties is efron or breslow")
		}
		k.fixed.parts = []string{"--time", k.time, "--event", k.event}
		out := &coxJSON{Ties: k.ties}
		d, err := k.data(c, &out.notes)
		if err != nil {
			return nil, err
		}
		fit, err := survival.FitCox(d, survival.CoxOptions{Ties: survival.Ties(k.ties), Robust: k.robust, Level: c.level})
		if err != nil {
			return nil, err
		}
		out.Robust = k.robust || k.cluster != ""
		out.fill(fit)
		out.few(out.Clusters, len(out.Coefficients))
		return out, nil
	}
}

// eventsOf refuses a column of names before it is made into columns of numbers:
// with more levels than events some level has none, and its coefficient no end.
func (k *coxFlags) eventsOf(more []design.Column) int {
	events, least := 0, 1.0
	if lower, err := oneKind(seen(more[1].Numbers), k.event); lower && err == nil {
		least = 2
	}
	for _, v := range more[1].Numbers {
		if v >= least {
			events++
		}
	}
	return events
}

// data reads the rows and makes the columns of the model.
func (k *coxFlags) data(c *call, n *notes) (survival.CoxData, error) {
	more := []table.Want{{Name: k.time, Kind: table.Time}, {Name: k.event, Kind: table.Event}}
	if k.cluster != "" {
		more = append(more, table.Want{Name: k.cluster, Kind: table.Text})
	}
	k.fixed.events = k.eventsOf
	got, err := k.fixed.read(c, n, false, more...)
	if err != nil {
		return survival.CoxData{}, err
	}
	d := survival.CoxData{Time: got.more[0].Numbers, X: got.x}
	codes := got.more[1].Numbers
	lower, err := oneKind(seen(codes), k.event)
	if err != nil {
		return d, err
	}
	least := 1.0
	if lower {
		least = 2
		n.note(oneTwoNote(k.event, seen(codes)))
	}
	d.Event = make([]bool, len(codes))
	for i, v := range codes {
		d.Event[i] = v >= least
	}
	if k.cluster != "" {
		d.Cluster = got.more[2].Codes
	}
	return d, nil
}

// seen is the codes that occur, in order.
func seen(codes []float64) []int {
	var has [32]bool
	for _, v := range codes {
		has[int(v)] = true
	}
	var out []int
	for code, yes := range has {
		if yes {
			out = append(out, code)
		}
	}
	return out
}

func (o *coxJSON) fill(fit *survival.Cox) {
	o.N, o.Events, o.Clusters = fit.N, fit.Events, fit.Clusters
	o.LogLik = [2]table.Num{table.Num(fit.LogLik[0]), table.Num(fit.LogLik[1])}
	o.Ratio, o.Wald, o.Score = testOf(fit.Ratio), testOf(fit.Wald), testOf(fit.Score)
	for _, t := range fit.Coefficients {
		o.Coefficients = append(o.Coefficients, coxTerm{
			t.Name, table.Num(t.Coef), table.Num(t.SE), table.Num(t.HR.Value),
			table.Num(t.HR.Lower), table.Num(t.HR.Upper), table.Num(t.Z), table.Num(t.P), table.Num(t.ModelSE),
		})
	}
}

func (o *coxJSON) words(p *page) {
	p.say("%s, %s, ties by %s", count(o.N, "person", "people"), count(o.Events, "event", "events"), o.Ties)
	var rows [][]string
	for _, t := range o.Coefficients {
		rows = append(rows, []string{t.Name, short(t.HR), between(t.Lower, t.Upper), short(t.Coef), short(t.SE), short(t.Z), pWords(t.P)})
	}
	p.columns([]string{"", "hazard ratio", p.interval(), "coefficient", "se", "z", "p"}, rows)
	if !o.Robust {
		p.say("likelihood ratio %s, df %s, p %s", short(o.Ratio.Statistic), short(o.Ratio.DF), pWords(o.Ratio.P))
	} else {
		if o.Clusters > 0 {
			p.say("Errors are robust (sandwich), by cluster: %d of them.", o.Clusters)
		} else {
			p.say("Errors are robust (sandwich).")
		}
		p.say("all together, by these errors (Wald): chi-square %s, df %s, p %s", short(o.Wald.Statistic), short(o.Wald.DF), pWords(o.Wald.P))
		p.say("likelihood ratio, which knows nothing of them: %s, df %s, p %s", short(o.Ratio.Statistic), short(o.Ratio.DF), pWords(o.Ratio.P))
	}
	o.notes.words(p)
}
