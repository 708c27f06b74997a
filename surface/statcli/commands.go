package statcli

// commands lists what `alongside stats` can do, in the order of its help.
func commands() []command {
	return []command{
		{"km", "--time COL --event COL [--by COL] [--at 28,84] [--conf log|log-log|plain] [--plot [svg|FILE.svg]] [FILE.csv]", "Kaplan–Meier curves: how many are still without the event", true, true, kmCommand},
		{"logrank", "--time COL --event COL --by COL [--rho 0] [FILE.csv]", "log-rank test that groups have the same curve; --rho 1 for Peto's", true, false, logrankCommand},
		{"cox", "--time COL --event COL --covariates a,b [--ties efron|breslow] [--reference COL=LEVEL] [--factor a] [--robust] [--cluster COL] [FILE.csv]", "Cox regression: hazard ratios", true, true, coxCommand},
		{"rmst", "--time COL --event COL --tau T [--by COL] [FILE.csv]", "mean time without the event, up to tau", true, true, rmstCommand},
		{"cuminc", "--time COL --event COL [--by COL] [--at 28,84] [--conf log|log-log|plain] [--none 0] [--plot [svg|FILE.svg]] [FILE.csv]", "cumulative incidence when several events compete (0 none, 1, 2, …)", true, true, cumincCommand},
		{"wilson", "--x X --n N", "a share with Wilson's interval", false, true, wilsonCommand},
		{"clopper-pearson", "--x X --n N", "a share with the exact interval", false, true, clopperCommand},
		{"newcombe", "--x1 X --n1 N --x2 X --n2 N", "the difference of two shares", false, true, newcombeCommand},
		{"ttest", "--a COL --b COL [--paired] | --value COL --by COL [--paired --subject COL] [FILE.csv]", "paired or Welch's t test, with effect sizes", true, true, ttestCommand},
		{"wilcoxon", "--a COL --b COL | --value COL --by COL --subject COL [FILE.csv]", "Wilcoxon's signed-rank test of pairs", true, true, wilcoxonCommand},
		{"mcnemar", "--b B --c C", "did as many go from yes to no (b) as from no to yes (c)", false, false, mcnemarCommand},
		{"lm", "--outcome COL --fixed a,b,a:b [--reference COL=LEVEL] [--factor a] [--cluster COL] [FILE.csv]", "linear regression", true, true, lmCommand},
		{"mixed", "--outcome COL --fixed a,b --subject COL [--slope COL] [--ml] [--reference COL=LEVEL] [--factor a] [FILE.csv]", "mixed model of people measured again and again", true, true, mixedCommand},
		{"rci", "--sd SD --r R --before X --after Y (numbers, or columns of FILE.csv)", "reliable change of a person on a scale", true, false, rciCommand},
		{"did", "--outcome COL --group COL --period COL [--treated LEVEL] [--from PERIOD] [--cluster COL] [FILE.csv]", "difference in differences", true, true, didCommand},
		{"bh", "--p 0.01,0.2,… | [--p COL] [FILE.csv] [--q 0.05]", "p-values adjusted for being many (Benjamini–Hochberg)", true, false, bhCommand},
	}
}
