package access

import (
	"time"

	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// Samples are the pages in the storybook, with made-up people.
func Samples() []page.Sample {
	return []page.Sample{
		{Name: "access/sign-in", Doc: func(v *page.View) page.Doc { return doorDoc(v, door{To: "/", Passkeys: true, Still: true}) }},
		{Name: "access/sign-in-again", Doc: sampleNotThese},
		{Name: "access/away", Doc: func(v *page.View) page.Doc { return awayDoc(v, "/mine") }},
		{Name: "access/card-door", Doc: func(v *page.View) page.Doc { return cardDoorDoc(v, cardDoor{To: ownPagePath}) }},
		{Name: "access/card-door-again", Doc: func(v *page.View) page.Doc {
			return cardDoorDoc(v, cardDoor{To: ownPagePath, Alias: "Blue Heron", Problems: []page.Problem{{Say: v.T("access.error.not-this-card")}}})
		}},
		{Name: "access/card", Doc: worker(func(v *page.View) page.Doc { return cardFormDoc(v, sampleCardForm(v)) })},
		{Name: "access/card-again", Doc: worker(sampleCardAgain)},
		{Name: "access/card-paper", Doc: worker(samplePaper)},
		{Name: "access/account-card", Doc: sampleOwnCard},
		{Name: "access/link", Doc: func(v *page.View) page.Doc { return linkDoc(v, LinkPath("t.s"), "a") }},
		{Name: "access/link-gone", Doc: goneDoc},
		{Name: "access/role", Doc: worker(func(v *page.View) page.Doc { return roleDoc(v, []string{Administrator, Peer}, "/") })},
		{Name: "access/account", Doc: worker(sampleOwn)},
		{Name: "access/account-new", Doc: worker(func(v *page.View) page.Doc {
			return ownDoc(v, ownPage{Profile: Profile{Name: "Rosa Demo"}, Fresh: true})
		})},
		{Name: "access/account-later", Doc: worker(sampleLater)},
		{Name: "access/password", Doc: worker(sampleSetup)},
		{Name: "access/sign-ins", Doc: worker(sampleSignIns)},
		{Name: "access/accounts", Doc: worker(sampleAccounts)},
		{Name: "access/accounts-empty", Doc: worker(func(v *page.View) page.Doc { return accountsDoc(v, nil) })},
		{Name: "access/invite", Doc: worker(sampleInvite)},
		{Name: "access/invited", Doc: worker(func(v *page.View) page.Doc {
			return invitedDoc(v, "Rosa Demo", "https://alongside.example"+LinkPath("0d3m0.madeupmadeupmadeupmadeup"), v.Now.Add(linkLasts))
		})},
		{Name: "access/one", Doc: worker(func(v *page.View) page.Doc { return oneDoc(v, one{Account: sampleAccount(v), Act: "a"}) })},
		{Name: "access/one-walks", Doc: worker(func(v *page.View) page.Doc {
			return oneDoc(v, one{Account: sampleAccount(v), Act: "a", Walks: Walks{7, "/"}, HandOver: true})
		})},
		{Name: "access/one-paused", Doc: worker(samplePaused)},
	}
}

func worker(doc func(*page.View) page.Doc) func(*page.View) page.Doc {
	return func(v *page.View) page.Doc {
		v.Signed = &page.Signed{Name: "Rosa Demo", Role: Peer}
		return doc(v)
	}
}

func sampleNotThese(v *page.View) page.Doc {
	return doorDoc(v, door{To: "/", Email: "rosa@lanternford.example", Problems: []page.Problem{{Say: v.T("access.error.not-these")}}})
}

func sampleOwn(v *page.View) page.Doc {
	made := v.Now.Add(-50 * 24 * time.Hour)
	return ownDoc(v, ownPage{
		Profile: Profile{Name: "Rosa Demo", Language: "es"}, Passkeys: true, Fresh: true, Still: true,
		Who: Who{Role: Peer, Roles: []string{Peer, Coordinator}},
		Ways: Ways{PasswordSince: made, Passkeys: []Passkey{
			{ID: "1", Device: "Firefox, Android", CreatedAt: made, UsedAt: v.Now.Add(-time.Hour)},
			{ID: "2", CreatedAt: made},
		}},
	})
}

func sampleLater(v *page.View) page.Doc {
	return ownDoc(v, ownPage{Profile: Profile{Name: "Rosa Demo"}, Passkeys: true, Still: true, Ways: Ways{PasswordSince: v.Now.Add(-time.Hour)}})
}

func sampleSetup(v *page.View) page.Doc {
	key := []byte("a key that opens not")
	p, err := ui.NewSquare(keyLink(key, "Rosa Demo"))
	if err != nil {
		p = ui.Square{}
	}
	return setupDoc(v, setup{Picture: p, Letters: grouped(keyText(key)), Problems: []page.Problem{{Field: "code", Say: v.T("access.error.code")}}})
}

func sampleSignIns(v *page.View) page.Doc {
	return signInsDoc(v, []SignIn{
		{ID: "1", Role: Peer, Way: WayPasskey, Agent: "Firefox, Android", Net: "203.0.113.0/24", CreatedAt: v.Now.Add(-2 * time.Hour), SeenAt: v.Now, This: true},
		{ID: "2", Role: Coordinator, Way: WayPassword, Agent: "Edge, Windows", Net: "2001:db8:7::/48", CreatedAt: v.Now.Add(-9 * time.Hour), SeenAt: v.Now.Add(-time.Hour)},
		{ID: "3", Way: WayLink, CreatedAt: v.Now.Add(-30 * time.Minute), SeenAt: v.Now.Add(-20 * time.Minute)},
	}, []Made{{By: "Ada Demo", At: v.Now.Add(-2 * time.Hour), Used: v.Now.Add(-time.Hour)}, {At: v.Now.Add(-50 * time.Hour)}})
}

func sampleAccount(v *page.View) Account {
	return Account{ID: "r", Name: "Idris Demo", Email: "idris@lanternford.example", Roles: []string{Peer}, Language: "ar", CreatedAt: v.Now.Add(-90 * 24 * time.Hour)}
}

func sampleAccounts(v *page.View) page.Doc {
	rosa, dana := sampleAccount(v), sampleAccount(v)
	rosa.Name, rosa.Roles = "Rosa Demo", []string{Peer, Coordinator}
	dana.Name, dana.Roles, dana.SuspendedAt = "Dana Demo", []string{Supervisor}, v.Now
	return accountsDoc(v, []Account{dana, sampleAccount(v), rosa})
}

func sampleInvite(v *page.View) page.Doc {
	return inviteDoc(v, inviteForm{
		New: Newcomer{Name: "Idris Demo", Email: "idris", Roles: []string{Peer}}, Act: "a", Status: 422,
		Problems: []page.Problem{{Field: "email", Say: v.T("access.error.email")}},
	})
}

func samplePaused(v *page.View) page.Doc {
	a := sampleAccount(v)
	a.SuspendedAt = v.Now
	return oneDoc(v, one{Account: a, Act: "a"})
}
