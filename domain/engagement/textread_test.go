package engagement

import "testing"

// TestProvidersSayItInTheirOwnWay: by other names, as a form or as JSON, with
// the number in quotes or without.
func TestProvidersSayItInTheirOwnWay(t *testing.T) {
	want := Arrived{ID: "9007199254740993", From: "5550143", Words: "I am late"}
	for kind, body := range map[string]string{
		"application/json":                  `{"id":9007199254740993,"from":5550143,"text":"I am late"}`,
		"application/json; charset=utf-8":   `{"messageId":"9007199254740993","msisdn":"5550143","message":"I am late"}`,
		"application/x-www-form-urlencoded": "MessageSid=9007199254740993&From=5550143&Body=I+am+late",
	} {
		if got, err := readArrived(kind, []byte(body)); err != nil || got != want {
			t.Errorf("%s: %+v, %v", kind, got, err)
		}
	}
	for _, body := range []string{"", "[]", `"id"`, `{"id":`} {
		if got, err := ReadArrived([]byte(body)); err == nil {
			t.Errorf("%q is read as %+v", body, got)
		}
	}
	if got, err := ReadArrived([]byte(`{"id":{"a":1},"from":null}`)); err != nil || got.ID != "" || got.From != "" {
		t.Errorf("no words are made of what is none: %+v, %v", got, err)
	}
}
