package engagement

import (
	"testing"

	"alongside/platform/errs"
)

// What cannot be read waits for a coordinator once, names nobody, and can be
// thrown away and put into nobody's story.
func TestWhatCannotBeReadWaits(t *testing.T) {
	each(t, func(w *world) {
		for range 3 {
			w.must(w.s.ArriveUnread(provider(), []byte("{\"from\":\"555-0161\",\"text\":\"Quag\x00\xff")))
		}
		list := w.waiting()
		if len(list) != 1 || list[0].Why != InUnread || list[0].Words != `{"from":"555-0161","text":"Quag` || list[0].Sender != "" || len(list[0].Who) != 0 {
			t.Fatalf("%+v", list)
		}
		w.arrives("p1", "555-0161", "Quagga?")
		w.note(w.call(w.blue))
		w.plainNowhere("Quag", "0161")
		w.wants(w.s.PlaceText(cosmo(), list[0].ID, w.blue), errs.Invalid, "into somebody's story")
		w.must(w.s.ThrowText(cosmo(), list[0].ID))
		w.must(w.s.ArriveUnread(provider(), []byte("{\"from\":\"555-0161\",\"text\":\"Quag\x00\xff")))
		if left := w.waiting(); len(left) != 1 || left[0].Why != InUnknown {
			t.Errorf("%+v", left)
		}
	})
}
