package journaltest

import (
	"cmp"
	"fmt"
	"strings"
	"testing"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

// line is what a row of a sheet says.
type line struct {
	ref, service, link string
	quantity           int
}

// sheet makes the rows of a sheet as they are counted when it is read.
func sheet(all ...line) (rows []journal.Entry) {
	times := map[string]int{}
	for i, l := range all {
		e := row(i + 2)
		e.Service = cmp.Or(l.service, "1")
		link := "https://example.com/" + l.link
		e.Target = e.Service + " " + link
		e.Params = []panel.Param{{Name: "service", Value: e.Service}, {Name: "link", Value: link},
			{Name: "quantity", Value: fmt.Sprint(l.quantity)}}
		e.Identity = journal.Identify(panel.Service{ID: e.Service, Type: "Default"}, e.Params, l.ref)
		times[e.Likeness()]++
		e.Nth = times[e.Likeness()]
		e.Key = e.Identity.Key(e.Account)
		rows = append(rows, e)
	}
	return rows
}

// with gives a sheet in which some rows, by their numbers from 0, are others.
func with(all []line, other map[int]line) []line {
	changed := append([]line(nil), all...)
	for i, l := range other {
		changed[i] = l
	}
	return changed
}

func reversed(all []line) (other []line) {
	for i := range all {
		other = append(other, all[len(all)-1-i])
	}
	return other
}

// editing is a sheet, and what it says in its later editions, one after another.
type editing struct {
	first  []line
	then   [][]line
	orders int // that come of all of them
	named  int // where a person calls them one batch; 0: as many
	doubt  int // where a row of the first is in doubt; 0: as many, -1: that isn't tried
}

// editings are what people do to a sheet of six rows that was ordered.
func editings() map[string]editing {
	var base, refs, others []line
	for i := range 6 {
		base = append(base, line{"", "", fmt.Sprint("u", i), 100})
		refs = append(refs, line{fmt.Sprint("R", i), "", fmt.Sprint("u", i), 100})
		others = append(others, line{fmt.Sprint("X", i), "", fmt.Sprint("u", i), 100})
	}
	fresh, other := line{"", "2", "n1", 50}, line{"", "2", "n2", 50}
	all := map[string]editing{
		"Refs are changed": {first: refs, then: [][]line{others, others}, orders: 6},
		"and a row is put in": {first: refs, then: [][]line{others,
			append([]line{{"N", "2", "n1", 50}}, others...)}, orders: 7},
		"and the rows are sorted": {first: refs, then: [][]line{others, reversed(others)}, orders: 6},
		"and a row is taken out":  {first: refs, then: [][]line{others, others[1:]}, orders: 6},
		"half of the Refs": {first: refs, then: [][]line{with(refs, map[int]line{0: others[0], 1: others[1]}), others},
			orders: 6},
		"Refs come, and are changed": {first: base, then: [][]line{refs, others, reversed(others)}, orders: 6},
		"a Ref, then its row's quantity": {first: refs,
			then: [][]line{others, with(others, map[int]line{2: {"X2", "", "u2", 150}})}, orders: 6},
		"a list with other Refs and rows": {first: refs,
			then: [][]line{{{"W1", "", "u0", 100}, {"W2", "", "n1", 100}, {"W3", "", "n2", 100}}}, orders: 9, named: 8},
		"all rows are others": {first: base, then: [][]line{{fresh, other, {"", "", "u9", 70}}}, orders: 9, doubt: -1},
		"other quantities for all": {first: base, then: [][]line{{{"", "", "u0", 7}, {"", "", "u1", 7}, {"", "", "u2", 7}}},
			orders: 9},
		"a row at the end": {first: base,
			then: [][]line{append(base[:6:6], fresh), append(base[:6:6], fresh, other)}, orders: 8},
		"done rows leave, others come": {first: base, then: [][]line{append(base[2:6:6], fresh, other)}, orders: 8},
		"one leaves, one comes below": {first: base,
			then: [][]line{append(append(base[:2:2], base[3:]...), fresh)}, orders: 7},
		"a row that isn't like the one that stood there": {first: base, then: [][]line{with(base, map[int]line{3: fresh})},
			orders: 7, doubt: -1},
		"the quantity of the only row": {first: base[:1], then: [][]line{{{"", "", "u0", 170}}}, orders: 2, named: 1},
	}
	for name, l := range map[string]line{"link": {"", "", "x3", 100}, "service": {"", "2", "u3", 100},
		"quantity": {"", "", "u3", 150}} {
		now, again := with(base, map[int]line{3: l}), with(base, map[int]line{3: {"", l.service, l.link, l.quantity + 20}})
		added := append([]line{fresh}, now...)
		for what, then := range map[string][][]line{
			"is edited": {now, now}, "is edited, then sorted": {now, reversed(now), now},
			"is edited, then the rows above leave": {now, now[2:]}, "is edited and sorted": {reversed(now)},
			"is edited and shuffled": {{now[5], now[1], now[3], now[0], now[4], now[2]}},
			"is edited, and again":   {now, again, reversed(again)}, "is edited and comes back": {now, base, now},
		} {
			all[name+" "+what] = editing{first: base, then: then, orders: 6}
		}
		all[name+" is edited, then a row is put in"] = editing{first: base, then: [][]line{now, added, added}, orders: 7}
		if name != "link" { // which of the two it became isn't known
			shuffled := []line{now[5], now[3], now[1], now[4], now[0], other, now[2], fresh}
			all[name+" is edited and shuffled, and rows are put in"] = editing{first: base, then: [][]line{shuffled}, orders: 8}
		}
		all[name+" is edited, and a row is put in"] = editing{first: base, then: [][]line{added, reversed(added)}, orders: 7}
	}
	return all
}

// edited: a sheet is run again after it was edited. Only what is new is ordered.
func edited(t *testing.T, j *journal.Journal) {
	next := 0
	for name, e := range editings() {
		for n := range 4 {
			named, doubt := n%2 == 0, n < 2
			want := e.orders
			if named && e.named != 0 {
				want = e.named
			}
			if doubt && e.doubt < 0 {
				continue
			}
			if got := e.run(t, j, fmt.Sprint(name, n), named, doubt, &next); got != want {
				t.Errorf("%s, a name: %v, a doubt: %v: %d orders, want %d", name, named, doubt, got, want)
			}
		}
	}
}

// run sends all editions, and tells how many orders come of them.
func (e editing) run(t *testing.T, j *journal.Journal, name string, named, doubt bool, next *int) int {
	t.Helper()
	own := func(all []line) []journal.Entry { // it has nothing in common with other lists
		all = append([]line(nil), all...)
		for i := range all {
			if all[i].link += name; all[i].ref != "" {
				all[i].ref += name
			}
		}
		return sheet(all...)
	}
	before := *next
	b := admit(t, j, name, own(e.first))
	if doubt && len(e.first) > 3 {
		conclude(t, j, b, 4, journal.InDoubt)
		*next++
	}
	sendAll(t, j, b, next)
	for n, sheet := range e.then {
		id := name
		if !named {
			id = fmt.Sprint(name, "-", n)
		}
		sendAll(t, j, admit(t, j, id, own(sheet)), next)
	}
	return *next - before
}

// letGo: a person's word lets a row go that stands for another, once, and holds when the sheet is run again before it
// was sent.
func letGo(t *testing.T, j *journal.Journal) {
	base, next := editings()["link is edited, and again"], 0
	b := admit(t, j, "a", sheet(base.first...))
	sendAll(t, j, b, &next)
	b = admit(t, j, "a", sheet(base.then[0]...))
	held := seqAt(t, j, b, 5)
	for _, e := range entries(t, j, b) {
		if e.State == journal.Held {
			held = e.Seq
			want(t, "why it is held", strings.Contains(e.Note, "instead of it"), true)
		}
	}
	n, err := j.ReleaseRows(b, []int64{held}, time.Now())
	must(t, err)
	want(t, "released", n, 1)
	b = admit(t, j, "a", sheet(base.then[0]...))
	sendAll(t, j, b, &next)
	want(t, "orders after a word", next, 7)
	sendAll(t, j, admit(t, j, "a", sheet(base.then[0]...)), &next)
	sendAll(t, j, admit(t, j, "a", sheet(reversed(base.then[0])...)), &next)
	sendAll(t, j, admit(t, j, "b", sheet(base.then[0]...)), &next)
	want(t, "orders later", next, 7)

	d, err := j.Trial(journal.Batch{Panel: "p", Sheet: "s.csv", Columns: []string{"Service"}, Created: time.Now()})
	must(t, err)
	for _, e := range sheet(base.then[1]...) {
		must(t, d.Add(e))
	}
	must(t, d.Finish(journal.Reading{Fingerprint: "trial"}))
	must(t, d.Judge("c", journal.Repeats{Since: time.Now().Add(-time.Hour)}))
	sums, err := d.Totals(t.Context())
	must(t, err)
	want(t, "rows that a check says are held", sums.States[journal.Held], 6)
	must(t, d.Discard())
	sendAll(t, j, admit(t, j, "c", sheet(base.then[1]...)), &next)
	want(t, "orders of another edit", next, 7)
	c, err := j.Batch(t.Context(), "c")
	must(t, err)
	n, err = j.AllowRepeats(c, time.Now())
	must(t, err)
	want(t, "released", n, 6)

	other := func(all []line) []journal.Entry { // of a batch by another name than the first one
		all = append([]line(nil), all...)
		for i := range all {
			all[i].link += "-other"
		}
		return sheet(all...)
	}
	sendAll(t, j, admit(t, j, "d", other(base.first)), &next)
	e := admit(t, j, "e", other(base.then[0]))
	n, err = j.ReleaseRows(e, []int64{seqAt(t, j, e, 5)}, time.Now())
	must(t, err)
	want(t, "released", n, 1)
	sendAll(t, j, admit(t, j, "e", other(base.then[0])), &next)
	want(t, "orders of the other batch", next, 7+7)
}

// copied: some Refs are changed in a copy of a sheet under another name. A sheet with other Refs is another list.
func copied(t *testing.T, j *journal.Journal) {
	next := 0
	send := func(file, id string, rows ...line) int {
		d, err := j.Draft(journal.Batch{Panel: "p", Sheet: file, Columns: []string{"Service"}, Created: time.Now()})
		must(t, err)
		for _, e := range sheet(rows...) {
			must(t, d.Add(e))
		}
		must(t, d.Finish(journal.Reading{Fingerprint: id}))
		b, err := d.Admit(t.Context(), id, journal.Repeats{Since: time.Now().Add(-time.Hour)})
		must(t, err)
		before := next
		sendAll(t, j, b, &next)
		return next - before
	}
	all := editings()["Refs are changed"]
	moved := append([]line(nil), all.first...)
	for i := range moved {
		moved[i].ref = fmt.Sprint("R", i+1)
	}
	want(t, "orders", send("june/s.csv", "a", all.first...), 6)
	want(t, "orders of one other Ref", send("june/copy.csv", "b", with(all.first, map[int]line{2: all.then[0][2]})...), 0)
	want(t, "orders of Refs that moved down", send("july/t.csv", "c", moved...), 0)
	want(t, "orders of other Refs in the same file", send("july/s.csv", "d", all.then[0]...), 0)
	for i := range moved {
		moved[i].ref = fmt.Sprint("W", i)
	}
	want(t, "orders of a list of another week", send("week2.csv", "e", moved...), 6)
}
