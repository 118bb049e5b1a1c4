// Package pgtest gives tests a real PostgreSQL: one server for each test process, with its data in memory, and a schema
// for each test.
package pgtest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// once starts this process's server when it is first asked for. Nobody knows when the last test has ended, so the
// server ends with the process.
var once = sync.OnceValues(start)

// Server is one that runs until its process ends.
type Server struct {
	Address string
	dir     string
	script  io.WriteCloser // while this is open, the server runs; a line on it restarts it
}

// Own starts a server of the test's own, which ends with the test.
func Own(t testing.TB) *Server {
	t.Helper()
	s, err := start()
	check(t, err)
	t.Cleanup(func() { s.script.Close() })
	return s
}

// Restart ends the server as a crash does, and starts it again.
func (s *Server) Restart(t testing.TB) {
	t.Helper()
	if _, err := s.script.Write([]byte("\n")); err != nil {
		t.Fatal(err)
	}
	time.Sleep(100 * time.Millisecond) // it is down by then, or still the old one answers
	if err := await(s.Address, s.dir); err != nil {
		t.Fatal(err)
	}
}

// check skips a test where no PostgreSQL is installed, or fails it if BULKORDER_TEST_POSTGRES=required.
func check(t testing.TB, err error) {
	t.Helper()
	if errors.Is(err, errNone) && os.Getenv("BULKORDER_TEST_POSTGRES") != "required" {
		t.Skip("no PostgreSQL is installed")
	}
	if err != nil {
		t.Fatal(err)
	}
}

// Address gives the address of a schema of the test's own, which is empty. Where no PostgreSQL is installed the test is
// skipped, or fails if BULKORDER_TEST_POSTGRES=required.
func Address(t testing.TB) string {
	t.Helper()
	s, err := once()
	check(t, err)
	name := "t" + strings.ToLower(rand.Text()[:12])
	Exec(t, s.Address, "CREATE SCHEMA "+name)
	return s.Address + "&search_path=" + name
}

// IsThere tells whether a PostgreSQL is installed, or must be.
func IsThere() bool {
	_, err := programs()
	return err == nil || os.Getenv("BULKORDER_TEST_POSTGRES") == "required"
}

// Exec does statements on a connection of their own.
func Exec(t testing.TB, address, statements string) {
	t.Helper()
	ctx := context.Background()
	c, err := pgx.Connect(ctx, address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(ctx)
	if _, err := c.Exec(ctx, statements); err != nil {
		t.Fatal(err)
	}
}

var errNone = errors.New("no PostgreSQL is installed")

// programs finds the folder of the newest server that is installed.
func programs() (string, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb") // the pattern is right
	if len(found) == 0 {
		path, err := exec.LookPath("initdb")
		if err != nil {
			return "", errNone
		}
		found = []string{path}
	}
	slices.SortFunc(found, func(a, b string) int {
		if len(a) != len(b) {
			return len(a) - len(b)
		}
		return strings.Compare(a, b)
	})
	return filepath.Dir(found[len(found)-1]), nil
}

// start makes a data folder and starts a server on it, which ends when this process does.
func start() (*Server, error) {
	bin, err := programs()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(inMemory(), "bulkorder-postgres-")
	if err != nil {
		return nil, err
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	port := free.Addr().(*net.TCPAddr).Port
	free.Close()
	// The shell waits for its input to end, which this process holds open for as long as it lives.
	script := fmt.Sprintf(`trap '' INT
		%[1]s/initdb -D %[2]s/data -U postgres -A trust -E UTF8 --locale=C --no-sync >%[2]s/log 2>&1 || exit 1
		serve() {
			%[1]s/postgres -D %[2]s/data -p %[3]d -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
				-c max_connections=300 -c shared_buffers=32MB -c autovacuum=off -c max_wal_size=256MB >>%[2]s/log 2>&1 </dev/null &
		}
		serve
		while read again; do
			kill -QUIT $!
			wait $!
			serve
		done
		kill -QUIT $!
		wait
		rm -rf %[2]s`, bin, dir, port)
	cmd := exec.Command("/bin/sh", "-c", script)
	if err := asNobody(cmd, dir); err != nil {
		return nil, err
	}
	input, err := cmd.StdinPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		return nil, err
	}
	s := &Server{fmt.Sprintf("postgres://postgres@127.0.0.1:%d/postgres?sslmode=disable", port), dir, input}
	return s, await(s.Address, dir)
}

// inMemory is a folder in memory, where syncing costs nothing; empty: the usual one.
func inMemory() string {
	if _, err := os.Stat("/dev/shm"); err == nil {
		return "/dev/shm"
	}
	return ""
}

// await waits until the server answers.
func await(address, dir string) error {
	for began := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		c, err := pgx.Connect(ctx, address)
		if err == nil {
			err = c.Close(ctx)
		}
		cancel()
		if err == nil {
			return nil
		}
		if time.Since(began) > time.Minute {
			log, _ := os.ReadFile(filepath.Join(dir, "log"))
			return fmt.Errorf("starting PostgreSQL: %w\n%s", err, log)
		}
	}
}
