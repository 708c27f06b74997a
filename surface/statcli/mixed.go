package statcli

import (
	"flag"
	"fmt"
	"math"

	"alongside/platform/stat/model"
	"alongside/platform/stat/table"
)

type mixedJSON struct {
	N            int        `json:"n"`
	Groups       int        `json:"groups"`
	Method       string     `json:"method"`
	Coefficients []termJSON `json:"coefficients"`
	Random       randomJSON `json:"random"`
	Criterion    table.Num  `json:"criterion"`
	LogLik       table.Num  `json:"loglik"`
	Singular     bool       `json:"singular"`
	notes
}

type randomJSON struct {
	InterceptSD  table.Num `json:"intercept_sd"`
	InterceptVar table.Num `json:"intercept_variance"`
	SlopeSD      table.Num `json:"slope_sd"`
	Correlation  table.Num `json:"correlation"`
	ResidualSD   table.Num `json:"residual_sd"`
	ResidualVar  table.Num `json:"residual_variance"`
}

func mixedCommand(f *flag.FlagSet) action {
	m, ml := &modelFlags{}, false
	var outcome, subject, slope string
	f.Var(&m.terms, "fixed", "columns that explain; a:b is a product, a*b both and their product: `a,b`")
	m.set(f)
	f.StringVar(&outcome, "outcome", "", "column of numbers that is explained: `COL`")
	f.StringVar(&subject, "subject", "", "column that says who is who: `COL`")
	f.StringVar(&slope, "slope", "", "column whose effect differs by subject: `COL`")
	f.BoolVar(&ml, "ml", false, "maximum likelihood instead of REML")
	return func(c *call) (result, error) {
		if err := needed("--outcome", outcome, "--fixed", len(m.terms), "--subject", subject); err != nil {
			return nil, err
		}
		m.parts = []string{"--outcome", outcome, "--subject", subject}
		out, wants := &mixedJSON{Method: "REML"}, []table.Want{{Name: outcome}, {Name: subject, Kind: table.Text}}
		if err := apart("--slope", slope, "--outcome", outcome, "--subject", subject); err != nil {
			return nil, err
		}
		if slope != "" {
			wants = append(wants, table.Want{Name: slope})
		}
		got, err := m.read(c, &out.notes, true, wants...)
		if err != nil {
			return nil, err
		}
		d := model.MixedData{Y: got.more[0].Numbers, X: got.x, Group: got.more[1].Codes}
		if slope != "" {
			d.Slope = got.more[2].Numbers
		}
		fit, err := model.FitMixed(d, model.MixedOptions{ML: ml, Level: c.level})
		if err != nil {
			return nil, err
		}
		out.fill(fit, ml)
		return out, nil
	}
}

func (o *mixedJSON) fill(m *model.Mixed, ml bool) {
	if ml {
		o.Method = "ML"
	}
	o.N, o.Groups, o.Singular = m.N, m.Groups, m.Singular
	o.Criterion, o.LogLik = table.Num(m.Criterion), table.Num(m.LogLik)
	o.Coefficients = termsOf(m.Fixed)
	o.Random = randomJSON{
		table.Num(m.SDIntercept), table.Num(m.SDIntercept * m.SDIntercept), table.Num(m.SDSlope),
		table.Num(m.Correlation), table.Num(m.Sigma), table.Num(m.Sigma * m.Sigma),
	}
	if m.Singular {
		o.note(singularNote(m))
	} else if m.Normal {
		o.note("The degrees of freedom could not be found. p uses the normal distribution, so with few subjects it is too small.")
	}
}

func singularNote(m *model.Mixed) string {
	if math.IsNaN(m.SDSlope) {
		return "The subjects do not differ more than chance makes them: their spread is 0, and this is an ordinary regression."
	}
	return "A spread lies at its edge (0, or a correlation of 1): the data do not show more. p uses the normal distribution, so with few subjects it is too small."
}

func (o *mixedJSON) words(p *page) {
	termWords(p, o.Coefficients)
	p.say("%s of %s, by %s", count(o.N, "row", "rows"), count(o.Groups, "subject", "subjects"), o.Method)
	rows := [][]string{{"own level", short(o.Random.InterceptSD)}}
	if short(o.Random.SlopeSD) != "–" {
		rows = append(rows, []string{"own slope", short(o.Random.SlopeSD)}, []string{"their correlation", short(o.Random.Correlation)})
	}
	p.columns([]string{"spread (sd)", ""}, append(rows, []string{"what is left", short(o.Random.ResidualSD)}))
	p.say("%s criterion %s", o.Method, fmt.Sprintf("%.10g", float64(o.Criterion)))
	o.notes.words(p)
}
