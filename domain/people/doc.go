// Package people knows who someone is, on their own terms: the name they use,
// the name on their papers if they chose to give it, how they may be reached
// and, before anything else, how they may not be.
//
// A person may begin as an alias that a nurse typed at the bedside. Such a
// provisional person has a key of their own from the first moment, so that
// everything sealed about them can be made unreadable at once. Being known by
// more is their choice, and the history stays one.
//
// Nobody has agreed to a voicemail or a text until they say so: both are off
// until the person turns them on.
package people
