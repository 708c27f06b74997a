// Package access knows who may come in and what they may do.
//
// Someone who signs in has an account: the name they work or come under, an
// e-mail address if they have one, and one or several roles. They act in one
// role at a time. Name and address are sealed under a key of the account's own,
// whose name is also the account's id.
//
// There are four ways to sign in. A link that works once, handed over by
// whoever made the account; opening it shows a page with a button, and only the
// button uses it up, because mail programs open links to look at them. A
// passkey, kept by the phone or computer. A password together with a code from
// an app. For participants, an alias and words on a paper card, which opens
// nothing but their own page. Each ends in a sign-in ("session"): a secret in a cookie, of which
// the database keeps only a hash. People see where they are signed in and can
// end it there. A sign-in ends by itself, sooner for people who may share a
// phone.
//
// Someone who tries an address that is not here gets the same answer, with the
// same work done for it, as someone who has the password wrong.
//
// What a role may do stands in the folder policies, as sentences with a Cedar
// rule under each. What no rule allows is refused, and a refusal looks like a
// thing that does not exist. An administrator sees accounts and settings, never
// anything about a person; an evaluator sees figures, never a person.
//
// Sources: NIST SP 800-63B-4 (passwords, one-time codes, sessions), RFC 6238
// (codes), RFC 9106 (argon2id), W3C WebAuthn level 3 (passkeys), OWASP Session
// Management Cheat Sheet, Cedar policy language.
package access
