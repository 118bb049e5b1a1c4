//go:build unix

package stories_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"

	"bulkorder/samples/sandbox"
)

func modelServices() []sandbox.Service {
	return []sandbox.Service{
		{ID: 1, Name: "Followers", Type: "Default", Category: "Any", Rate: "0.90", Min: 50, Max: 10000, Refill: true,
			Cancel: true},
		{ID: 105, Name: "Instagram Likes", Type: "Default", Category: "Instagram", Rate: "0.815", Min: 10, Max: 300000,
			Cancel: true},
		{ID: 106, Name: "Instagram Likes Power", Type: "Default", Category: "Instagram", Rate: "3.333333", Min: 20, Max: 5000,
			Refill: true},
	}
}

// modelRow is a row as a person means it. Its tag stands in its link, in all its spellings, editions and copies.
type modelRow struct {
	tag      string
	service  int64
	quantity int
	ref      string
	edition  int // of a firm row: its link and quantity were changed so often
}

// modelSheet is a sheet of such rows. In a firm sheet the Ref makes the row: it always stands there, and the rest may
// be edited. In the others the content makes it: the Ref may come and go.
type modelSheet struct {
	name string
	firm bool
	refs bool // the Ref column is there now
	note bool // so is a column that means nothing
	rows []modelRow
}

// invent makes a row that nobody has seen.
func (m *model) invent(firm bool) modelRow {
	m.made++
	row := modelRow{tag: fmt.Sprintf("Cmodel%05d", m.made), quantity: 100 + m.r.IntN(5)*37}
	row.service = []int64{1, 105, 106}[m.r.IntN(3)]
	row.ref = fmt.Sprintf("ref %s-%d", m.pick("May", "June"), m.made)
	if !firm && m.r.IntN(3) == 0 {
		row.ref = ""
	}
	return row
}

// link spells the row's link in one of its ways.
func (row modelRow) link(r *rand.Rand) string {
	tag := row.tag
	if row.edition > 0 {
		tag += fmt.Sprintf("v%d", row.edition)
	}
	if row.service == 1 {
		return "https://example.com/" + tag
	}
	return []string{
		"https://www.instagram.com/p/" + tag + "/",
		"https://instagram.com/p/" + tag,
		"http://www.instagram.com/p/" + tag + "/?igsh=abc",
		"https://WWW.Instagram.com/reel/" + tag + "/",
	}[r.IntN(4)]
}

var tagged = regexp.MustCompile(`Cmodel\d{5}`)

func tagOf(link string) string { return tagged.FindString(link) }

// text writes the sheet.
func (s *modelSheet) text(r *rand.Rand) string {
	columns := []string{"service", "link", "quantity"}
	if s.refs {
		columns = append(columns, "ref")
	}
	if s.note {
		columns = append(columns, "note")
	}
	r.Shuffle(len(columns), func(i, j int) { columns[i], columns[j] = columns[j], columns[i] })
	lines := []string{strings.Join(columns, ",")}
	for _, row := range s.rows {
		ref := row.ref
		if r.IntN(3) == 0 {
			ref = strings.ToUpper(ref)
		}
		cells := map[string]string{
			"service": fmt.Sprint(row.service), "link": row.link(r), "quantity": fmt.Sprint(row.quantity), "ref": ref,
			"note": "mine",
		}
		var line []string
		for _, c := range columns {
			line = append(line, cells[c])
		}
		lines = append(lines, strings.Join(line, ","))
	}
	return strings.Join(lines, "\n") + "\n"
}

// occurrences counts the rows by their tags.
func (s *modelSheet) occurrences() map[string]int {
	all := map[string]int{}
	for _, row := range s.rows {
		all[row.tag]++
	}
	return all
}

// edit changes a sheet as people do.
func (m *model) edit() {
	s := m.pickSheet()
	what := m.r.IntN(10)
	at := 0
	if len(s.rows) > 0 {
		at = m.r.IntN(len(s.rows))
	}
	switch {
	case what <= 1 || what == 9 || len(s.rows) == 0:
		for range 1 + m.r.IntN(5) {
			s.rows = append(s.rows, m.invent(s.firm))
		}
	case what == 2 && len(s.rows) > 2:
		s.rows = slices.Delete(s.rows, at, at+1)
	case what == 3:
		m.r.Shuffle(len(s.rows), func(i, j int) { s.rows[i], s.rows[j] = s.rows[j], s.rows[i] })
	case what == 4 && !s.firm:
		s.refs = !s.refs
	case what == 5:
		s.note = !s.note
	case what == 6 && s.firm:
		s.rows[at].edition++
		s.rows[at].quantity += 13
	case what == 7 && !s.firm:
		s.rows = append(s.rows, s.rows[at])
	default:
		to := m.pickSheet()
		if to.firm == s.firm && to != s {
			to.rows = append(to.rows, s.rows[at])
			m.note("  %s has a row of %s", to.name, s.name)
			m.write(to.name, to.text(m.r))
		}
	}
	text := s.text(m.r)
	m.note("  %s:\n    %s", s.name, strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n    "))
	m.write(s.name, text)
}

// faults spoils some answers.
func (m *model) faults() (faults []sandbox.Fault) {
	texts := []string{
		"add:closed:after:p=0.15", "add:closed:before:p=0.15", "add:reset:after:p=0.1", "add:500:after:p=0.1",
		"add:502:before:p=0.1", "add:429:retry=1:n=2", "add:cut:after:p=0.1", "add:cutdigits:after:p=0.1",
		"add:empty:after:p=0.1", "add:html:before:p=0.1", "add:both:after:n=2", "add:late=10ms:n=3",
		"add:error=Incorrect link:n=2", "add:error=Not enough funds on balance:n=4", "add:error=Something odd:n=2",
		"add:body={\"order\":\"failed\"}:n=3", "add:doubled:after:n=2", "status:500:p=0.3", "status:html:n=1",
		"status:cut:n=1",
		"balance:500:p=0.3", "services:closed:n=1", "add:slow=40ms:after:p=0.3", "refill:closed:after:n=1",
		"cancel:closed:after:n=1",
	}
	for range []int{0, 0, 1, 1, 2, 3}[m.r.IntN(6)] {
		text := m.pick(texts...)
		f, err := sandbox.ParseFault(text)
		must(m.t, err)
		faults = append(faults, f)
		m.note("  fault %s", text)
	}
	return faults
}

// movePrices makes services cost something else, at once or while orders come in.
func (m *model) movePrices() {
	var prices []sandbox.Price
	for _, svc := range modelServices() {
		if m.r.IntN(2) == 0 {
			continue
		}
		p := sandbox.Price{Service: svc.ID, Rate: m.pick("0.7", "1.1", "2.2", "4", "30"), Of: "all"}
		if m.r.IntN(2) == 0 {
			p.After = len(m.sandbox.Ledger()) + m.r.IntN(6)
		}
		if m.r.IntN(3) == 0 {
			p.Shown = -1
		}
		prices = append(prices, p)
	}
	must(m.t, m.sandbox.SetPrices(prices))
	m.note("  prices %+v", prices)
}

// count adds up what happened, to be looked at by who wonders what was tried.
func (m *model) count(sum map[string]int) {
	for _, line := range m.log {
		if at := strings.Index(line, " -> exit "); at >= 0 {
			words := strings.Fields(line)
			sum["calls"]++
			sum[line[at+4:]]++
			for _, name := range []string{"run", "resume", "settle", "refresh", "refill", "cancel"} {
				if slices.Contains(words[:2], name) {
					sum[name]++
				}
			}
		}
	}
	for _, row := range m.books() {
		sum[row.State]++
	}
	sum["orders"] += len(m.sandbox.Ledger())
}
