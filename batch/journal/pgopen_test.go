package journal

import (
	"context"
	"io/fs"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"bulkorder/batch/journal/pgtest"
)

// TestPgSettingsThatLoseCommitsAreRefused, by the name of what is set so.
func TestPgSettingsThatLoseCommitsAreRefused(t *testing.T) {
	address := pgtest.Address(t)
	refused := func(setting, address string) {
		t.Helper()
		j, err := OpenPostgres(t.Context(), address, t.TempDir())
		if err == nil {
			j.Close()
		}
		if err == nil || !strings.Contains(err.Error(), setting+" = off") {
			t.Errorf("with %s = off: %v", setting, err)
		}
	}
	refused("synchronous_commit", address+"&options="+"-c%20synchronous_commit%3Doff")
	for _, setting := range []string{"fsync", "full_page_writes"} {
		pgtest.Exec(t, address, "ALTER SYSTEM SET "+setting+" = off")
		pgtest.Exec(t, address, "SELECT pg_reload_conf(), pg_sleep(0.2)")
		refused(setting, address)
		pgtest.Exec(t, address, "ALTER SYSTEM RESET "+setting)
		pgtest.Exec(t, address, "SELECT pg_reload_conf(), pg_sleep(0.2)")
	}
}

// TestPgPasswordIsNeverShown, whatever is wrong with the address or the server.
func TestPgPasswordIsNeverShown(t *testing.T) {
	const password = "hunter2hunter2"
	address := pgtest.Address(t)
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	with := func(change func(*url.URL)) string {
		other := *u
		other.User = url.UserPassword("postgres", password)
		change(&other)
		return other.String()
	}
	for name, place := range map[string]string{
		"a good one":          with(func(*url.URL) {}),
		"no such user":        with(func(u *url.URL) { u.User = url.UserPassword("nobody", password) }),
		"no such database":    with(func(u *url.URL) { u.Path = "/none" }),
		"nobody listens":      with(func(u *url.URL) { u.Host = "127.0.0.1:1" }),
		"no such host":        with(func(u *url.URL) { u.Host = "nowhere.invalid" }),
		"no port":             "postgres://postgres:" + password + "@127.0.0.1:x/postgres",
		"a slash in it":       "postgres://postgres:" + password + "/a@127.0.0.1/postgres",
		"the password beside": address + "&password=" + password,
		"no time":             with(func(u *url.URL) { u.RawQuery += "&lease=" + password }),
		"an unknown setting":  with(func(u *url.URL) { u.RawQuery += "&sslmode=" + password }),
		"a percent that ends": "postgres://postgres:" + password + "%@127.0.0.1/postgres",
		"no schema":           with(func(u *url.URL) { u.RawQuery = "sslmode=disable&search_path=none" }),
	} {
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		j, err := OpenPostgres(ctx, place, t.TempDir())
		cancel()
		shown := PlaceOf(place)
		if err == nil {
			shown += j.Path
			j.Close()
		} else {
			shown += err.Error()
		}
		if strings.Contains(shown, password) {
			t.Errorf("%s shows it: %s", name, shown)
		}
		if good := name == "a good one" || name == "the password beside"; good != (err == nil) {
			t.Errorf("%s gives %v", name, err)
		}
		if _, err := Open(t.Context(), place); err == nil || strings.Contains(err.Error(), password) {
			t.Errorf("as a file it gives %v", err)
		}
	}
}

// TestPgStepsArePairs: from the first step of PostgreSQL's on, each stands in both folders.
func TestPgStepsArePairs(t *testing.T) {
	files := func(pattern string) (names []string) {
		all, err := fs.Glob(schema, pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range all {
			names = append(names, name[strings.LastIndex(name, "/")+1:])
		}
		return names
	}
	postgres := files("schema/postgres/*.sql")
	sqlite := files("schema/*.sql")
	if at := slices.Index(sqlite, postgres[0]); at < 0 || !slices.Equal(sqlite[at:], postgres) {
		t.Errorf("steps of SQLite: %v; of PostgreSQL: %v", sqlite, postgres)
	}
}

// TestPgBooksThatAreBehindTheirMark: a database that was restored from a backup sends nothing.
func TestPgBooksThatAreBehindTheirMark(t *testing.T) {
	address, state := pgtest.Address(t), t.TempDir()
	open := func() *Journal {
		j, err := OpenPostgres(t.Context(), address, state)
		if err != nil {
			t.Fatal(err)
		}
		return j
	}
	j := open()
	b := edit(t, j, time.Now(), "a", "b")
	if err := j.Intend(b, 1, time.Now()); err != nil {
		t.Fatal(err)
	}
	j.Close()
	pgtest.Exec(t, address, "UPDATE book SET revision = revision - 2")
	j = open()
	if j.Behind() == nil || j.Intend(b, 2, time.Now()) == nil {
		t.Error("restored books are taken for the newest")
	}
	if err := j.TrustCopy(); err != nil || j.Intend(b, 2, time.Now()) != nil {
		t.Errorf("after a person's word: %v", err)
	}
	j.Close()
	j = open()
	defer j.Close()
	if j.Behind() != nil {
		t.Errorf("opened again: %v", j.Behind())
	}
}

// TestPgWhoHoldsABatch is told to others, until the process is gone.
func TestPgWhoHoldsABatch(t *testing.T) {
	address := pgtest.Address(t)
	one, err := OpenPostgres(t.Context(), address, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	other, err := OpenPostgres(t.Context(), address, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	who := Holder{PID: 7, Host: "here", User: "mia", Since: time.UnixMilli(1000).UTC()}
	if _, err := one.Hold("a", who); err != nil {
		t.Fatal(err)
	}
	if _, err := one.HoldWorker(who); err != nil {
		t.Fatal(err)
	}
	if by, ok := other.WorksOn("a"); !ok || by != who {
		t.Errorf("%v works on it, %v", by, ok)
	}
	if workers, err := other.Workers(); err != nil || len(workers) != 1 || workers[0] != who {
		t.Errorf("workers are %v, %v", workers, err)
	}
	if _, err := other.Hold("a", Holder{}); err == nil {
		t.Error("two processes hold a batch")
	}
	one.Close()
	if _, ok := other.WorksOn("a"); ok {
		t.Error("a process that is gone holds a batch")
	}
	if workers, err := other.Workers(); err != nil || len(workers) != 0 {
		t.Errorf("workers are %v, %v", workers, err)
	}
}
