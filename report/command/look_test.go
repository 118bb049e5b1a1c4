package command

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"bulkorder/batch"
	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
	"bulkorder/parse"
	"bulkorder/samples/sandbox"
)

// TestWhatTheOtherCommandsTell: words for a person, and one object for a program.
func TestWhatTheOtherCommandsTell(t *testing.T) {
	s := newShop(t, sandbox.Config{})
	batch := s.sent(2)
	for _, tt := range []struct {
		name  string
		run   func(c *call) (answer, error)
		code  int
		says  string
		field string // of the object
	}{
		{"report", func(c *call) (answer, error) {
			return c.runReport(t.Context(), reportOptions{out: s.dir + "/again.csv"}, batch)
		}, 0, "again.csv", "workbook"},
		{"show", func(c *call) (answer, error) {
			return c.runShow(t.Context(), pickOptions{}, "")
		}, 0, "placed", "statuses"},
		{"show rows", func(c *call) (answer, error) {
			return c.runShow(t.Context(), pickOptions{states: []string{"Placed"}}, batch)
		}, 0, "2 rows of batch", "entries"},
		{"history", func(c *call) (answer, error) {
			return c.runHistory(t.Context(), pickOptions{})
		}, 0, "orders.csv", "batches"},
		{"history of nothing", func(c *call) (answer, error) {
			return c.runHistory(t.Context(), pickOptions{states: []string{"in doubt"}})
		}, 0, "no batches", "batches"},
		{"explain", func(c *call) (answer, error) {
			return c.runExplain(t.Context(), batch, "2")
		}, 0, "Row 2", "attempts"},
		{"services", func(c *call) (answer, error) {
			return c.runServices(t.Context(), servicesOptions{}, []string{"tiktok"})
		}, 0, "TikTok", "services"},
		{"balance", func(c *call) (answer, error) {
			return c.runBalance(t.Context())
		}, 0, "USD", "balance"},
		{"template", func(c *call) (answer, error) {
			return c.runTemplate(t.Context(), templateOptions{ids: []string{"1"}, out: s.dir + "/t.xlsx"})
		}, 0, "1 services", "template"},
		{"panels", func(c *call) (answer, error) {
			return c.runPanels(t.Context())
		}, 0, "igwish", "panels"},
		{"doctor", func(c *call) (answer, error) {
			return c.runDoctor(t.Context(), desk.Diagnosis{})
		}, 0, "balance", "checks"},
		{"doctor with a wrong file", func(c *call) (answer, error) {
			return c.runDoctor(t.Context(), desk.Diagnosis{Configuration: errors.New("line 3 is wrong")})
		}, 2, "line 3 is wrong", "checks"},
		{"version", func(c *call) (answer, error) {
			return c.runVersion(), nil
		}, 0, "bulkorder", "version"},
		{"key", func(*call) (answer, error) {
			return keyAnswer("a", "stored", "The key is kept."), nil
		}, 0, "kept", "stored"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := s.call("")
			a, err := tt.run(c)
			if err != nil {
				t.Fatal(err)
			}
			words, fields := c.told(a)
			if a.code != tt.code || !strings.Contains(words, tt.says) || fields[tt.field] == nil {
				t.Errorf("exit %d, %v\n%s", a.code, fields, words)
			}
		})
	}
}

// TestARefreshTellsAlarms: it may be the command that finds them, and the only one that is given for weeks.
func TestARefreshTellsAlarms(t *testing.T) {
	s := newShop(t, sandbox.Config{})
	batch := s.sent(2)
	refresh := func() (int, string) {
		c := s.call("")
		a, err := c.runRefresh(t.Context(), refreshOptions{}, []string{batch})
		if err != nil {
			t.Fatal(err)
		}
		words, _ := c.told(a)
		return a.code, words
	}
	if code, words := refresh(); code != exitOK {
		t.Errorf("exit %d\n%s", code, words)
	}
	j, err := journal.Open(t.Context(), s.environ("BULKORDER_JOURNAL"))
	if err != nil {
		t.Fatal(err)
	}
	err = errors.Join(j.RaiseAlarm(batch, journal.Alarm{Seq: 1, At: time.Now(), OrderID: "7", Words: "a second order"}),
		j.Close())
	if err != nil {
		t.Fatal(err)
	}
	if code, words := refresh(); code != exitInDoubt || !strings.Contains(words, "a second order") {
		t.Errorf("exit %d\n%s", code, words)
	}
}

func TestRunServicesIntoAFile(t *testing.T) {
	s := newShop(t, sandbox.Config{})
	c := s.call("")
	a, err := c.runServices(t.Context(), servicesOptions{out: s.dir + "/services.csv"}, nil)
	text, _ := os.ReadFile(s.dir + "/services.csv")
	if err != nil || a.words != nil || !strings.HasPrefix(string(text), "service,name,type") {
		t.Errorf("%v: %s", err, text)
	}
}

func TestRunTemplateLeavesAFileThatIsThere(t *testing.T) {
	s := newShop(t, sandbox.Config{})
	path := s.write("orders.xlsx", "filled in")
	for _, o := range []templateOptions{
		{out: path}, {out: "orders.ods"}, {out: s.dir + "/n.xlsx", ids: []string{"4711"}},
	} {
		if _, err := s.call("").runTemplate(t.Context(), o); errorCode(t.Context(), err) != exitUsage {
			t.Errorf("%+v: %v", o, err)
		}
	}
}

func TestRunKeyKnowsNoSuchPanel(t *testing.T) {
	s := newShop(t, sandbox.Config{})
	for _, run := range []func(*call) (answer, error){
		func(c *call) (answer, error) { return c.runKeySet(t.Context(), "my-secret") },
		func(c *call) (answer, error) { return c.runKeyRemove(t.Context(), "my-secret") },
	} {
		_, err := run(s.call(""))
		if errorCode(t.Context(), err) != exitUsage || strings.Contains(err.Error(), "my-secret") {
			t.Errorf("%v", err)
		}
	}
	if _, err := s.call("").runKeySet(t.Context(), "igwish"); errorCode(t.Context(), err) != exitUsage ||
		!strings.Contains(err.Error(), "the key is empty") {
		t.Errorf("%v", err)
	}
}

func TestQuietLeavesTalkOut(t *testing.T) {
	s := newShop(t, sandbox.Config{})
	c := s.call("")
	c.quiet = true
	if err := c.print(keyAnswer("a", "stored", "The key is kept.")); err != nil || c.out.Len() > 0 {
		t.Errorf("%v: %s", err, c.out)
	}
	if err := c.print(c.runVersion()); err != nil || c.out.Len() == 0 {
		t.Error("results are left out")
	}
}

func TestExitCodesOfOutcomes(t *testing.T) {
	out := func(stop batch.Stop, states map[journal.State]int, valid int) desk.Outcome {
		return desk.Outcome{
			End:    batch.End{Stop: stop},
			Totals: journal.Totals{States: states, Valid: journal.Sum{Rows: valid}},
		}
	}
	states := func(pairs ...any) map[journal.State]int {
		all := map[journal.State]int{}
		for i := 0; i < len(pairs); i += 2 {
			all[pairs[i].(journal.State)] = pairs[i+1].(int)
		}
		return all
	}
	for _, tt := range []struct {
		says string
		out  desk.Outcome
		code int
	}{
		{"all is placed", out(batch.Done, states(journal.Placed, 3), 3), 0},
		{"a row that was skipped is no fault", out(batch.Done, states(journal.Placed, 3, journal.Skipped, 1), 3), 0},
		{"no row is valid", out(batch.Done, states(journal.Invalid, 1), 0), 3},
		{"one is held", out(batch.Done, states(journal.Placed, 3, journal.Held, 1), 4), 4},
		{"one is refused", out(batch.Done, states(journal.Placed, 3, journal.Refused, 1), 4), 4},
		{"a pilot", out(batch.AtLimit, states(journal.Placed, 3, journal.Queued, 1), 4), 5},
		{"doubt outweighs rows that are left", out(batch.Ill, states(journal.InDoubt, 1, journal.Queued, 1), 2), 6},
		{"what is being sent is in doubt", out(batch.Done, states(journal.Sending, 1), 1), 6},
		{"the key is refused", out(batch.KeyRefused, states(journal.Queued, 1), 1), 7},
		{"the balance is short", out(batch.FundsShort, states(journal.Queued, 1), 1), 7},
		{"interrupted", out(batch.Interrupted, states(journal.Queued, 1), 1), 130},
	} {
		if code := outcomeCode(tt.out); code != tt.code {
			t.Errorf("%s: exit %d, want %d", tt.says, code, tt.code)
		}
	}
}

func TestExitCodesOfErrors(t *testing.T) {
	for _, tt := range []struct {
		err  error
		code int
	}{
		{errors.New("anything"), 1},
		{usage(errors.New("a flag")), 2},
		{journal.ErrNoBatch, 2},
		{journal.ErrNotInDoubt, 2},
		{desk.ErrCurrencies, 2},
		{&parse.FileError{Missing: true}, 2},
		{&parse.FileError{}, 3},
		{desk.ErrStrict, 3},
		{desk.ErrNoPanel, 3},
		{&panel.Refusal{Class: panel.ClassKey}, 7},
		{&panel.Refusal{Class: panel.ClassFunds}, 7},
		{errors.Join(errors.New("more"), &journal.HeldError{}), 11},
	} {
		if code := errorCode(t.Context(), tt.err); code != tt.code {
			t.Errorf("%v: exit %d, want %d", tt.err, code, tt.code)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if code := errorCode(ctx, desk.ErrStrict); code != 130 {
		t.Errorf("interrupted: exit %d", code)
	}
}

// TestARowOfTheLastBatch: where no batch is named the last one is meant.
func TestARowOfTheLastBatch(t *testing.T) {
	s := newShop(t, sandbox.Config{})
	for _, name := range []string{"first", "second"} {
		sheet := s.write(name+".csv", "Service,Link,Quantity\n101,https://instagram.com/"+name+",1000\n")
		if c := s.call(""); c.run(t.Context(), []string{"run", sheet, "--batch", name, "--yes", "--quiet"}) != 0 {
			t.Fatalf("%s%s", c.out, c.errs)
		}
	}
	for _, args := range [][]string{{"explain", "2"}, {"explain", "second", "2"}} {
		c := s.call("")
		if code := c.run(t.Context(), args); code != 0 || !strings.Contains(c.out.String(), "Row 2 of batch second") {
			t.Errorf("%v: %d, %s%s", args, code, c.out, c.errs)
		}
	}
	if c := s.call(""); c.run(t.Context(), []string{"explain"}) != 2 || !strings.Contains(c.errs.String(), "row's number") {
		t.Errorf("%s", c.errs)
	}
}
