package job

import (
	"context"
	"time"

	"alongside/platform/db"
	"alongside/platform/errs"
)

// A clock can be set back while bells wait. Their times would then come late by
// as much. So a runner keeps in mind what the clock said at its last look, and
// notes it every half minute for the next start of the program:
//
//   - when the clock stands before the last look, all waiting bells are hung
//     forward by the difference: each waits as long as was still left of it;
//   - when it stands before the note at a start, nobody knows how long the
//     program was away, and all waiting bells ring at once.
//
// While the disk is full no note can be written. A [Memory], which needs no room,
// then knows for the next start of the program what the clock said last, and by
// how much it had been set back that was still owed to the bells: from the first look
// on, whether or not that look could be written down.
//
// Leases end as soon as they would have: a dead runner must not keep a bell for
// as long as the clock was set back.
//
// A handler that rings too early by this finds so in its own row and returns
// [Again]. A step back of less than half a minute is left alone.

const (
	setBack   = 30 * time.Second
	noteEvery = 30 * time.Second
)

const (
	selectNote = `SELECT MAX(noted_at) FROM job_clock`
	updateNote = `INSERT INTO job_clock (tenant, noted_at) VALUES ('', $1) ON CONFLICT (tenant) DO UPDATE SET noted_at = $1`
	hangAll    = `UPDATE job_job SET due_at = due_at - $1, hung_at = $2 WHERE due_at > $2 AND lane = $3`
	endLeases  = `UPDATE job_job SET lease_until = lease_until - $1 WHERE lease_until > $2 AND lane = $3`
	ringAll    = `UPDATE job_job SET due_at = $1, hung_at = $1 WHERE due_at > $1 AND lane = $2`
)

// Memory keeps what the clock said last, beside the database; [clock.Note] is one.
type Memory interface {
	Last() time.Time // when it was opened; zero when nobody knows
	Keep(t time.Time) error
}

// Remembering gives a runner a memory. It is asked now, before any runner of the
// program looks at the clock.
func (r *Runner) Remembering(m Memory) *Runner {
	r.memory, r.before = m, m.Last()
	return r
}

// remember keeps what a next start must not fall behind.
func (r *Runner) remember() {
	if r.memory == nil {
		return
	}
	if err := r.memory.Keep(r.told.Add(r.back)); err != nil {
		r.log.Error("job: what the clock says is not kept", "error", err)
	}
}

// watchClock compares the clock with the last look at it. What cannot be written
// down, for the disk is full, is owed until it can.
func (r *Runner) watchClock(ctx context.Context) error {
	now := r.clock.Now()
	switch {
	case r.told.IsZero():
		r.wasAway(now, r.before)
	case now.Before(r.told.Add(-setBack)):
		r.back += r.told.Sub(now)
	}
	r.told = now
	err := r.readNote(ctx, now)
	if err == nil {
		err = r.settle(ctx, now)
	}
	r.remember()
	return errs.Wrap("job: clock", err)
}

// wasAway compares the clock with what it said before this start of the program.
func (r *Runner) wasAway(now, before time.Time) {
	if now.Before(before.Add(-setBack)) {
		r.back, r.all = max(r.back, before.Sub(now)), true
	}
}

// readNote does so once with the note in the database.
func (r *Runner) readNote(ctx context.Context, now time.Time) error {
	if r.read {
		return nil
	}
	var last int64
	err := r.db.Read(ctx, func(tx *db.Tx) error { return tx.SysRow(selectNote).Scan(&last) })
	if err == nil {
		r.read = true
		r.wasAway(now, db.Instant(last))
	}
	return err
}

// settle hangs the bells forward by what is owed, or notes the time.
func (r *Runner) settle(ctx context.Context, now time.Time) error {
	if r.back > 0 {
		err := r.wentBack(ctx, now, r.back)
		if err == nil {
			r.back, r.all = 0, false
		}
		return err
	}
	if now.Sub(r.noted) < noteEvery {
		return nil
	}
	return r.note(ctx, now)
}

func (r *Runner) wentBack(ctx context.Context, now time.Time, by time.Duration) error {
	if r.all {
		r.log.Warn("job: the clock was set back while the program was away; every bell rings now")
		return r.write(ctx, now, by, ringAll, now, r.lane)
	}
	r.log.Warn("job: the clock was set back", "by", by)
	return r.write(ctx, now, by, hangAll, by.Microseconds(), now, r.lane)
}

func (r *Runner) note(ctx context.Context, now time.Time) error { return r.write(ctx, now, 0, "") }

// write notes the time, in one transaction with what is to be done when it was
// set back by so much.
func (r *Runner) write(ctx context.Context, now time.Time, back time.Duration, sql string, args ...any) error {
	err := r.db.Write(ctx, func(tx *db.Tx) error {
		if back > 0 {
			if err := r.setAllBack(tx, now, back, sql, args); err != nil {
				return err
			}
		}
		_, err := tx.SysExec(updateNote, now)
		return err
	})
	if err == nil {
		r.noted = now
	}
	return err
}

func (r *Runner) setAllBack(tx *db.Tx, now time.Time, back time.Duration, sql string, args []any) error {
	if _, err := tx.SysExec(sql, args...); err != nil {
		return err
	}
	_, err := tx.SysExec(endLeases, back.Microseconds(), now, r.lane)
	return err
}
