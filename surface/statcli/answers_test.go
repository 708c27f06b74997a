package statcli_test

import (
	"encoding/json"
	"strings"
	"testing"

	"alongside/platform/stat/stattest"
)

// answered are command lines with what they answer, from published figures.
func answered() map[string][]string {
	return map[string][]string{
		"km --time time --event status --by x --at 13 aml.csv": {
			"groups.0.group Maintained", "groups.0.n 11", "groups.0.events 7", "groups.0.median.estimate 31", "groups.0.median.lower 18",
			"groups.0.median.upper null", "groups.0.at.0.time 13", "groups.0.at.0.at_risk 10", "groups.0.at.0.survival .81818182",
			"groups.0.at.0.se .11629130", "groups.0.at.0.lower .6192489874", "groups.0.at.0.upper 1",
		},
		"km --conf log-log --time time --event status --by x --at 13 aml.csv": {"groups.0.at.0.lower .4474286147"},
		"km --time time --event status lung.csv --by sex":                     {"groups.1.median.lower 348", "groups.1.group 2"},
		"logrank --time t --event ev --by treatment retention.csv":            {"chisq 286.765476244", "df 3", "groups.0.group Methadone", "groups.0.n 504"},
		"logrank --rho 1 --time time --event status --by sex lung.csv":        {"chisq 12.7141514012"},
		"logrank --time time --event status --by sex lung.csv":                {"p .00131116452", "groups.0.observed 112", "groups.0.expected 91.581739"},
		"cox --time t --event ev --covariates treatment --reference treatment=Methadone retention.csv": {
			"n 1784", "events 881", "coefficients.1.coef 1.618058848",
		},
		"cox --ties breslow --time time --event status --covariates sex lung.csv":             {"coefficients.0.coef -.530396574509"},
		"cox --time time --event status --covariates age,sex,ph.ecog --drop-missing lung.csv": {"n 227", "left_out 1", "coefficients.2.coef .46372847537", "coefficients.2.name ph.ecog"},
		"cox --time time --event cens --covariates treat gehan.csv":                           {"coefficients.0.hr 4.8168739", "coefficients.0.se .412396718"},
		"rmst --tau 365 --time time --event status --by sex lung.csv":                         {"groups.0.estimate 241.495085192", "groups.1.se 10.7913239788"},
		"cuminc --time time --event event --at 60,120,240 mgus2.csv":                          {"groups.0.causes.0.at.1.estimate .063722168", "groups.0.causes.1.at.2.estimate .72402798"},
		"wilson --x 0 --n 10":                                                         {"lower 0", "upper .2775327999"},
		"clopper-pearson --x 1 --n 10":                                                {"estimate .1", "lower .0025285785", "upper .445016117"},
		"newcombe --x1 56 --n1 70 --x2 48 --n2 80":                                    {"estimate .2", "lower .0524314724", "upper .333872654", "chi_squared.statistic 7.023411371", "fisher_p .0125211297"},
		"ttest --paired --value extra --by group --subject ID sleep.csv":              {"statistic -4.062127683", "df 9", "p .0028328902", "lower -2.459885763", "upper -.700114237", "effect.d_z.estimate -1.28455756"},
		"ttest --value extra --by group sleep.csv":                                    {"statistic -1.860813467", "df 17.77647352", "p .0793941402", "effect.hedges_g -.79693524"},
		"wilcoxon --value extra --by group --subject ID sleep.csv":                    {"statistic 0", "p .00909069802", "uncorrected_p .00763244165", "exact_p null"},
		"mcnemar --b 150 --c 86":                                                      {"statistic 17.3559322", "corrected.statistic 16.81779661", "exact_p 3.71593614e-05"},
		"lm --outcome y --fixed x norris.csv":                                         {"coefficients.0.name (Intercept)", "coefficients.1.estimate 1.00211681802045", "sigma .884796396144373", "f.statistic 5436385.54079785", "r_squared .999993745883712"},
		"mixed --outcome Reaction --fixed Days --subject Subject sleepstudy.csv":      {"random.intercept_variance 1378.17851381", "random.residual_variance 960.45657856", "criterion 1786.46508539", "method REML"},
		"mixed --ml --outcome Reaction --fixed Days --subject Subject sleepstudy.csv": {"random.intercept_variance 1296.87004549", "loglik -897.039321503"},
		"mixed --outcome Reaction --fixed Days --subject Subject --slope Days sleepstudy.csv": {
			"coefficients.0.estimate 251.405104848", "coefficients.1.estimate 10.4672859596", "criterion 1743.62827196",
		},
		"mixed --outcome distance --fixed age*Sex --subject Subject --reference Sex=Male orthodont.csv": {
			"coefficients.3.estimate -.3048295455", "coefficients.3.name age:Sex=Female",
		},
		"rci --sd 7.54 --r .88 --before 32.5 --after 47.5": {"se 2.61193261781", "s_diff 3.69383053212", "rc 4.0608251704", "threshold 7.23990784295", "reliable true"},
		"bh --p .0001,.0004,.0019,.0095,.0201,.0278,.0298,.0344,.0459,.3240,.4262,.5719,.6528,.7590,1": {
			"rejected 4", "adjusted.0.adjusted .0015", "adjusted.5.adjusted .0638571429",
		},
	}
}

// Every command answers the published figures, as the interface has them.
func TestAnswers(t *testing.T) {
	for line, want := range answered() {
		got := stats(line + " --json")
		var answer any
		if err := json.Unmarshal([]byte(got.out), &answer); err != nil || got.code != 0 {
			t.Errorf("%s: exit %d, %s %v", line, got.code, got.errw, err)
			continue
		}
		for _, w := range want {
			path, value, _ := strings.Cut(w, " ")
			check(t, line+": "+path, at(t, answer, path), value)
		}
		if words := stats(line); words.code != 0 || words.out == "" || strings.Contains(words.out, "NaN") {
			t.Errorf("%s in words: exit %d, %s %s", line, words.code, words.out, words.errw)
		}
	}
}

func check(t *testing.T, what string, got any, want string) {
	t.Helper()
	switch v := got.(type) {
	case nil:
		if want != "null" {
			t.Errorf("%s is null, want %s", what, want)
		}
	case float64:
		stattest.Near(t, what, v, want, stattest.Fitted)
	case string:
		if v != want {
			t.Errorf("%s is %q, want %q", what, v, want)
		}
	case bool:
		if v != (want == "true") {
			t.Errorf("%s is %v", what, v)
		}
	default:
		t.Errorf("%s is no single value: %v", what, got)
	}
}
