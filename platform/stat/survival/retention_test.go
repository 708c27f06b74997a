package survival_test

import (
	"fmt"
	"math"
	"testing"

	"alongside/platform/stat/stattest"
	"alongside/platform/stat/survival"
)

func TestMgus2Incidence(t *testing.T) {
	d := stattest.Load(t, "mgus2.csv")
	s := &survival.Study{}
	for i, time := range d.Numbers("time") {
		if err := s.Group("all").Add(time, int(d.Numbers("event")[i])); err != nil {
			t.Fatal(err)
		}
	}
	in, err := s.Incidences()
	if err != nil {
		t.Fatal(err)
	}
	for i, at := range []float64{60, 120, 240} {
		share := in[0].At(at)
		near(t, "pcm", share.Of[0].Value, []string{".034103713", ".063722168", ".099813716"}[i])
		near(t, "death", share.Of[1].Value, []string{".32036701", ".5318177", ".72402798"}[i])
	}
	// summary(survfit(Surv(time, factor(event)) ~ 1), times = 60), R 4.2.2
	sixty := in[0].At(60)
	near(t, "SE of pcm", sixty.Of[0].SE, "0.004889258")
	near(t, "SE of death", sixty.Of[1].SE, "0.01256737")
	near(t, "lower of pcm", in[0].Limits(sixty.Of[0], 60, limits(t, survival.Log)).Lower, "0.02574955")
	if sixty.AtRisk != 874 {
		t.Errorf("at risk %d, R has 874", sixty.AtRisk)
	}
}

func TestRetentionInTwoTrials(t *testing.T) {
	d := stattest.Load(t, "retention.csv")
	s := &survival.Study{}
	for i, time := range d.Numbers("t") {
		if err := s.Group(d.Text("treatment")[i]).Add(time, int(d.Numbers("ev")[i])); err != nil {
			t.Fatal(err)
		}
	}
	r := logrank(t, s, 0)
	near(t, "chi-square", r.Statistic, "286.765476244")
	near(t, "df", r.DF, "3")
	want := map[string][3]string{
		"Methadone":            {"474 .940476190 .010539111", "434 .861111111 .015404517", "403 .799603175 .017830659"},
		"Outpatient BUP":       {"553 .835889571 .014505034", "440 .670245399 .018411474", "382 .582822086 .019311004"},
		"Outpatient BUP + EMM": {"228 .705329154 .025525200", "148 .454545455 .027878705", "101 .316614420 .026043713"},
		"Outpatient BUP + SMM": {"245 .757281553 .024389385", "169 .527508091 .028400927", "118 .375404531 .027546722"},
	}
	people, events, medians := 0, 0, []string{"NA", "NA", "77", "88"}
	for i, c := range curves(t, s) {
		people, events = people+c.N, events+c.Events
		for j, at := range []float64{28, 84, 140} {
			var risk int
			var share, se string
			if _, err := fmt.Sscan(want[c.Group][j], &risk, &share, &se); err != nil {
				t.Fatal(c.Group, err)
			}
			p := c.At(at, limits(t, survival.Log))
			near(t, c.Group, p.Survival, share)
			near(t, c.Group, p.SE, se)
			if p.AtRisk != risk {
				t.Errorf("%s at %g: %d at risk, R has %d", c.Group, at, p.AtRisk, risk)
			}
		}
		m := c.Median(limits(t, survival.Log)).Value
		if got := fmt.Sprint(m); got != medians[i] && !(math.IsNaN(m) && medians[i] == "NA") {
			t.Errorf("median of %s: %s", c.Group, got)
		}
	}
	if people != 1784 || events != 881 {
		t.Errorf("%d people, %d events", people, events)
	}
}
