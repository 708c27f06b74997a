package workforce

import (
	"time"

	"alongside/domain/ref"
	"alongside/platform/page"
)

// Samples are the pages in the storybook, with made-up people.
func Samples() []page.Sample {
	one := func(name string, doc func(v *page.View) page.Doc) page.Sample {
		return page.Sample{Name: "workforce/" + name, Doc: func(v *page.View) page.Doc {
			v.Signed = &page.Signed{Name: "Rosa Demo", Role: "peer"}
			return doc(v)
		}}
	}
	return []page.Sample{
		one("none", func(v *page.View) page.Doc {
			return listDoc(v, listForm{Act: "a", Pages: Pages{Writes: true, Together: true}})
		}),
		one("list", func(v *page.View) page.Doc { return listDoc(v, listForm{Act: "a", Pages: samplePages(v)}) }),
		one("lacks", func(v *page.View) page.Doc {
			f := listForm{Act: "a", Pages: samplePages(v), Typed: Entry{Words: sampleWords}}
			f.Problems = []page.Problem{{Field: "kind", Say: v.T("error.pick-one")}}
			return listDoc(v, f)
		}),
		one("gone", func(v *page.View) page.Doc {
			p := samplePages(v)
			p.Writes, p.Together, p.With = false, false, nil
			return listDoc(v, listForm{Act: "a", Pages: p})
		}),
		one("one", func(v *page.View) page.Doc {
			e := samplePages(v).Mine[0]
			return oneDoc(v, oneForm{Act: "a", One: One{ID: e.ID, Entry: e, Me: "rosa"}})
		}),
		one("changed-meanwhile", func(v *page.View) page.Doc {
			e := samplePages(v).Mine[1]
			f := oneForm{Act: "a", One: One{ID: e.ID, Entry: e, Me: "rosa"}, Open: e.ID, Typed: sampleWords}
			f.Problems = []page.Problem{{Field: "words", Say: v.T("workforce.error.meanwhile")}}
			return oneDoc(v, f)
		}),
		one("together", func(v *page.View) page.Doc { return oneDoc(v, oneForm{Act: "a", One: sampleTogether(v)}) }),
		one("together-invite", func(v *page.View) page.Doc {
			o := sampleTogether(v)
			o.Thread, o.Here = o.Thread[:1], o.Here[:1]
			return oneDoc(v, oneForm{Act: "a", One: o})
		}),
		one("all", func(v *page.View) page.Doc { return allDoc(v, "a") }),
		one("shut", func(v *page.View) page.Doc { return shutDoc(v, time.Time{}) }),
		one("shut-days", func(v *page.View) page.Doc { return shutDoc(v, v.Now.AddDate(0, 0, 5)) }),
	}
}

const sampleWords = "The river this morning. I sat until my hands were still."

func samplePages(v *page.View) Pages {
	at := func(days int) time.Time { return v.Now.AddDate(0, 0, -days) }
	return Pages{
		Writes: true, Together: true, Older: "e1",
		Mine: []Entry{
			{ID: "e3", Kind: Recovery, Words: sampleWords, WrittenAt: at(1)},
			{ID: "e2", Kind: Wellbeing, Words: "Tired after three nights. I want to ask for a day off before I need one.", WrittenAt: at(4), ChangedAt: at(3), Version: 2},
		},
		With: []Thread{
			{ID: "t1", Own: true, First: sampleTogether(v).Thread[0]},
			{ID: "t2", By: "Ines Demo"},
		},
	}
}

func sampleTogether(v *page.View) One {
	said := func(id string, who ref.Account, hours int, words string) Entry {
		return Entry{ID: id, Thread: "t1", Account: who, Kind: Reflection, Words: words, WrittenAt: v.Now.Add(-time.Duration(hours) * time.Hour)}
	}
	return One{
		ID: "t1", Me: "rosa", Begun: true, Here: []ref.Account{"rosa", "ines", "sol"},
		Names: map[ref.Account]string{"rosa": "Rosa Demo", "ines": "Ines Demo", "sol": "Sol Demo"},
		Asks:  []Colleague{{ID: "kai", Name: "Kai Demo"}, {ID: "lee", Name: "Lee Demo", Leads: true}},
		Thread: []Entry{
			said("t1", "rosa", 30, "I gave advice when I could have listened. It was my own worry that spoke. Next time I want to ask first."),
			said("s2", "ines", 20, "I know that worry. I count to five before I say anything."),
		},
	}
}
