// Package outbox takes in what was written on a phone without a network.
//
// A form that was sent without a network is locked on the phone for the
// organisation and waits there. When there is a network again it comes here
// under the id that the phone gave it, is opened, and is handed to the page it
// was written for, as if it had been sent then, by whoever is signed in. Each is
// taken exactly once: the same id with the same words gets the same answer, and
// other words under that id are kept beside it for a person to decide.
//
// What cannot be taken is never thrown away. If the page wants something else,
// its writer is shown what they wrote and what to do. If the writer may not do it
// any more, because a role was taken away in between, the phone forgets it, and
// what was written waits here until a supervisor or a coordinator has found its
// place. A coordinator sees that it waits, about whom and by whom; the words are
// for a supervisor and for who wrote them.
//
// With each key goes a slip that says whose phone this was. It opens nothing:
// all it can do is leave something here for a person to place.
package outbox
