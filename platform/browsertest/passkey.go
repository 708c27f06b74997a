package browsertest

import "github.com/chromedp/cdproto/webauthn"

// Passkeys gives the tab a made-up device that keeps passkeys and says yes to
// whatever it is asked, as the finger or face of its owner would.
func (p *Page) Passkeys() {
	p.t.Helper()
	call(p, webauthn.Enable, webauthn.EnableParams{})
	call(p, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{
		Options: &webauthn.VirtualAuthenticatorOptions{
			Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal,
			HasResidentKey: true, HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true,
		},
	})
}
