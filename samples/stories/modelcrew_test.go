//go:build unix

package stories_test

import (
	"database/sql"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"
)

// database opens the books themselves; nil: there are none yet.
func (m *model) database() *sql.DB {
	m.t.Helper()
	driver, source := "sqlite", "file:"+m.journal()+"?_pragma=busy_timeout(10000)&mode=ro"
	if m.shop.books != "" {
		driver, source = "pgx", strings.TrimSuffix(m.shop.books, "&lease=2s")
	} else if _, err := os.Stat(m.journal()); err != nil {
		return nil
	}
	db, err := sql.Open(driver, source)
	must(m.t, err)
	if m.shop.books != "" {
		var some bool
		if db.QueryRow("SELECT to_regclass('rows') IS NOT NULL").Scan(&some); !some {
			db.Close()
			return nil
		}
	}
	return db
}

// crew starts three workers for a step in which rows are sent in the background; books in a file have none.
func (m *model) crew(calls []*call) (crew []*exec.Cmd) {
	m.t.Helper()
	if m.shop.books == "" || m.r.IntN(2) == 0 {
		return nil
	}
	for _, c := range calls {
		if c.args[0] == "run" || c.args[0] == "resume" {
			c.args = append(c.args, "--detach")
		}
	}
	for range 3 {
		w := m.shop.command("work", "--rate", "1000/s", "--every", "off", "--quiet")
		must(m.t, w.Start())
		crew = append(crew, w)
	}
	return crew
}

// dismiss lets workers finish what is due, kills one now and then, and ends them.
func (m *model) dismiss(crew []*exec.Cmd) {
	m.t.Helper()
	if crew == nil {
		return
	}
	if m.r.IntN(3) == 0 {
		m.killer.aim(m.r, crew[0].Process, 4)
	}
	for end := time.Now().Add(5 * time.Second); time.Now().Before(end) && m.isDue(); {
		time.Sleep(50 * time.Millisecond)
	}
	m.killer.leave()
	for _, w := range crew {
		w.Process.Signal(os.Interrupt)
	}
	patience := time.AfterFunc(60*time.Second, func() {
		for _, w := range crew {
			w.Process.Kill()
		}
	})
	for _, w := range crew {
		w.Wait()
		if status := w.ProcessState.Sys().(syscall.WaitStatus); status.Signaled() && w != crew[0] {
			m.t.Errorf("a worker hangs")
		}
		m.note("worker -> exit %d", w.ProcessState.ExitCode())
	}
	patience.Stop()
}

// isDue tells whether rows are to be sent in the background now.
func (m *model) isDue() (is bool) {
	db := m.database()
	if db == nil {
		return false
	}
	defer db.Close()
	must(m.t, db.QueryRow("SELECT EXISTS (SELECT 1 FROM jobs WHERE state = 'waiting' AND due_at <= $1)",
		time.Now().UnixMilli()).Scan(&is))
	return is
}
