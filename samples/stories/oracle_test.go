//go:build unix

package stories_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"
)

// said is what a person said: how often each row may be ordered, and what batches may cost.
type said struct {
	allowed map[string]int      // by tag, beyond one order
	caps    map[string]*big.Rat // by batch, the highest that was said; a batch without one has none
	without map[string]bool     // batches that were once run without a cap
	untold  map[string]bool     // sheets and batches of runs that ended before they told what holds
}

func newSaid() *said {
	return &said{allowed: map[string]int{}, caps: map[string]*big.Rat{}, without: map[string]bool{},
		untold: map[string]bool{}}
}

// now notes words about the rows of a sheet or a batch, as soon as they are said: the process that hears them may be
// killed at any moment. --again and --allow-repeat are about one order more of each row, --allow-duplicates about one
// more for each time that it stands there beyond the first.
func (s *said) now(occurrences map[string]int, again, repeat, duplicates bool) {
	for tag, n := range occurrences {
		if again || repeat {
			s.allowed[tag]++
		}
		if duplicates {
			s.allowed[tag] += n - 1
		}
	}
}

// later notes what a batch may cost.
func (s *said) later(batch, limit string) {
	if limit == "" {
		if s.caps[batch] == nil {
			s.without[batch] = true
		}
		return
	}
	if most := rational(limit); s.caps[batch] == nil || s.caps[batch].Cmp(most) < 0 {
		s.caps[batch] = most
	}
}

func rational(text string) *big.Rat {
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		return new(big.Rat)
	}
	return r
}

// bookRow is a row of the results in JSON lines.
type bookRow struct {
	line
	Charge string
	Status string
	batch  string
	oneOf  []string
}

// oracle compares the whole books with the panel's ledger, after each step.
func (m *model) oracle(calls []*call) {
	m.t.Helper()
	for _, c := range calls {
		m.checkCall(c)
	}
	m.learnBatches()
	m.checkCounts()
	m.checkBooks()
	m.checkCaps()
}

// checkCall looks at how a command ended, and learns which batch it was about.
func (m *model) checkCall(c *call) {
	m.t.Helper()
	text := c.out.String()
	if strings.Contains(text, "goroutine ") || strings.Contains(text, "panic:") || holdsKey(text) {
		m.t.Errorf("%v: a stack trace or the key is printed:\n%s", c.args, text)
	}
	switch code := c.cmd.ProcessState.ExitCode(); code {
	case 0, 3, 4, 5, 6, 7, 11, 130:
	case 1:
		if !m.troubled(text) && !strings.Contains(text, "no row of the batch is meant") {
			m.t.Errorf("%v: exit 1 without trouble at the panel:\n%s", c.args, text)
		}
	case -1:
		if !c.kill {
			m.t.Errorf("%v: it died:\n%s", c.args, text)
		}
	default:
		if c.args[0] == "run" || c.args[0] == "check" {
			m.t.Errorf("%v: exit %d:\n%s", c.args, code, text)
		}
	}
	if c.file != "" && !strings.Contains(text, `{"batch"`) {
		m.said.untold[c.file], m.said.untold[c.name] = true, true
	}
	var r result
	if at := strings.Index(text, `{"batch"`); at >= 0 &&
		json.NewDecoder(strings.NewReader(text[at:])).Decode(&r) == nil &&
		c.said != nil {
		c.said(r.Batch)
	}
}

// troubled tells whether words speak of the panel's troubles, which are faults of this test.
func (m *model) troubled(words string) bool {
	for _, trouble := range []string{"HTTP 5", "EOF", "web page", "no answer", "closed"} {
		if len(m.spoiled) > 0 && strings.Contains(words, trouble) {
			return true
		}
	}
	return false
}

// learnBatches asks the books which batches there are, and that their states add up.
func (m *model) learnBatches() {
	m.t.Helper()
	code, out, errs := m.call("history", "--json")
	var list []result
	var object struct{ Batches []result }
	if json.Unmarshal([]byte(out), &list) != nil && json.Unmarshal([]byte(out), &object) != nil {
		m.t.Fatalf("history: exit %d:\n%s%s", code, out, errs)
	}
	m.names = nil
	for _, r := range append(list, object.Batches...) {
		m.names = append(m.names, r.Batch)
		if m.said.untold[r.Sheet] || m.said.untold[r.Batch] {
			m.said.without[r.Batch] = true
		}
		n := r.Rows
		if sum := n.Invalid + n.Held + n.Skipped + n.Queued + n.Placed + n.Refused + n.InDoubt; sum != n.Total {
			m.t.Errorf("batch %s: %+v: the states make %d", r.Batch, n, sum)
		}
	}
}

// checkCounts: no row is ordered more often than was said.
func (m *model) checkCounts() {
	m.t.Helper()
	counts := map[string][]string{}
	for _, o := range m.sandbox.Ledger() {
		tag := tagOf(o.Fields["link"])
		counts[tag] = append(counts[tag], o.ID)
	}
	for tag, ids := range counts {
		if len(ids) > 1+m.said.allowed[tag] {
			m.t.Errorf(
				"%s is ordered %d times, as %v, and %d times were allowed",
				tag,
				len(ids),
				ids,
				1+m.said.allowed[tag],
			)
		}
	}
}

// books reads all rows of all batches: from the journal itself, since that takes a tenth of the time that reports do.
func (m *model) books() (rows []bookRow) {
	m.t.Helper()
	db := m.database()
	if db == nil {
		return nil // nothing was begun
	}
	defer db.Close()
	found, err := db.Query(
		`SELECT b.id, r.line, r.state, CASE r.one_of WHEN '' THEN coalesce(r.order_id, '') ELSE '' END, r.one_of, r.params,
			coalesce(r.charge, '0'), r.status
		FROM rows r JOIN batches b ON b.n = r.batch WHERE b.id IS NOT NULL ORDER BY r.batch, r.seq`,
	)
	must(m.t, err)
	defer found.Close()
	for found.Next() {
		var row bookRow
		var params, set string
		must(m.t, found.Scan(&row.batch, &row.Row, &row.State, &row.OrderID, &set, &params, &row.Charge, &row.Status))
		if set != "" {
			must(m.t, json.Unmarshal([]byte(set), &row.oneOf))
		}
		var list []struct{ Name, Value string }
		must(m.t, json.Unmarshal([]byte(params), &list))
		row.Params = map[string]string{}
		for _, p := range list {
			row.Params[p.Name] = p.Value
		}
		rows = append(rows, row)
	}
	must(m.t, found.Err())
	return rows
}

// rows gives the rows of a batch.
func (m *model) rows(batch string) []bookRow {
	return slices.DeleteFunc(m.books(), func(row bookRow) bool { return row.batch != batch })
}

// reports compares what the program tells of its books with the books.
func (m *model) reports() {
	m.t.Helper()
	for _, b := range m.names {
		code, out, errs := m.call("report", b, "--out", "books.jsonl", "--quiet")
		if code != 0 && code != 3 && code != 4 && code != 5 && code != 6 {
			m.t.Errorf("report %s: exit %d:\n%s%s", b, code, out, errs)
			continue
		}
		told, held := map[int]string{}, map[int]string{}
		for _, row := range m.lines("books.jsonl") {
			told[row.Row] += row.State + " " + row.OrderID + " "
		}
		for _, row := range m.rows(b) {
			held[row.Row] += strings.Replace(row.State, "sending", "in_doubt", 1) + " " + row.OrderID + " "
		}
		if !maps.Equal(told, held) {
			m.t.Errorf("the report of batch %s tells %v, and the books hold %v", b, told, held)
		}
	}
}

// occurrencesOf counts the rows of a batch by their tags.
func (m *model) occurrencesOf(batch string) map[string]int {
	all := map[string]int{}
	for _, row := range m.rows(batch) {
		all[tagOf(row.Params["link"])]++
	}
	return all
}

// unknown gives an order of a link that no row claims; empty: there is none.
func (m *model) unknown(link string) string {
	known := map[string]bool{}
	for _, row := range m.books() {
		known[row.OrderID] = true
	}
	for _, o := range m.sandbox.Ledger() {
		if o.Fields["link"] == link && !known[o.ID] {
			return o.ID
		}
	}
	return ""
}

// checkBooks: every order is a row's, or may be that of a row in doubt; every placed row's order is there, and is
// nobody else's.
func (m *model) checkBooks() {
	m.t.Helper()
	ledger := map[string]string{}
	for _, o := range m.sandbox.Ledger() {
		ledger[o.ID] = o.Fields["link"]
	}
	owner, doubts := map[string]string{}, map[string]int{}
	for _, row := range m.books() {
		where := fmt.Sprintf("row %d of batch %s", row.Row, row.batch)
		switch {
		case row.State == "placed" && row.OrderID == "":
			if !slices.ContainsFunc(row.oneOf, func(id string) bool { return ledger[id] == row.Params["link"] }) {
				m.t.Errorf("%s for %s is one of %v, none of which is its order", where, row.Params["link"], row.oneOf)
			}
			doubts[row.Params["link"]]++
		case row.State == "in_doubt", row.State == "sending":
			doubts[row.Params["link"]]++
		case row.State == "placed":
			m.checkPlaced(where, row, ledger, owner)
		case row.OrderID != "" && row.State != "skipped":
			m.t.Errorf("%s is %s and has order %s", where, row.State, row.OrderID)
		}
	}
	for _, o := range m.sandbox.Ledger() {
		link := o.Fields["link"]
		if owner[o.ID] != "" {
			continue
		}
		if doubts[link]--; doubts[link] < 0 {
			m.t.Errorf("order %s for %s is no row's, and no row in doubt explains it", o.ID, link)
		}
	}
}

func (m *model) checkPlaced(where string, row bookRow, ledger, owner map[string]string) {
	m.t.Helper()
	id := row.OrderID
	if other := owner[id]; other != "" {
		m.t.Errorf("%s has order %s, as %s has", where, id, other)
	}
	owner[id] = where
	if link, there := ledger[id]; !there || link != row.Params["link"] {
		m.t.Errorf("%s for %s has order %s, which the panel took for %q", where, row.Params["link"], id, link)
	}
}

// checkCaps: a batch costs no more than was said, without what came back for canceled orders, but for what charges
// exceed the lowest price by: what a panel rounds up, and what rose while rows left.
func (m *model) checkCaps() {
	m.t.Helper()
	charges := map[string]string{}
	lowest := map[string]*big.Rat{}
	for _, o := range m.sandbox.Ledger() {
		charges[o.ID] = o.Net
		rate := new(big.Rat)
		for _, svc := range modelServices() {
			if fmt.Sprint(svc.ID) == o.Service {
				rate = rational(svc.Rate)
			}
		}
		if low := rational("0.7"); rate.Cmp(low) > 0 {
			rate = low // prices move down to this
		}
		lowest[o.ID] = rate.Mul(rate, rational(o.Fields["quantity"]+"/1000"))
	}
	for batch, most := range m.said.caps {
		if m.said.without[batch] || !slices.Contains(m.names, batch) {
			continue
		}
		sum := new(big.Rat)
		for _, row := range m.rows(batch) {
			if row.State == "placed" && row.OrderID != "" {
				sum.Add(sum, rational(charges[row.OrderID]))
				sum.Sub(sum, positive(new(big.Rat).Sub(rational(charges[row.OrderID]), lowest[row.OrderID])))
			}
		}
		if sum.Cmp(most) > 0 {
			m.t.Errorf("batch %s costs at least %s, and its cap is %s", batch, sum.FloatString(4), most.FloatString(4))
		}
	}
}

func positive(r *big.Rat) *big.Rat {
	if r.Sign() < 0 {
		return new(big.Rat)
	}
	return r
}

// charges compares what the books say that orders cost with the ledger, after a refresh that nothing harmed.
func (m *model) charges() {
	m.t.Helper()
	costs := map[string]string{}
	moving := map[string]bool{}
	for _, o := range m.sandbox.Ledger() {
		costs[o.ID] = o.Net
		if m.gross {
			costs[o.ID] = o.Charge
		}
		moving[o.ID] = o.Status == "Pending" || o.Status == "In progress"
	}
	for _, row := range m.books() {
		if row.State != "placed" || row.OrderID == "" || row.Status == "" {
			continue
		}
		open := row.Status == "Pending" || row.Status == "In progress"
		if open != moving[row.OrderID] {
			continue // it went on since it was asked about
		}
		if rational(row.Charge).Cmp(rational(costs[row.OrderID])) != 0 {
			m.t.Errorf(
				"row %d of batch %s costs %s by the books, and order %s costs %s",
				row.Row,
				row.batch,
				row.Charge,
				row.OrderID,
				costs[row.OrderID],
			)
		}
	}
}
