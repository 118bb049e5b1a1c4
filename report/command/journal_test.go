package command

import (
	"os"
	"strings"
	"testing"

	"bulkorder/samples/sandbox"
)

// TestRunJournal: a backup is sound, and books that are brought back from it are refused until a person has seen what
// they don't know.
func TestRunJournal(t *testing.T) {
	s := newShop(t, sandbox.Config{})
	s.sent(2)
	backup := s.dir + "/backup.db"
	if _, err := s.call("").runJournalBackup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(backup); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if _, err := s.call("").runJournalBackup(t.Context(), backup); err == nil {
		t.Error("a file that is there is replaced")
	}
	check := func(c *call, o journalOptions, code int, says ...string) map[string]any {
		t.Helper()
		a, err := c.runJournalCheck(t.Context(), o)
		words, fields := c.told(a)
		if err != nil || a.code != code {
			t.Errorf("exit %d, %v\n%s", a.code, err, words)
		}
		for _, want := range says {
			if !strings.Contains(words, want) {
				t.Errorf("it doesn't say %q:\n%s", want, words)
			}
		}
		return fields
	}
	if fields := check(s.call(""), journalOptions{}, exitOK); fields["ok"] != true {
		t.Errorf("%v", fields)
	}
	yes := resumeOptions{sendingOptions: sendingOptions{yes: true}}
	if _, err := s.call("").runResume(t.Context(), yes, ""); err != nil {
		t.Fatal(err)
	}
	for _, ending := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(s.dir + "/journal.db" + ending); err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
	if err := os.Rename(backup, s.dir+"/journal.db"); err != nil {
		t.Fatal(err)
	}
	if fields := check(s.call(""), journalOptions{}, exitOther, "--accept"); fields["ok"] != false {
		t.Errorf("%v", fields)
	}
	if _, err := s.call("").runResume(t.Context(), yes, ""); err == nil || len(s.sandbox.Ledger()) != 4 {
		t.Errorf("it goes on without a word: %v, %d orders", err, len(s.sandbox.Ledger()))
	}
	_, err := s.call("").runJournalCheck(t.Context(), journalOptions{accept: true})
	if errorCode(t.Context(), err) != exitUsage {
		t.Errorf("without a terminal: %v", err)
	}
	if _, err := s.call("n\n").runJournalCheck(t.Context(), journalOptions{accept: true}); err != errDeclined {
		t.Errorf("declined: %v", err)
	}
	if fields := check(s.call("y\n"), journalOptions{accept: true}, exitOK); fields["accepted"] != true {
		t.Errorf("%v", fields)
	}
	if _, err := s.call("").runResume(t.Context(), yes, ""); err != nil || len(s.sandbox.Ledger()) != 4 {
		t.Errorf("what was forgotten is ordered again: %v, %d orders", err, len(s.sandbox.Ledger()))
	}
}
