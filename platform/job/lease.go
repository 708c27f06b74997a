package job

import (
	"context"
	"runtime"
	"time"

	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/id"
	"alongside/platform/scope"
)

// A lease that ends more than two leases from now was given by a clock that has
// been set back since: it counts as ended. So does the waiting of a bell that
// was hung up at a time that is still to come. Bells due at one instant ring in
// the order of their keys, so that a simulation can be played again. The lane
// stands in both halves so that each can use its index.
const (
	selectDue = `SELECT tenant, kind, key, id, due_at, attempt FROM job_job
		WHERE ((lane = $4 AND due_at <= $1) OR (lane = $4 AND hung_at > $5)) AND (lease_until <= $1 OR lease_until > $2)
		ORDER BY due_at, tenant, kind, key LIMIT $3`
	updateLease = `UPDATE job_job SET leased_by = $4, lease_until = $5, attempt = attempt + 1
		WHERE tenant = $1 AND kind = $2 AND key = $3`
	extendLease = `UPDATE job_job SET lease_until = $5 WHERE tenant = $1 AND kind = $2 AND key = $3 AND leased_by = $4`
	updateLater = `UPDATE job_job SET leased_by = '', lease_until = 0, due_at = $5, hung_at = $6
		WHERE tenant = $1 AND kind = $2 AND key = $3 AND leased_by = $4`
)

// claim takes at most n bells that are due and that no living runner has.
func (r *Runner) claim(ctx context.Context, n int) (jobs []Job, err error) {
	ctx = scope.AsSystem(ctx, "ring bells")
	if err := r.watchClock(ctx); err != nil {
		return nil, err
	}
	if some, err := r.anyDue(ctx); err != nil || !some || n == 0 {
		return nil, err
	}
	err = r.db.Write(ctx, func(tx *db.Tx) error {
		now := r.clock.Now()
		jobs, err = r.due(tx, now, n)
		if err != nil {
			return err
		}
		for i := range jobs {
			if err := r.lease(tx, &jobs[i], now); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, errs.Wrap("job: claim", err)
	}
	return jobs, nil
}

func (r *Runner) lease(tx *db.Tx, j *Job, now time.Time) error {
	j.lease, j.Attempt = r.name+"/"+id.Secret(5), j.Attempt+1
	_, err := tx.SysExec(updateLease, j.Tenant, j.Kind, j.Key, j.lease, now.Add(lease))
	return err
}

// anyDue looks before it writes: an idle runner costs no commit.
func (r *Runner) anyDue(ctx context.Context) (bool, error) {
	var some bool
	err := r.db.Read(ctx, func(tx *db.Tx) error {
		jobs, err := r.due(tx, r.clock.Now(), 1)
		some = len(jobs) > 0
		return err
	})
	return some, errs.Wrap("job: look", err)
}

func (r *Runner) due(tx *db.Tx, now time.Time, n int) ([]Job, error) {
	rows, err := tx.SysQuery(selectDue, now, now.Add(2*lease), n, r.lane, now.Add(setBack))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var jobs []Job
	for rows.Next() {
		var j Job
		if err := rows.Scan(&j.Tenant, &j.Kind, &j.Key, &j.ID, &j.Due, &j.Attempt); err != nil {
			return nil, err
		}
		jobs = append(jobs, j)
	}
	return jobs, rows.Err()
}

func (r *Runner) extend(ctx context.Context, j Job) error {
	return r.db.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(extendLease, j.Kind, j.Key, j.lease, r.clock.Now().Add(lease))
		return err
	})
}

// takeDown removes a bell whose handler did not call Done itself.
func (r *Runner) takeDown(ctx context.Context, j Job) error {
	return r.db.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(removeOwn, j.Kind, j.Key, j.lease)
		return errs.Wrap("job: take down", err)
	})
}

// postpone gives the lease back and moves the time. When ctx has ended, for the
// program stops, the bell is due at once for the next.
func (r *Runner) postpone(ctx context.Context, j Job, wait time.Duration) error {
	at := r.clock.Now().Add(wait)
	if ctx.Err() != nil {
		at, ctx = j.Due, context.WithoutCancel(ctx)
	}
	return r.db.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(updateLater, j.Kind, j.Key, j.lease, at, r.clock.Now())
		return errs.Wrap("job: postpone", err)
	})
}

// runtimeError is v when the Go runtime made it, which quotes no data of ours.
func runtimeError(v any) error {
	if e, ok := v.(runtime.Error); ok {
		return e
	}
	return nil
}
