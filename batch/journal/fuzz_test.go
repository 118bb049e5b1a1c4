package journal_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"bulkorder/batch/journal"
)

// FuzzOpen: a journal whose bytes were damaged is refused, or opened and read to its end; it never makes a
// panic, and never a batch of which rows can be sent that weren't there.
func FuzzOpen(f *testing.F) {
	path := filepath.Join(f.TempDir(), "journal.db")
	j, err := journal.Open(f.Context(), path)
	if err != nil {
		f.Fatal(err)
	}
	d, err := j.Draft(journal.Batch{Panel: "p", Created: time.Now()})
	if err != nil {
		f.Fatal(err)
	}
	for line := range 3 {
		if err := d.Add(journal.Entry{Line: line, Key: string(rune('a' + line)), State: journal.Queued}); err != nil {
			f.Fatal(err)
		}
	}
	if err := errors.Join(d.Finish(journal.Reading{}),
		func() error { _, err := d.Admit(f.Context(), "a", journal.Repeats{}); return err }(), j.Close()); err != nil {
		f.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(uint(0), []byte("SQLite format 3"), uint(len(whole)))
	f.Add(uint(18), []byte{2}, uint(len(whole)))
	f.Add(uint(100), []byte{0xff}, uint(len(whole)))
	f.Add(uint(4096), []byte{0}, uint(5000))
	f.Add(uint(0), []byte{}, uint(0))
	f.Fuzz(func(t *testing.T, at uint, damage []byte, length uint) {
		text := bytes.Clone(whole[:min(int(length%uint(len(whole)+1)), len(whole))])
		if len(text) > 0 {
			copy(text[at%uint(len(text)):], damage)
		}
		path := filepath.Join(t.TempDir(), "journal.db")
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		j, err := journal.Open(t.Context(), path)
		if err != nil {
			return
		}
		defer j.Close()
		batches, err := j.Batches(t.Context())
		if err != nil {
			return
		}
		for _, b := range batches {
			queued, err := j.Queued(t.Context(), b, "", 0, 100)
			if err == nil && len(queued) > 3 {
				t.Errorf("%d rows can be sent, 3 were kept", len(queued))
			}
			for _, err := range j.Entries(t.Context(), b) {
				if err != nil {
					break
				}
			}
		}
	})
}
