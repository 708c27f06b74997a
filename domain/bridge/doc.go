// Package bridge is what goes between the people we walk with and those who
// treat them, on the person's terms.
//
// A context note tells a care team what would help, in words that were written
// with the person. They approve it word for word: what they approve is kept as
// it is, and whoever is named as its recipient reads exactly that, for as long
// as the person lets it stand and a consent in force covers it. One letter
// changed needs a new yes. A note has no place for a diagnosis.
//
// A ward can ask for a peer to calm, to explain or to be there, for a moment.
// Nobody becomes a participant by it; it climbs the ladder of the rota that an
// ask for a warm hand-off climbs. And the log of team meetings holds what those
// with lived experience advised, and what came of it.
//
// What is told to someone outside goes through the one door of domain/disclose;
// the law behind it is named there.
package bridge
