package journal

import (
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"bulkorder/batch/journal/pgtest"
	"bulkorder/batch/panel"
)

// TestAllTablesAreCopied but those that tell of the books themselves.
func TestAllTablesAreCopied(t *testing.T) {
	var all []string
	for _, found := range regexp.MustCompile(`CREATE TABLE "?(\w+)"?`).FindAllStringSubmatch(newBooks, -1) {
		if found[1] != "book" {
			all = append(all, found[1])
		}
	}
	var copied []string
	for _, one := range tablesOfBooks() {
		copied = append(copied, one.name)
	}
	slices.Sort(all)
	slices.Sort(copied)
	if diff := cmp.Diff(all, copied); diff != "" {
		t.Errorf("tables -, copied +:\n%s", diff)
	}
}

// full makes books with something in most tables.
func full(t *testing.T, j *Journal) Batch {
	t.Helper()
	account, err := j.OpenAccount(t.Context(), "https://p.example/api", "p", "key")
	if err != nil {
		t.Fatal(err)
	}
	b := edit(t, j, time.Now(), "a", "b", "c", "d — ünï 🦊", "e")
	outcome := func(o Outcome) error {
		return errors.Join(j.Intend(b, o.Seq, time.Now()), <-j.Conclude(b, o))
	}
	err = errors.Join(
		outcome(Outcome{Seq: 1, State: Placed, Attempt: Attempt{OrderID: "0023501", Started: time.Now(), Answer: "\x00 é"}}),
		outcome(Outcome{Seq: 2, State: InDoubt, Note: "who knows", Attempt: Attempt{Candidate: "23502"}}),
		j.Intend(b, 3, time.Now()),
		<-j.HoldBack(b, 5, OverCap, "cap"),
		j.Decide(b, 2, Decision{At: time.Now(), How: Forced, State: Queued, Reason: "I looked"}),
		outcome(Outcome{Seq: 2, State: InDoubt}),
		j.Lack(account.N, panel.StatusMany),
		j.Enqueue(b, Job{By: "mia", Asked: time.Now(), Sending: "{}"}),
		j.AddUpload(Upload{ID: "u", Name: "n", File: "f", By: "mia", At: time.Now(), Choices: "{}"}),
		j.Note(b, Run{MaxSpend: decimal.NewNullDecimal(decimal.RequireFromString("10.50"))}),
		j.RaiseAlarm(b.ID, Alarm{Seq: 1, At: time.Now(), OrderID: "1", Words: "twice"}),
	)
	if err != nil {
		t.Fatal(err)
	}
	j.Allowance(account.N).Change(time.Now(), func(s *Share) { s.Rate, s.Next = 1.0/3, time.Now() })
	if err := j.Flush(); err != nil {
		t.Fatal(err)
	}
	return b
}

// TestBooksAreCopiedBothWays: from a file to a database and back, each row as it is. What was copied sends nothing any
// more, and the copy goes on where it stood.
func TestBooksAreCopiedBothWays(t *testing.T) {
	AboutAFile(t)
	t.Parallel()
	dir := t.TempDir()
	address := pgtest.Address(t)
	open := func(where string) *Journal {
		j, err := OpenBooks(t.Context(), where, func() (string, error) { return dir, nil })
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { j.Close() })
		return j
	}
	from, middle, to := open(filepath.Join(dir, "from.db")), open(address), open(filepath.Join(dir, "to.db"))
	beside := open(from.Path) // another process, which has the old books open
	b := full(t, from)
	hold := holdOf(t, from, b.ID)
	var held *HeldError
	if _, err := from.CopyTo(t.Context(), middle); !errors.As(err, &held) {
		t.Errorf("while it is worked on: %v", err)
	}
	err := errors.Join(hold.Release(), from.Intend(b, 4, time.Now()), <-from.Conclude(b, Outcome{Seq: 4, State: Queued}))
	if err != nil {
		t.Errorf("it goes on: %v", err)
	}
	want := contents(t, from)
	done, err := from.CopyTo(t.Context(), middle)
	if err != nil || done.Batches != 1 || done.Unsent != 1 || done.Doubts != 2 || done.Rows < 15 {
		t.Fatalf("%+v, %v", done, err)
	}
	var behind *BehindError
	if err := from.Intend(b, 4, time.Now()); !errors.As(err, &behind) || !strings.Contains(err.Error(), middle.Path) {
		t.Errorf("what was copied sends: %v", err)
	}
	if err := beside.Intend(b, 4, time.Now()); !errors.As(err, &behind) {
		t.Errorf("a process that had it open sends: %v", err)
	}
	if again := open(from.Path); again.Behind() == nil {
		t.Error("what was copied is the newest")
	}
	if _, err := open(filepath.Join(dir, "other.db")).CopyTo(t.Context(), middle); err == nil ||
		!strings.Contains(err.Error(), "isn't empty") {
		t.Errorf("into books that aren't empty: %v", err)
	}
	if diff := cmp.Diff(strings.ReplaceAll(want, `\x00`, "\uFFFD"), contents(t, middle)); diff != "" {
		t.Errorf("in the database:\n%s", diff)
	}
	if _, err := middle.CopyTo(t.Context(), to); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(contents(t, middle), contents(t, to)); diff != "" {
		t.Errorf("in the file:\n%s", diff)
	}
	if err := middle.TrustCopy(); err != nil {
		t.Fatal(err)
	}
	for _, j := range []*Journal{middle, to} {
		if s, err := j.Sound(t.Context()); err != nil || len(s.Damage) > 0 {
			t.Errorf("%s: %v, %v", j.Path, s.Damage, err)
		}
		goesOn(t, j)
	}
}

// goesOn works on books that were copied.
func goesOn(t *testing.T, j *Journal) {
	t.Helper()
	b, err := j.Batch(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := j.Recover(b); err != nil {
		t.Error(err)
	}
	wantStates(t, j, b, Placed, InDoubt, InDoubt, Queued, Held)
	if err := j.Intend(b, 4, time.Now()); err != nil {
		t.Error(err)
	}
	err = <-j.Conclude(b, Outcome{Seq: 4, State: Placed, Attempt: Attempt{OrderID: "23501"}})
	if !errors.Is(err, ErrOrderTaken) {
		t.Errorf("the order of another row: %v", err)
	}
	if a, err := j.OpenAccount(t.Context(), "https://p.example/api", "p", "key"); err != nil || a.N != 1 {
		t.Errorf("the account is %+v, %v", a, err)
	}
	d, err := j.Draft(Batch{Panel: "p", Created: time.Now()})
	if err != nil || d.Batch.n <= b.n {
		t.Errorf("the next draft is number %d: %v", d.Batch.n, err)
	}
}

// TestACopyThatFailsLeavesBothAsTheyWere.
func TestACopyThatFailsLeavesBothAsTheyWere(t *testing.T) {
	AboutAFile(t)
	t.Parallel()
	address := pgtest.Address(t)
	from, b := books(t, time.Now(), "a", "b")
	to, err := OpenPostgres(t.Context(), address, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer to.Close()
	pgtest.Exec(t, address, `CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS
		$$ BEGIN IF NEW.seq = 2 THEN NEW.note := 'x'; END IF; RETURN NEW; END $$;
		CREATE TRIGGER spoil BEFORE INSERT ON rows FOR EACH ROW EXECUTE FUNCTION spoil()`)
	if _, err := from.CopyTo(t.Context(), to); err == nil || !strings.Contains(err.Error(), "rows: row 2 of the copy") {
		t.Errorf("a copy that isn't the same gives %v", err)
	}
	if err := to.isEmpty(t.Context(), to.read); err != nil {
		t.Error(err)
	}
	if err := from.Intend(b, 1, time.Now()); err != nil {
		t.Errorf("what was to be copied: %v", err)
	}
}

// contents tells all that books know, as their readers give it.
func contents(t *testing.T, j *Journal) (text string) {
	t.Helper()
	for _, one := range tablesOfBooks() {
		rows, err := j.read.QueryContext(t.Context(), `SELECT * FROM `+one.name+` ORDER BY `+one.key)
		if err != nil {
			t.Fatal(err)
		}
		text += one.name + "\n" + sameRows(t, rows)
	}
	return text
}

// sameRows writes rows by their columns' names, whatever their order and kind.
func sameRows(t *testing.T, rows *sql.Rows) (text string) {
	t.Helper()
	eachRow(t, rows, func(columns []string, cells []sql.NullString) {
		var words []string
		for i, c := range cells {
			switch c.String {
			case "true":
				c.String = "1"
			case "false":
				c.String = "0"
			}
			words = append(words, fmt.Sprintf("%s=%q,%v", columns[i], c.String, c.Valid))
		}
		slices.Sort(words)
		text += strings.Join(words, " ") + "\n"
	})
	return text
}
