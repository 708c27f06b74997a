package rota

import (
	"fmt"
	"strings"
	"testing/fstest"

	"alongside/platform/db"
)

// everyWrite is the fault of a full disk.
const everyWrite = "every write"

// faultTables are where the ladder, its bells and its messages are written.
func faultTables() []string {
	return []string{"job_job", "job_clock", "notify_delivery", "rota_run", "rota_asked", "rota_step"}
}

func faultOps() []string { return []string{"INSERT", "UPDATE", "DELETE"} }

// faults are a table that says which write the disk refuses, and triggers that
// refuse it, on the real engine under the real program.
func faults() db.Migrations {
	var sql strings.Builder
	sql.WriteString("-- +goose Up\nCREATE TABLE sim_fault (tenant TEXT NOT NULL, place TEXT NOT NULL, PRIMARY KEY (tenant, place));\n")
	for _, table := range faultTables() {
		for _, op := range faultOps() {
			fmt.Fprintf(&sql, "-- +goose StatementBegin\nCREATE TRIGGER sim_%[1]s_%[2]s BEFORE %[2]s ON %[1]s WHEN EXISTS (SELECT 1 FROM sim_fault WHERE place IN ('%[3]s', '%[1]s %[2]s'))\nBEGIN SELECT RAISE(ABORT, 'the disk refuses'); END;\n-- +goose StatementEnd\n",
				table, op, everyWrite)
		}
	}
	return db.Migrations{Name: "sim", FS: fstest.MapFS{"00001_sim.sql": {Data: []byte(sql.String())}}}
}

// refuse lets the disk refuse one kind of write, every write, or none.
func (m *sim) refuse(place string) {
	m.fault = place
	m.must(m.d.Write(as("sim"), func(tx *db.Tx) error {
		if _, err := tx.Exec("DELETE FROM sim_fault WHERE tenant = $1"); err != nil || place == "" {
			return err
		}
		_, err := tx.Exec("INSERT INTO sim_fault (tenant, place) VALUES ($1, $2)", place)
		return err
	}))
}

// perhapsRefuse lets one kind of write be refused, for one bell.
func (m *sim) perhapsRefuse() {
	if m.calm || m.fault != "" || m.rng.IntN(25) > 0 {
		return
	}
	tables, ops := faultTables(), faultOps()
	place := tables[m.rng.IntN(len(tables))] + " " + ops[m.rng.IntN(len(ops))]
	m.hurt = append(m.hurt, m.true_)
	m.say("refuses", place)
	m.refuse(place)
}

// forgive ends the refusal of one kind of write.
func (m *sim) forgive() {
	if m.fault != "" && m.fault != everyWrite {
		m.refuse("")
	}
}
