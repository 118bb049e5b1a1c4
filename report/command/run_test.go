package command

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/samples/sandbox"
)

// sent runs a sheet of five rows, of which one is wrong, up to a limit, and gives the batch.
func (s *shop) sent(limit int) (batch string) {
	s.t.Helper()
	c := s.call("")
	a, err := c.runRun(s.t.Context(), runOptions{
		sendingOptions: sendingOptions{yes: true, limit: pilot(limit)},
	}, s.write("orders.csv", fiveRows))
	if err != nil {
		s.t.Fatal(err)
	}
	_, fields := c.told(a)
	return fields["batch"].(string)
}

func TestRunCheck(t *testing.T) {
	s := newShop(t, sandbox.Config{})
	c := s.call("")
	a, err := c.runCheck(t.Context(), checkOptions{out: s.dir + "/marked.xlsx"}, s.write("orders.csv", fiveRows))
	if err != nil {
		t.Fatal(err)
	}
	words, fields := c.told(a)
	if a.code != exitProblems || rows(fields, "queued") != 4 || rows(fields, "invalid") != 1 ||
		!strings.Contains(words, "orders.csv!C6 quantity: 25 is below") ||
		!strings.Contains(words, "The marked copy: ") {
		t.Errorf("exit %d, %v\n%s", a.code, fields, words)
	}
	if fields["workbook"] != s.dir+"/marked.xlsx" || len(fields["problems"].([]any)) != 1 ||
		len(fields["columns"].([]any)) != 3 {
		t.Errorf("%v", fields)
	}
}

// TestRunCheckTellsRowByRow: what would be ordered, what would not, and why.
func TestRunCheckTellsRowByRow(t *testing.T) {
	s := newShop(t, sandbox.Config{})
	s.sent(1)
	text := fiveRows
	for range 12 {
		text += "1,https://example.com/again,100\n"
	}
	sheet := s.write("more.csv", text)
	check := func(o checkOptions, asJSON bool) (string, map[string]any) {
		t.Helper()
		c := s.call("")
		c.json = asJSON
		a, err := c.runCheck(t.Context(), o, sheet)
		if err != nil {
			t.Fatal(err)
		}
		return c.told(a)
	}
	_, fields := check(checkOptions{}, true)
	all := fields["planned"].([]any)
	first, last := all[0].(map[string]any), all[len(all)-1].(map[string]any)
	if len(all) != 17 || first["state"] != "held" || first["reason"] != "repeat" ||
		!strings.Contains(first["why"].(string), "by batch") ||
		last["reason"] != "duplicate" || last["link"] != "https://example.com/again" || last["estimated"] != "0.09" {
		t.Errorf("%d rows, the first %v, the last %v", len(all), first, last)
	}
	words, _ := check(checkOptions{}, false)
	for _, want := range []string{
		"What would be ordered", "https://example.com/again", "4 rows: ordered before", "11 rows: equal to another row",
	} {
		if !strings.Contains(words, want) {
			t.Errorf("it doesn't say %q:\n%s", want, words)
		}
	}
	words, _ = check(checkOptions{sheetOptions: sheetOptions{duplicates: true}}, false)
	if !strings.Contains(words, "and 2 more rows; --rows lists them all") {
		t.Errorf("%s", words)
	}
	words, _ = check(checkOptions{sheetOptions: sheetOptions{duplicates: true}, rows: true}, false)
	if strings.Contains(words, "more row") || strings.Count(words, "https://example.com/again") != 12 {
		t.Errorf("%s", words)
	}
}

func TestRunRunAsks(t *testing.T) {
	s := newShop(t, sandbox.Config{})
	sheet := s.write("orders.csv", fiveRows)
	for _, tt := range []struct {
		typed  string
		quiet  bool
		err    error
		orders int
	}{
		{"n\n", false, errDeclined, 0},
		{"\n", true, errDeclined, 0},
		{"perhaps\n", false, errDeclined, 0},
		{"y\n", false, nil, 4},
		{"n\n", false, nil, 4}, // there is nothing left to ask
	} {
		c := s.call(tt.typed)
		c.quiet = tt.quiet
		a, err := c.runRun(t.Context(), runOptions{}, sheet)
		if !errors.Is(err, tt.err) || len(s.sandbox.Ledger()) != tt.orders {
			t.Errorf("%q: %v, %d orders", tt.typed, err, len(s.sandbox.Ledger()))
		}
		asked := tt.typed == "y\n" || tt.err != nil
		if said := c.errs.String(); asked != strings.Contains(said, "Send 4 orders to 127.0.0.1") {
			t.Errorf("%q: asked: %v; %s", tt.typed, asked, said)
		}
		if err == nil && a.code != exitFinished {
			t.Errorf("%q: exit %d", tt.typed, a.code)
		}
	}
}

func TestRunRunStrict(t *testing.T) {
	s := newShop(t, sandbox.Config{})
	c := s.call("")
	o := runOptions{strict: true, sendingOptions: sendingOptions{yes: true}}
	a, err := c.runRun(t.Context(), o, s.write("o.csv", fiveRows))
	words, fields := c.told(a)
	if !errors.Is(err, desk.ErrStrict) || errorCode(t.Context(), err) != exitProblems || len(s.sandbox.Ledger()) != 0 ||
		!strings.Contains(words, "below the minimum") || rows(fields, "invalid") != 1 {
		t.Errorf("%v, %d orders\n%s", err, len(s.sandbox.Ledger()), words)
	}
}

func TestRunResumeAsks(t *testing.T) {
	s := newShop(t, sandbox.Config{Balance: "50"})
	batch := s.sent(1)
	for _, tt := range []struct {
		typed  string
		o      resumeOptions
		err    error
		orders int
		says   []string
	}{
		{"n\n", resumeOptions{}, errDeclined, 1, []string{"Send 3 orders to 127.0.0.1", "0.27", "balance: 49.91"}},
		{"y\n", resumeOptions{sendingOptions: sendingOptions{limit: 1}}, nil, 2, []string{"Send 1 order to"}},
		{"y\n", resumeOptions{}, nil, 4, []string{"Send 2 orders to"}},
		{"y\n", resumeOptions{}, nil, 4, nil},
	} {
		c := s.call(tt.typed)
		_, err := c.runResume(t.Context(), tt.o, batch)
		if !errors.Is(err, tt.err) || len(s.sandbox.Ledger()) != tt.orders {
			t.Errorf("%q: %v, %d orders", tt.typed, err, len(s.sandbox.Ledger()))
		}
		for _, words := range tt.says {
			if !strings.Contains(c.errs.String(), words) {
				t.Errorf("%q: it doesn't say %q:\n%s", tt.typed, words, c.errs)
			}
		}
	}
	if !errors.Is(second(s.call("").runResume(t.Context(), resumeOptions{}, "nobody")), journal.ErrNoBatch) {
		t.Error("a batch that isn't there is resumed")
	}
}

func second[T any](_ T, err error) error { return err }

func TestRunResumeWithoutATerminal(t *testing.T) {
	s := newShop(t, sandbox.Config{})
	batch := s.sent(1)
	_, err := s.call("").runResume(t.Context(), resumeOptions{}, batch)
	if errorCode(t.Context(), err) != exitUsage || !strings.Contains(err.Error(), "3 orders would be sent") ||
		len(s.sandbox.Ledger()) != 1 {
		t.Errorf("%v, %d orders", err, len(s.sandbox.Ledger()))
	}
	a, err := s.call("").runResume(t.Context(), resumeOptions{sendingOptions: sendingOptions{yes: true}}, batch)
	if err != nil || a.code != exitFinished || len(s.sandbox.Ledger()) != 4 {
		t.Errorf("exit %d, %v, %d orders", a.code, err, len(s.sandbox.Ledger()))
	}
}

func TestRunRefresh(t *testing.T) {
	s := newShop(t, sandbox.Config{Speed: -1})
	s.sent(0)
	for _, tt := range []struct {
		o     refreshOptions
		names []string
		want  string // a field of the object
	}{
		{refreshOptions{}, nil, "refreshed"},
		{refreshOptions{all: true}, nil, "batches"},
		{refreshOptions{out: s.dir + "/r.csv"}, nil, "workbook"},
	} {
		c := s.call("")
		a, err := c.runRefresh(t.Context(), tt.o, tt.names)
		words, fields := c.told(a)
		if err != nil || fields[tt.want] == nil || rows(fields, "placed") != 4 || !strings.Contains(words, "placed") {
			t.Errorf("%+v: %v, %v\n%s", tt.o, err, fields, words)
		}
	}
	both := refreshOptions{every: "1m", cron: "* * * * *"}
	if _, err := s.call("").runRefresh(t.Context(), both, nil); errorCode(t.Context(), err) != exitUsage {
		t.Errorf("%v", err)
	}
}

func TestRunRequest(t *testing.T) {
	s := newShop(t, sandbox.Config{Speed: -1})
	batch := s.sent(0)
	cancels := func() (n int) {
		for _, r := range s.sandbox.Requests() {
			if r.Action == "cancel" {
				n++
			}
		}
		return n
	}
	_, err := s.call("").runRequest(t.Context(), journal.Cancel, requestOptions{all: true}, batch)
	if errorCode(t.Context(), err) != exitUsage || !strings.Contains(err.Error(), "cancel 4 orders") || cancels() != 0 {
		t.Errorf("without a terminal: %v, %d cancels", err, cancels())
	}
	_, err = s.call("n\n").runRequest(t.Context(), journal.Cancel, requestOptions{all: true}, batch)
	if err != errDeclined || cancels() != 0 {
		t.Errorf("declined: %v, %d cancels", err, cancels())
	}
	c := s.call("y\n")
	a, err := c.runRequest(t.Context(), journal.Cancel, requestOptions{lines: "2-3,9"}, batch)
	words, fields := c.told(a)
	if err != nil || a.code != exitFinished || fields["requests"].(map[string]any)["taken"] != 2.0 ||
		!strings.Contains(words, "no such row") || cancels() != 1 {
		t.Errorf("exit %d, %v, %v\n%s", a.code, err, fields, words)
	}
	_, err = s.call("").runRequest(t.Context(), journal.Refill, requestOptions{lines: "7-3"}, batch)
	if errorCode(t.Context(), err) != exitUsage {
		t.Errorf("%v", err)
	}
}

func TestRunSettle(t *testing.T) {
	f, err := sandbox.ParseFault("add:closed:after:n=1")
	if err != nil {
		t.Fatal(err)
	}
	s := newShop(t, sandbox.Config{Faults: []sandbox.Fault{f}})
	batch := s.sent(0)
	c := s.call("")
	a, err := c.runSettle(t.Context(), settleOptions{}, batch)
	words, fields := c.told(a)
	if err != nil || a.code != exitInDoubt || !strings.Contains(words, "in doubt: ") ||
		len(fields["settlement"].(map[string]any)["rows"].([]any)) != 1 {
		t.Errorf("exit %d, %v, %v\n%s", a.code, err, fields, words)
	}
	for _, o := range []settleOptions{
		{rows: "2"}, {notPlaced: true}, {rows: "2", notPlaced: true}, {rows: "2-3", placed: "1", reason: "x"},
		{rows: "2", notPlaced: true, placed: "1", reason: "x"}, {rows: "3-2", notPlaced: true, reason: "x"},
		{although: []string{"1"}, reason: "x"}, {rows: "2", although: []string{"1"}, reason: "x"},
	} {
		if _, err := s.call("").runSettle(t.Context(), o, batch); errorCode(t.Context(), err) != exitUsage {
			t.Errorf("%+v: %v", o, err)
		}
	}
	row := int(fields["settlement"].(map[string]any)["rows"].([]any)[0].(map[string]any)["row"].(float64))
	placed := ""
	for _, o := range s.sandbox.Ledger() {
		if o.Fault != "" { // requests overtake each other: the first in the ledger may be another row's
			placed = o.ID
		}
	}
	a, err = s.call("").
		runSettle(t.Context(), settleOptions{rows: fmt.Sprint(row), placed: placed, reason: "seen"}, batch)
	if err != nil || a.code != exitFinished {
		t.Errorf("exit %d, %v", a.code, err)
	}
}

// TestRunRunAsksAboutWarnings before it asks about the sum: without a yes to them, these rows stay.
func TestRunRunAsksAboutWarnings(t *testing.T) {
	for _, tt := range []struct {
		typed  string
		err    error
		orders int
	}{
		{"n\nn\n", errDeclined, 0},
		{"n\ny\n", nil, 1},
		{"y\nn\n", errDeclined, 0},
		{"y\ny\n", nil, 2},
	} {
		s := newShop(t, sandbox.Config{})
		sheet := s.write("orders.csv", "service,link,quantity\n105,https://www.instagram.com/p/a/,100\n"+
			"105,https://www.tiktok.com/@b/video/7,100\n")
		c := s.call(tt.typed)
		_, err := c.runRun(t.Context(), runOptions{}, sheet)
		if !errors.Is(err, tt.err) || len(s.sandbox.Ledger()) != tt.orders {
			t.Errorf("%q: %v, %d orders", tt.typed, err, len(s.sandbox.Ledger()))
		}
		said := c.errs.String()
		if !strings.Contains(said, "Send the 1 row too that is warned of (platform)?") ||
			tt.typed[0] == 'n' && !strings.Contains(said, "1 row left out (1 held).") {
			t.Errorf("%q: %s", tt.typed, said)
		}
	}
}
