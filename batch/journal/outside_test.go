package journal

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"
)

const (
	address = "https://p.example/api/v2"
	other   = "https://other.example/api/v2"
)

// hash stands for a content.
func hash(letter string) string { return strings.Repeat(letter, contentLength) }

func told(all ...Outside) iter.Seq2[Outside, error] {
	return func(yield func(Outside, error) bool) {
		for _, o := range all {
			if !yield(o, nil) {
				return
			}
		}
	}
}

func TestARowsKeyIsReadAgain(t *testing.T) {
	e := Entry{Key: "k", Panel: "p", URL: "HTTPS://P.example:443/api/v2/",
		Identity: Identity{Ref: "a:b 7", Content: hash("a"), Alias: hash("b")}}
	o, ok := ParseRowKey(e.RowKey())
	if !ok || o.Address != address || o.Ref != e.Ref || o.Content != e.Content || o.Alias != e.Alias {
		t.Errorf("%s is read as %+v, %v", e.RowKey(), o, ok)
	}
	e.URL = ""
	if o, ok := ParseRowKey(e.RowKey()); !ok || o.Address != "inside:p" {
		t.Errorf("of the sandbox inside the process: %+v, %v", o, ok)
	}
	e.Content = ""
	for _, text := range []string{e.RowKey(), "", "ref:a", "1:" + hash("a") + "-1", "2:" + hash("a") + ":::x",
		"1:short:::x", "1:" + hash("a") + "::%zz:x"} {
		if _, ok := ParseRowKey(text); ok {
			t.Errorf("%q is read as a row's key", text)
		}
	}
}

// TestRowsThatAWorkbookTellsToBeOrderedAreHeld: matched by Ref or content and never by place, at the same address, and
// only where the books don't know the order.
func TestRowsThatAWorkbookTellsToBeOrderedAreHeld(t *testing.T) {
	now := time.Now()
	row := func(letter, ref string, nth int) Entry {
		id := Identity{Content: hash(letter), Ref: ref, Nth: nth}
		return Entry{Panel: "p", Account: 1, State: Queued, Identity: id, Key: fmt.Sprint(letter, ref, nth)}
	}
	order := func(letter, ref, id string) Outside {
		return Outside{Identity: Identity{Content: hash(letter), Ref: ref}, Address: address, File: "r.xlsx", Row: 7,
			OrderID: id}
	}
	at := func(o Outside, address string) Outside { o.Address = address; return o }
	sent := func(o Outside, ago time.Duration) Outside { o.SentAt = now.Add(-ago); return o }
	alias := func(o Outside, letter string) Outside { o.Alias = hash(letter); return o }
	const day = 24 * time.Hour
	for name, c := range map[string]struct {
		rows    []Entry
		told    []Outside
		held    []int // by place
		unknown int
	}{
		"the same content": {[]Entry{row("a", "", 1), row("b", "", 1)}, []Outside{order("b", "", "7")}, []int{1},
			1},
		"the same Ref, another content": {[]Entry{row("a", "x", 1)}, []Outside{order("b", "x", "7")}, []int{0}, 1},
		"a Ref came":                    {[]Entry{row("a", "x", 1)}, []Outside{order("a", "", "7")}, []int{0}, 1},
		"a Ref went":                    {[]Entry{row("a", "", 1)}, []Outside{order("a", "x", "7")}, []int{0}, 1},
		"other Refs, the same content":  {[]Entry{row("a", "x", 1)}, []Outside{order("a", "y", "7")}, nil, 1},
		"another address":               {[]Entry{row("a", "x", 1)}, []Outside{at(order("a", "x", "7"), other)}, nil, 1},
		"the sandbox inside":            {[]Entry{row("a", "x", 1)}, []Outside{at(order("a", "x", "7"), "inside:p")}, nil, 0},
		"in doubt, or one of a set":     {[]Entry{row("a", "", 1)}, []Outside{order("a", "", "")}, []int{0}, 1},
		"long ago":                      {[]Entry{row("a", "", 1)}, []Outside{sent(order("a", "", "7"), 31*day)}, nil, 1},
		"not so long ago": {[]Entry{row("a", "", 1)}, []Outside{sent(order("a", "", "7"), 29*day)}, []int{0},
			1},
		"a Ref long ago": {[]Entry{row("a", "x", 1)}, []Outside{sent(order("a", "x", "7"), 999*day)}, []int{0},
			1},
		"a doubt long ago":      {[]Entry{row("a", "", 1)}, []Outside{sent(order("a", "", ""), 99*day)}, []int{0}, 1},
		"a name read otherwise": {[]Entry{row("a", "", 1)}, []Outside{alias(order("b", "", "7"), "a")}, []int{0}, 1},
		"one order, two equal rows": {[]Entry{row("a", "", 1), row("a", "", 2)}, []Outside{order("a", "", "7")}, []int{0},
			1},
		"one order, told of twice": {[]Entry{row("a", "", 1), row("a", "", 2)},
			[]Outside{order("a", "", "7"), order("a", "", "07")}, []int{0}, 1},
		"two orders, two equal rows": {[]Entry{row("a", "", 1), row("a", "", 2)},
			[]Outside{order("a", "", "7"), order("a", "", "8")}, []int{0, 1}, 2},
		"an order that the books know":  {[]Entry{row("a", "", 1)}, []Outside{order("a", "", "023501")}, nil, 0},
		"a doubt that the books know":   {[]Entry{row("k", "", 1)}, []Outside{order("k", "", "")}, nil, 0},
		"what can't be compared":        {[]Entry{row("a", "", 1)}, []Outside{{File: "r.xlsx", OrderID: "9"}}, nil, 1},
		"known, and not to be compared": {[]Entry{row("a", "", 1)}, []Outside{{File: "r.xlsx", OrderID: "23501"}}, nil, 0},
	} {
		t.Run(name, func(t *testing.T) {
			j := knowing(t)
			d, err := j.Draft(Batch{Panel: "p", URL: address, Created: now})
			if err != nil {
				t.Fatal(err)
			}
			for i, e := range c.rows {
				e.Line = i + 2
				if err := d.Add(e); err != nil {
					t.Fatal(err)
				}
			}
			if err := d.Finish(Reading{Fingerprint: "f"}); err != nil {
				t.Fatal(err)
			}
			unknown, err := d.HoldOutside(t.Context(), told(c.told...), true, now)
			if err != nil || len(unknown.Files["r.xlsx"]) != c.unknown || unknown.Held != len(c.held) {
				t.Errorf("%+v, %v; want %d unknown, %d held", unknown, err, c.unknown, len(c.held))
			}
			if err := d.Judge("b", Repeats{Since: now.Add(-remembered)}); err != nil {
				t.Fatal(err)
			}
			for e, err := range j.Entries(t.Context(), d.Batch) {
				if want := slices.Contains(c.held, e.Line-2); err != nil || want != (e.Reason == InWorkbook) || want &&
					e.State != Held {
					t.Errorf("row %d is %s, %s %q, %v", e.Line, e.State, e.Reason, e.Note, err)
				}
			}
		})
	}
}

// knowing makes books that know order 23501, and a row in doubt of content k.
func knowing(t *testing.T) *Journal {
	t.Helper()
	j, _ := books(t, time.Now())
	if _, err := j.OpenAccount(t.Context(), address, "p", "fingerprint"); err != nil {
		t.Fatal(err)
	}
	d, err := j.Draft(Batch{Panel: "p", URL: address, Created: time.Now()})
	if err != nil {
		t.Fatal(err)
	}
	for i, letter := range []string{"j", "k"} {
		e := Entry{Line: i + 2, Panel: "p", Account: 1, State: Queued, Key: letter,
			Identity: Identity{Content: hash(letter), Nth: 1}}
		if err := d.Add(e); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Finish(Reading{}); err != nil {
		t.Fatal(err)
	}
	b, err := d.Admit(t.Context(), "known", Repeats{})
	if err != nil {
		t.Fatal(err)
	}
	for seq, o := range []Outcome{{State: Placed, Attempt: Attempt{OrderID: "23501"}}, {State: InDoubt}} {
		o.Seq = int64(seq + 1)
		if err := j.Intend(b, o.Seq, time.Now()); err != nil {
			t.Fatal(err)
		}
		if err := <-j.Conclude(b, o); err != nil {
			t.Fatal(err)
		}
	}
	return j
}

// TestARowThatAWorkbookToldOfStaysHeld: the workbook may be gone when the sheet is run again. A person's word releases
// the row.
func TestARowThatAWorkbookToldOfStaysHeld(t *testing.T) {
	j := knowing(t)
	prepare := func(r Repeats, all ...Outside) Batch {
		t.Helper()
		d, err := j.Draft(Batch{Panel: "p", URL: address, Created: time.Now()})
		if err != nil {
			t.Fatal(err)
		}
		e := Entry{Line: 2, Panel: "p", Account: 1, State: Queued, Identity: Identity{Content: hash("a"), Nth: 1}}
		e.Key = e.Identity.Key(1)
		if err := d.Add(e); err != nil {
			t.Fatal(err)
		}
		if err := d.Finish(Reading{}); err != nil {
			t.Fatal(err)
		}
		if _, err := d.HoldOutside(t.Context(), told(all...), !r.Allow, time.Now()); err != nil {
			t.Fatal(err)
		}
		b, err := d.Admit(t.Context(), "b", r)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	o := Outside{Identity: Identity{Content: hash("a")}, Address: address, File: "r.xlsx", Row: 7, OrderID: "7"}
	wantStates(t, j, prepare(Repeats{}, o), Held)
	b := prepare(Repeats{})
	wantStates(t, j, b, Held)
	for e := range j.Entries(t.Context(), b) {
		if want := "ordered as 7 according to r.xlsx, row 7; these books don't know it"; e.Note != want {
			t.Errorf("%q, want %q", e.Note, want)
		}
	}
	wantStates(t, j, prepare(Repeats{Allow: true}, o), Queued)
}
