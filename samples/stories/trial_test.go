//go:build unix

package stories_test

import (
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"bulkorder/samples/sandbox"
)

// trialSheet is a part of a sheet: rows of several services, some of which cost the same, or all.
func trialSheet(equal bool, seed int64, from, to int) string {
	services := []struct{ id, link string }{
		{"1", "https://example.com/u%05d"},
		{"102", "https://www.instagram.com/u%05d"},
		{"105", "https://www.instagram.com/p/C%05d/"},
		{"106", "https://www.instagram.com/p/D%05d/"},
		{"203", "https://www.tiktok.com/@u/video/7%05d"},
	}
	var b strings.Builder
	b.WriteString("service,link,quantity\n")
	for i := from; i < to; i++ {
		draw := uint64(seed)*7919 + uint64(i)*2654435761
		draw ^= draw >> 13
		if equal {
			draw = 0
		}
		s := services[draw%uint64(len(services))]
		fmt.Fprintf(&b, "%s,%s,%d\n", s.id, fmt.Sprintf(s.link, i), 100+draw>>8%90*10)
	}
	return b.String()
}

// trialShop is a shop whose panel is named by a configuration.
type trialShop struct {
	*shop
	after  time.Duration
	atOnce int // requests under way

	mu    sync.Mutex
	alarm bool // a run ended with 6
}

// does runs the program, and wants one of its usual endings.
func (w *trialShop) does(args ...string) (code int, out, errs string) {
	w.t.Helper()
	code, out, errs = w.finish(w.with(w.env(), args...))
	w.mu.Lock()
	defer w.mu.Unlock()
	w.alarm = w.alarm || code == 6
	switch code {
	case 0, 4, 5, 6, 7:
	default:
		w.t.Errorf("%v: exit %d\n%s%s", args, code, out, errs)
	}
	return code, out, errs
}

func (w *trialShop) env() []string {
	return []string{
		"BULKORDER_URL=", "BULKORDER_PANEL=mine", "BULKORDER_CONFIG=config.toml", "BULKORDER_AFTER=" + w.after.String(),
		fmt.Sprintf("BULKORDER_RATE=%d/s", 25*w.atOnce), fmt.Sprintf("BULKORDER_CONCURRENCY=%d", w.atOnce),
	}
}

// order runs both sheets at once, settles and goes on until nothing is queued, or nothing moves.
func (w *trialShop) order() {
	w.t.Helper()
	for round := range 8 {
		var both sync.WaitGroup
		for _, name := range []string{"a", "b"} {
			if round > 0 {
				w.does("settle", name)
			}
		}
		for _, name := range []string{"a", "b"} {
			both.Go(func() {
				if round == 0 {
					w.does("run", name+".csv", "--batch", name, "--yes", "--quiet")
				} else {
					w.does("resume", name, "--yes", "--quiet")
				}
			})
		}
		both.Wait()
		if w.inState("queued") == 0 {
			return
		}
	}
	w.t.Logf("%d rows are queued after eight runs", w.inState("queued"))
}

// settle waits until orders can't appear any more, looks for those of rows in doubt, and sends what was found to be
// free again.
func (w *trialShop) settle() {
	w.t.Helper()
	time.Sleep(w.after)
	for range 3 {
		for _, name := range []string{"a", "b"} {
			w.does("settle", name)
		}
		if w.inState("queued") == 0 {
			return
		}
		w.order()
		time.Sleep(w.after)
	}
}

// asked counts the calls of status.
func (w *trialShop) asked() (n int) {
	for _, r := range w.sandbox.Requests() {
		if r.Action == "status" {
			n++
		}
	}
	return n
}

// books reads the rows of both batches.
func (w *trialShop) books() []bookRow { return (&model{shop: w.shop}).books() }

func (w *trialShop) inState(state string) (n int) {
	for _, row := range w.books() {
		if row.State == state {
			n++
		}
	}
	return n
}

// judge compares the books with the ledger.
func (w *trialShop) judge(c *came) {
	w.t.Helper()
	byID, byLink := map[string]sandbox.Order{}, map[string][]sandbox.Order{}
	ledger := w.sandbox.Ledger()
	for _, o := range ledger {
		byID[o.ID] = o
		if o.By == "api" {
			byLink[o.Fields["link"]] = append(byLink[o.Fields["link"]], o)
		}
	}
	doubted, freed, findings := w.unanswered(), w.freed(), w.findings()
	twins := w.twins(c, ledger)
	inferred, said := w.decided("placed", "'inferred', 'set'"), w.decided("placed", "'forced'")
	for _, row := range w.books() {
		orders := byLink[row.Params["link"]]
		inSet := row.State == "placed" && len(row.oneOf) > 0
		name := row.batch + " " + fmt.Sprint(row.Row)
		switch {
		case inSet && !slices.ContainsFunc(row.oneOf, func(id string) bool {
			return byID[id].Fields["link"] == row.Params["link"]
		}):
			c.wrong++
			w.t.Errorf(
				"%s: row %d of batch %s is one of %v, none of which is its own",
				c.name,
				row.Row,
				row.batch,
				row.oneOf,
			)
		case row.State == "placed" && !inSet && byID[row.OrderID].Fields["link"] != row.Params["link"] && said[name]:
			c.misled++
		case row.State == "placed" && !inSet && byID[row.OrderID].Fields["link"] != row.Params["link"]:
			c.wrong++
			w.t.Errorf("%s: row %d of batch %s has order %s, which is for %q", c.name, row.Row, row.batch, row.OrderID,
				byID[row.OrderID].Fields["link"])
		case row.State == "in_doubt" || row.State == "sending":
			if len(orders) > 0 {
				c.left++
				if twins.knowable(row) {
					c.known++
					w.t.Logf("%s: %s is left, as order %s: %s", c.name, name, orders[0].ID, findings[name])
				}
			} else {
				c.free++
			}
		case row.State == "refused" && len(orders) > 0 && orders[0].Fault == "":
			w.t.Errorf("%s: row %d of batch %s is refused, and is order %s", c.name, row.Row, row.batch, orders[0].ID)
		}
		if inferred[name] {
			c.adopted++
		}
		if doubted[name] && len(orders) > 0 {
			c.doubted++
			if row.State == "placed" {
				c.found++
			}
			if inSet {
				c.sets++
			}
		}
		c.count(w, row, orders, freed[name])
	}
	if c.calibrated() && c.known > max(2, 2*c.rows/2000) {
		w.t.Errorf("%s: %d rows are left to a person though it can be known that they are ordered", c.name, c.known)
	}
	if c.lied > 0 && !w.alarm {
		w.t.Errorf("%s: %d rows are paid twice, and no run ended with 6", c.name, c.lied)
	}
	if c.exclusive == "false" && c.adopted > 0 {
		w.t.Errorf("%s: %d orders are adopted, though others order there", c.name, c.adopted)
	}
}

// count looks at whether a row was ordered again, and at whose word: where the panel had turned it away, or since
// it was decided then that it wasn't ordered.
func (c *came) count(w *trialShop, row bookRow, orders []sandbox.Order, freed time.Time) {
	w.t.Helper()
	lied := false
	requests := 0
	for _, o := range orders {
		switch {
		case strings.Contains(o.Fault, ":again") && requests > 0: // the panel made two of one request
		case o.Taken.After(freed) && (strings.Contains(o.Fault, "Rate limit exceeded") || strings.Contains(o.Fault, "429")):
			lied = true
		default:
			requests++
		}
	}
	switch {
	case requests > 1:
		c.twice++
		w.t.Errorf("%s: row %d of batch %s is ordered %d times: %v", c.name, row.Row, row.batch, len(orders), orders)
	case lied && requests == 1:
		c.lied++
	}
}

// unanswered gives the rows that were sent and whose order no answer told.
func (w *trialShop) unanswered() map[string]bool {
	return w.ask(`SELECT b.id || ' ' || r.line FROM rows r JOIN batches b ON b.n = r.batch WHERE r.attempts > 0
		AND NOT EXISTS (SELECT 1 FROM attempts a WHERE a.batch = r.batch AND a.seq = r.seq AND a.verdict = 'placed')`)
}

// decided gives the rows that a decision made placed or queued, by how that was decided.
func (w *trialShop) decided(state, how string) map[string]bool {
	return w.ask(`SELECT b.id || ' ' || r.line FROM rows r JOIN batches b ON b.n = r.batch WHERE r.candidate = ''
		AND EXISTS (SELECT 1 FROM decisions d WHERE d.batch = r.batch AND d.seq = r.seq AND d.state = '` + state + `'
		AND d.how IN (` + how + `))`)
}

// freed tells when it was last decided that rows weren't ordered.
func (w *trialShop) freed() map[string]time.Time {
	all := map[string]time.Time{}
	for text := range w.ask(`SELECT b.id || ' ' || r.line || '@' || max(d.at) FROM rows r JOIN batches b ON b.n = r.batch
		JOIN decisions d ON d.batch = r.batch AND d.seq = r.seq AND d.state = 'queued' GROUP BY r.batch, r.seq`) {
		name, at, _ := strings.Cut(text, "@")
		ms, err := strconv.ParseInt(at, 10, 64)
		must(w.t, err)
		all[name] = time.UnixMilli(ms)
	}
	return all
}

// findings gives what was found out last about rows in doubt.
func (w *trialShop) findings() map[string]string {
	all := map[string]string{}
	for text := range w.ask(`SELECT b.id || ' ' || r.line || '@' || r.finding FROM rows r JOIN batches b ON b.n = r.batch
		WHERE r.state = 'in_doubt'`) {
		name, finding, _ := strings.Cut(text, "@")
		all[name] = finding
	}
	return all
}

// ask gives the texts that a question to the journal finds.
func (w *trialShop) ask(question string) map[string]bool {
	w.t.Helper()
	db, err := sql.Open("sqlite", "file:"+w.journal()+"?_pragma=busy_timeout(10000)&mode=ro")
	must(w.t, err)
	defer db.Close()
	found, err := db.Query(question)
	must(w.t, err)
	defer found.Close()
	all := map[string]bool{}
	for found.Next() {
		var text string
		must(w.t, found.Scan(&text))
		all[text] = true
	}
	must(w.t, found.Err())
	return all
}
