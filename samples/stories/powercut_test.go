package stories_test

import (
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"bulkorder/batch/journal"
	"bulkorder/samples/sandbox"
)

// TestAPowerCutBeforeAnyOrder records every write and sync of a run. At each order that leaves, the disk
// is put together as a power cut would leave it there: with what was synced alone, and with what was only
// written too. Both must hold the order's intent, and none may leave a row to be sent whose order is there.
func TestAPowerCutBeforeAnyOrder(t *testing.T) {
	t.Parallel()
	const rows = 8
	w := newShop(t, sandbox.Config{})
	w.write("orders.csv", small(rows))
	log := filepath.Join(t.TempDir(), "strace")
	cmd := w.strace(
		log,
		[]string{"-y", "-xx", "-s", "1000000", "-e", "trace=pwrite64,fsync,fdatasync,ftruncate,write,unlink"},
		"run",
		"orders.csv",
		"--yes",
		"--quiet",
		"--rate",
		"1000/s",
		"--concurrency",
		"2",
		"--out",
		"results.jsonl",
	)
	if code, out, errs := w.finish(cmd); code != 0 {
		t.Fatalf("exit %d: %s%s", code, out, errs)
	}
	text, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	d := disk{files: map[string]*file{}}
	sent := 0
	for _, c := range calls(string(text)) {
		if link := d.apply(c); link != "" {
			sent++
			for _, synced := range []bool{true, false} {
				checkDisk(t, &d, synced, link)
			}
		}
	}
	if sent != rows {
		t.Errorf("%d orders were seen to leave, want %d", sent, rows)
	}
	if !d.folderSynced {
		t.Error("the folder of the journal was never synced: its files' names may be lost")
	}
}

// record is one system call, at the moment at which it took effect: a send when it begins, the others
// when they end.
type record struct {
	name, path, data string
	offset           int
}

var (
	called  = regexp.MustCompile(`^(\d+) +(\w+)\(\d+<([^>]*)>(?:, "([^"]*)"[^,]*, (\d+)(?:, (\d+))?|, (\d+))?(.*)$`)
	resumed = regexp.MustCompile(`^(\d+) +<\.\.\. (\w+) resumed>.*= (-?\d+)`)
)

// calls reads a record of strace, in which a call of one thread may be interrupted by those of others.
func calls(text string) []record {
	var all []record
	open := map[string]record{} // by thread
	for line := range strings.SplitSeq(text, "\n") {
		if m := resumed.FindStringSubmatch(line); m != nil {
			if c, is := open[m[1]]; is && m[3] != "-1" {
				all = append(all, c)
			}
			delete(open, m[1])
			continue
		}
		m := called.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		c := record{name: m[2], path: unescape(m[3]), data: unescape(m[4])}
		c.offset, _ = strconv.Atoi(m[6] + m[7])
		switch {
		case c.name == "write":
			all = append(all, c)
		case strings.Contains(m[8], "unfinished"):
			open[m[1]] = c
		case !strings.Contains(m[8], "= -1"):
			all = append(all, c)
		}
	}
	return all
}

var hex = regexp.MustCompile(`\\x[0-9a-f]{2}`)

func unescape(s string) string {
	return hex.ReplaceAllStringFunc(s, func(h string) string {
		n, err := strconv.ParseUint(h[2:], 16, 8)
		if err != nil {
			panic(err)
		}
		return string([]byte{byte(n)})
	})
}

// disk is what was written to files, and what of it was synced.
type disk struct {
	files        map[string]*file
	folderSynced bool
}

type file struct{ written, synced []byte }

// apply does a call, and gives the link of the order that it sends, if it does.
func (d *disk) apply(c record) string {
	if strings.HasPrefix(c.path, "socket:") || strings.HasPrefix(c.path, "TCP:") {
		_, body, _ := strings.Cut(c.data, "\r\n\r\n")
		form, err := url.ParseQuery(body)
		if err == nil && form.Get("action") == "add" {
			return form.Get("link")
		}
		return ""
	}
	name := filepath.Base(c.path)
	f := d.files[name]
	if f == nil {
		f = &file{}
		d.files[name] = f
	}
	switch c.name {
	case "pwrite64":
		if missing := c.offset + len(c.data) - len(f.written); missing > 0 {
			f.written = append(f.written, make([]byte, missing)...)
		}
		copy(f.written[c.offset:], c.data)
	case "ftruncate":
		f.written = append(f.written[:min(c.offset, len(f.written))], make([]byte, max(0, c.offset-len(f.written)))...)
	case "fsync", "fdatasync":
		f.synced = slices.Clone(f.written)
		d.folderSynced = d.folderSynced || name == "bulkorder"
	}
	return ""
}

// checkDisk opens the journal as it would be found, and looks for the row with the link.
func checkDisk(t *testing.T, d *disk, synced bool, link string) {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"journal.db", "journal.db-wal"} {
		f := d.files[name]
		if f == nil {
			t.Fatalf("%s was never written", name)
		}
		content := f.written
		if synced {
			content = f.synced
		}
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	j, err := journal.Open(t.Context(), filepath.Join(dir, "journal.db"))
	if err != nil {
		t.Fatalf("after a power cut: %v", err)
	}
	defer j.Close()
	b, err := j.Batch(t.Context(), "")
	if err != nil {
		t.Fatalf("after a power cut: %v", err)
	}
	if _, err := j.Recover(b); err != nil {
		t.Fatal(err)
	}
	found := false
	for e, err := range j.Entries(t.Context(), b) {
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range e.Params {
			if p.Value == link {
				found = true
				if e.State != journal.InDoubt {
					t.Errorf(
						"synced only: %v: %s leaves while its row is found %s, want in_doubt",
						synced,
						link,
						e.State,
					)
				}
			}
		}
	}
	if !found {
		t.Errorf("synced only: %v: %s leaves and no row of the journal has it", synced, link)
	}
}
