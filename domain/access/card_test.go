package access

import (
	"context"
	"strings"
	"testing"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/fold"
	"alongside/platform/id"
	"alongside/platform/scope"
)

func TestACardSignsIn(t *testing.T) {
	onBoth(t, func(base *world) {
		w := base.walked()
		w.hasher = newHasher() // the real one
		p := w.person("t1")
		c := w.card("t1", p, " Blue Heron ", "en")
		if len(c.Words) != 5 || c.Alias != "Blue Heron" || c.Name != "Wren Demo" {
			w.Fatalf("%+v", c)
		}
		typed := []string{
			said(c), strings.ToUpper(said(c)), strings.Join(c.Words, ", "), strings.Join(c.Words, ""), "  " + strings.Join(c.Words, "\n") + ". ",
		}
		for _, words := range typed {
			in, err := w.enter("bLUE-heron", words)
			if err != nil || in.Account != w.own[p].Account || in.Role != Participant || in.Way != WayCard || in.Keep != 0 || !in.Other || !w.in(in.Token) {
				w.Errorf("%q: %+v %v", words, in, err)
			}
		}
		w.clk.Add(5 * time.Minute)
		in, err := w.enter("Blue Heron", said(c))
		w.must(err)
		w.clk.Add(5*time.Minute + time.Second)
		if w.in(in.Token) {
			w.Error("a sign-in by a card outlives five quiet minutes")
		}
		w.quiet()
		w.secret(c)
	})
}

func TestAccentsAndMarksAreFolded(t *testing.T) {
	onBoth(t, func(base *world) {
		w := base.walked()
		marked := strings.NewReplacer("ا", "اَ", "ر", "رّ", "و", "وُ", "ي", "يْ", "ه", "ه\u0640")
		for lang, how := range map[string]func(string) string{
			"es": func(s string) string { return fold.Words(s) },
			"ar": marked.Replace,
		} {
			c := w.card("t1", w.person("t1"), "José إبراهيم", lang)
			if _, err := w.enter("jose ابراهيم", how(strings.Join(c.Words, "، "))); err != nil {
				w.Errorf("%s: %v", lang, err)
			}
		}
	})
}

// A new card makes the old one void, and ends what was opened with it.
func TestANewCardMakesTheOldOneVoid(t *testing.T) {
	onBoth(t, func(base *world) {
		w := base.walked()
		p := w.person("t1")
		old := w.card("t1", p, "Blue Heron", "en")
		in, err := w.enter("Blue Heron", said(old))
		w.must(err)
		link, err := w.Link(w.operator(), in.Account, id.New(w.clk.Now()))
		w.must(err)
		fresh := w.card("t1", p, "Blue Heron", "es")
		if w.in(in.Token) {
			w.Error("whoever had the old card is still signed in")
		}
		if _, err := w.openLink(link.Token); !errs.Is(err, errs.NotFound) {
			w.Errorf("a link of before still opens: %v", err)
		}
		if _, err := w.enter("Blue Heron", said(old)); err == nil || err.Error() != notThisCard().Error() {
			w.Errorf("the old card: %v", err)
		}
		again, err := w.enter("Blue Heron", said(fresh))
		if err != nil || again.Account != in.Account {
			w.Errorf("the new card: %+v %v", again, err)
		}
		if n := w.count(`SELECT COUNT(*) FROM access_card WHERE ended_at > 0 AND (words <> $1 OR found_by <> $1)`, []byte{}); n != 0 {
			w.Error("of a card that is void something is left to compare")
		}
		w.clk.Add(keepOver + time.Hour)
		w.must(w.Sweep(w.Context()))
		if n := w.count(`SELECT COUNT(*) FROM access_card`); n != 1 {
			w.Errorf("%d cards are kept, want the one that opens", n)
		}
	})
}

// Whatever is wrong, the answer and the work are the same: one slow comparison.
func TestWhateverIsWrongWithACardTheAnswerAndTheWorkAreTheSame(t *testing.T) {
	onBoth(t, func(base *world) {
		w := base.walked()
		p, paused, works, ended := w.person("t1"), w.person("t1"), w.person("t1"), w.person("t1")
		c, cp, cw, ce := w.card("t1", p, "Blue", "en"), w.card("t1", paused, "Green", "en"), w.card("t1", works, "Red", "en"), w.card("t1", ended, "Grey", "en")
		w.must(w.Pause(w.operator(), w.own[paused].Account))
		_, err := w.SetRoles(w.operator(), w.own[works].Account, []string{Participant, Peer})
		w.must(err)
		w.must(w.DB.Write(w.operator(), func(tx *db.Tx) error {
			_, err := w.EndOwn(tx, w.own[ended].Account)
			return err
		}))
		for _, try := range []TypedCard{
			{"Nobody", said(c)},
			{"Blue", said(cp)},
			{"Blue", strings.Join(c.Words[:4], " ")},
			{"Blue", c.Words[0] + " " + c.Words[2] + " " + c.Words[1] + " " + c.Words[3] + " " + c.Words[4] + "x"},
			{"Blue", ""},
			{"", said(c)},
			{"", ""},
			{"😀", said(c)},
			{"Blue", strings.Repeat(said(c), 100)},
			{"Green", said(cp)},
			{"Red", said(cw)},
			{"Grey", said(ce)},
		} {
			before := w.slow
			_, err := w.enter(try.Alias, try.Words)
			if err == nil || err.Error() != notThisCard().Error() || errs.KindOf(err) != errs.Invalid {
				w.Errorf("%q: %v", try.Alias, err)
			}
			if w.slow != before+1 {
				w.Errorf("%q: %d slow comparisons, want 1", try.Alias, w.slow-before)
			}
		}
		w.must(w.Reopen(w.operator(), w.own[paused].Account))
		if _, err := w.enter("Green", said(cp)); err != nil {
			w.Errorf("opened again: %v", err)
		}
		w.quiet()
	})
}

// One alias may be chosen by more than one, here and elsewhere: each words open one.
func TestOneAliasForMany(t *testing.T) {
	onBoth(t, func(base *world) {
		w := base.walked()
		for _, org := range []string{"t1", "t1", "t2"} {
			p := w.person(org)
			c := w.card(org, p, "Blue", "en")
			before := w.slow
			in, err := w.enter("blue", said(c))
			if err != nil || in.Account != w.own[p].Account || in.Tenant != org {
				w.Errorf("%s: %+v %v", org, in, err)
			}
			if w.slow != before+1 {
				w.Errorf("%d slow comparisons", w.slow-before)
			}
		}
		if n := w.count(`SELECT COUNT(DISTINCT found_by) FROM access_card`); n != 3 {
			w.Errorf("%d marks for three cards", n)
		}
	})
}

// A card is shown once: the same press a moment later shows it again, and later, or to
// someone else, nothing does.
func TestACardIsShownOnce(t *testing.T) {
	onBoth(t, func(base *world) {
		w := base.walked()
		p, act := w.person("t1"), id.New(w.clk.Now())
		ask := CardAsk{"Blue", "en"}
		first, err := w.GiveCard(w.operator(), p, ask, act)
		w.must(err)
		again, err := w.GiveCard(w.operator(), p, ask, act)
		if err != nil || said(again) != said(first) || w.count(`SELECT COUNT(*) FROM access_card`) != 1 {
			w.Errorf("pressed twice: %v and %v, %v", first, again, err)
		}
		other := scope.With(w.Context(), Operator("t1", "someone-else"))
		if got, err := w.GiveCard(other, p, ask, act); !errs.Is(err, errs.Conflict) || len(got.Words) != 0 {
			w.Errorf("someone else: %+v %v", got, err)
		}
		w.clk.Add(pressWindow)
		if got, err := w.GiveCard(w.operator(), p, ask, act); !errs.Is(err, errs.Conflict) || len(got.Words) != 0 {
			w.Errorf("later: %+v %v", got, err)
		}
		if _, err := w.enter("Blue", said(first)); err != nil {
			w.Errorf("and the card opens: %v", err)
		}
		of, err := w.CardOf(w.operator(), p)
		if err != nil || of.Since.IsZero() || of.Name != "Wren Demo" {
			w.Errorf("%+v %v", of, err)
		}
	})
}

func TestPressedTwiceAtOnceIsOneCard(t *testing.T) {
	onBoth(t, func(base *world) {
		w := base.walked()
		p, act := w.person("t1"), id.New(w.clk.Now())
		w.card("t1", p, "Blue", "en")
		got := make(chan string)
		for range 2 {
			go func() {
				c, err := w.GiveCard(w.operator(), p, CardAsk{"Blue", "en"}, act)
				if err != nil {
					w.Error(err)
				}
				got <- said(c)
			}()
		}
		if a, b := <-got, <-got; a != b {
			w.Errorf("%q and %q", a, b)
		}
		if n := w.count(`SELECT COUNT(*) FROM access_card WHERE ended_at = 0`); n != 1 {
			w.Errorf("%d cards open", n)
		}
	})
}

func TestWhoMayMakeACard(t *testing.T) {
	onBoth(t, func(base *world) {
		w := base.walked()
		near, far := w.person("t1"), w.person("t1")
		w.far = far
		as := func(role string) context.Context {
			_, in := w.signedIn(role+"@x.example", role)
			return w.as(in.Token)
		}
		for _, role := range []string{Peer, Supervisor, Coordinator, Evaluator, Administrator, Participant} {
			ctx := as(role)
			may := map[ref.Person]bool{near: role == Peer || role == Supervisor || role == Coordinator, far: role == Supervisor || role == Coordinator}
			for p, may := range may {
				w.clk.Add(aWhile)
				_, err := w.GiveCard(ctx, p, CardAsk{"Blue", "en"}, id.New(w.clk.Now()))
				_, look := w.CardOf(ctx, p)
				if may != (err == nil) || may != (look == nil) || !may && !errs.Is(err, errs.Denied) {
					w.Errorf("%s: %v %v, may: %v", role, err, look, may)
				}
			}
		}
	})
}

func TestWhatNoCardCanBeMadeFrom(t *testing.T) {
	onBoth(t, func(base *world) {
		w := base.walked()
		p, peer, paused := w.person("t1"), w.person("t1"), w.person("t1")
		a, _ := w.invite(email, Participant, Peer)
		w.own[peer] = Owner{a.ID, peer}
		w.card("t1", paused, "Green", "en")
		w.must(w.Pause(w.operator(), w.own[paused].Account))
		for _, bad := range []struct {
			p    ref.Person
			ask  CardAsk
			kind errs.Kind
		}{
			{p, CardAsk{"", "en"}, errs.Invalid},
			{p, CardAsk{" 😀 ", "en"}, errs.Invalid},
			{p, CardAsk{strings.Repeat("b", 61), "en"}, errs.Invalid},
			{p, CardAsk{"Blue", "xx"}, errs.Invalid},
			{peer, CardAsk{"Blue", "en"}, errs.Conflict},
			{paused, CardAsk{"Blue", "en"}, errs.Conflict},
		} {
			before := w.count(`SELECT COUNT(*) FROM access_card`)
			w.clk.Add(aWhile)
			got, err := w.GiveCard(w.operator(), bad.p, bad.ask, id.New(w.clk.Now()))
			if errs.KindOf(err) != bad.kind || len(got.Words) != 0 && err == nil || w.count(`SELECT COUNT(*) FROM access_card`) != before {
				w.Errorf("%+v: %v", bad.ask, err)
			}
			w.quiet(err)
		}
	})
}

// What was made stands on record about the person and about their account, and a card
// made for someone who came in before is told to them.
func TestACardMadeForSomeoneIsTold(t *testing.T) {
	onBoth(t, func(base *world) {
		w := base.walked()
		p := w.person("t1")
		c := w.card("t1", p, "Blue", "en")
		in, err := w.enter("Blue", said(c))
		w.must(err)
		if !in.Told {
			w.Error("the first card is told as a surprise")
		}
		if list, err := w.WaysMade(w.as(in.Token)); err != nil || len(list) != 0 {
			w.Errorf("the first card is told: %+v %v", list, err)
		}
		w.clk.Add(aWhile)
		_, rosa := w.signedIn("rosa@x.example", Peer)
		w.clk.Add(aWhile)
		fresh, err := w.GiveCard(w.as(rosa.Token), p, CardAsk{"Blue", "en"}, id.New(w.clk.Now()))
		w.must(err)
		w.clk.Add(aWhile)
		if in, err = w.enter("Blue", said(fresh)); err != nil || in.Told {
			w.Errorf("the second is not told: %+v %v", in, err)
		}
		list, err := w.WaysMade(w.as(in.Token))
		if err != nil || len(list) != 2 || !list[0].Card || list[0].By != "Rosa Demo" || list[0].Used.IsZero() || !list[1].Card || list[1].Used.IsZero() {
			w.Errorf("%+v %v", list, err)
		}
		w.clk.Add(aWhile)
		if in, err = w.enter("Blue", said(fresh)); err != nil || !in.Told {
			w.Errorf("told twice: %v", err)
		}
		for _, subject := range []string{string(p), string(in.Account)} {
			n := 0
			for _, action := range w.history(ref.Account(subject)) {
				if action == "account.card" {
					n++
				}
			}
			if n != 2 {
				w.Errorf("%d cards on record, want 2: %v", n, w.history(ref.Account(subject)))
			}
		}
	})
}

// Somebody stops their own card, soon after they signed in.
func TestACardIsStoppedByWhoseItIs(t *testing.T) {
	onBoth(t, func(base *world) {
		w := base.walked()
		c := w.card("t1", w.person("t1"), "Blue", "en")
		in, err := w.enter("Blue", said(c))
		w.must(err)
		ctx := w.as(in.Token)
		if ways, err := w.Ways(ctx); err != nil || ways.CardSince.IsZero() {
			w.Errorf("%+v %v", ways, err)
		}
		w.must(w.DropCard(ctx))
		w.must(w.DropCard(ctx))
		if ways, err := w.Ways(ctx); err != nil || !ways.CardSince.IsZero() {
			w.Errorf("%+v %v", ways, err)
		}
		if _, err := w.enter("Blue", said(c)); !errs.Is(err, errs.Invalid) {
			w.Errorf("it still opens: %v", err)
		}
		if !w.in(in.Token) {
			w.Error("they were signed out by it")
		}
		w.clk.Add(Fresh + time.Second)
		if err := w.DropCard(ctx); !errs.Is(err, errs.Conflict) {
			w.Errorf("long after signing in: %v", err)
		}
	})
}

// Who was erased has no card, also where the row is still there.
func TestAnErasedPersonsCardIsDead(t *testing.T) {
	onBoth(t, func(base *world) {
		w := base.walked()
		p := w.person("t1")
		c := w.card("t1", p, "Blue", "en")
		w.must(w.vault.Erase("t1", string(p)))
		before := w.slow
		if _, err := w.enter("Blue", said(c)); err == nil || err.Error() != notThisCard().Error() || w.slow != before+1 {
			w.Errorf("%v, %d slow comparisons", err, w.slow-before)
		}
		w.must(w.DB.Read(w.operator(), func(tx *db.Tx) error {
			list, err := w.cards.List(tx, "WHERE tenant = $1")
			if err == nil && (len(list) != 1 || strings.Contains(list[0].Alias, "Blue")) {
				w.Errorf("%+v", list)
			}
			tx.Settle(string(p))
			return err
		}))
	})
}
