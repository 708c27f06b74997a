package web

import (
	"strings"
	"testing"
)

// TestTheAnswerToAFormSaysWhereTheFormIs: a browser cannot come back to the answer.
// The page says which one has the form, where there is such a page, and the language is
// changed there. What is not here says nothing of the address.
func TestTheAnswerToAFormSaysWhereTheFormIs(t *testing.T) {
	w := newWorld(t, nil)
	body := w.post("/form/7", nil).Body.String()
	for _, want := range []string{`data-form="/form/7"`, `name="back" value="/form/7"`} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s in\n%s", want, body)
		}
	}
	for _, path := range []string{"/form/7/step", "/hidden"} {
		if body := w.post(path, nil).Body.String(); strings.Contains(body, "data-form") || !strings.Contains(body, `name="back" value="/"`) {
			t.Errorf("%s says where it is:\n%s", path, body)
		}
	}
	if body := w.get("/form/7").Body.String(); strings.Contains(body, "data-form") {
		t.Error("a page that answers no form says so")
	}
}
