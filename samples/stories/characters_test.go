//go:build unix

package stories_test

import (
	"cmp"
	"database/sql"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"bulkorder/samples/sandbox"
)

// trial is a sheet's way through a panel of a character: two batches at once on the account, and answers that are
// lost or spoiled.
type trial struct {
	name      string
	like      []string
	config    sandbox.Config // what is said beside the characters
	exclusive string         // "true", "false", or nothing, as a person says it of the account
	after     string         // how late an order may appear; empty: 1s
	lost      float64        // times 5 of a hundred answers that are lost or spoiled; 0: once
	equal     bool           // all rows cost the same, and 25 leave at once
}

// trials are the characters, and what makes each felt within seconds.
func trials() []trial {
	alone := []trial{
		{name: "gross", config: sandbox.Config{Speed: 100}},
		{name: "refunds"},
		{name: "doubled", config: sandbox.Config{Speed: 20}},
		{name: "late", config: sandbox.Config{ChargeLate: 2 * time.Second}, after: "3s"},
		{name: "slow-balance", config: sandbox.Config{BalanceLate: 2 * time.Second}, after: "3s"},
		{name: "hundred", config: sandbox.Config{Most: 50}},
		{name: "second", config: sandbox.Config{Limit: "second:60"}},
		{name: "minute", config: sandbox.Config{Limit: "second:60:silent"}},
		{name: "bucket", config: sandbox.Config{Limit: "bucket:40:80"}},
		{name: "turns", config: sandbox.Config{
			Limit: "second:200", ChargeLate: 100 * time.Millisecond, BalanceLate: 100 * time.Millisecond, TurnEvery: 10,
		}},
		{name: "cents among strangers", like: []string{"cents", "public"}},
		{name: "equal charges", like: []string{"public"}, equal: true},
	}
	named := map[string]bool{"shared": true}
	for i := range alone {
		named[alone[i].name] = true
	}
	for _, c := range sandbox.Characters() {
		if !named[c.Name] {
			alone = append(alone, trial{name: c.Name})
		}
	}
	for i := range alone {
		alone[i].exclusive = "true"
	}
	alone = slices.DeleteFunc(alone, func(tr trial) bool { return slices.Contains(unfinished(), tr.name) })
	return append(alone,
		trial{name: "shared", exclusive: "false"},
		trial{name: "shared, not said", like: []string{"shared"}},
		trial{name: "shared cents, not said", like: []string{"shared", "cents"}})
}

// unfinished are the panels of which something isn't understood.
func unfinished() []string {
	return []string{"broken", "list", "asked", "data", "empty", "single", "doubled", "turns", "hundred",
		"equal charges"}
}

// came is what came of a trial.
type came struct {
	trial
	rows    int
	doubted int // rows that are ordered, and no answer told which order it is
	found   int // of these, those that have their id in the end, or are one of a set
	sets    int // of these, those of a set
	left    int // rows in doubt in the end that are ordered
	free    int // rows in doubt in the end that aren't
	wrong   int // rows with the id of an order that isn't theirs
	twice   int // rows that were ordered again though no panel had refused them
	lied    int // rows that were ordered again since the panel had said of an order that it didn't take it
	adopted int // rows that were given an order by what was inferred
	calls   int // of status, to settle both batches
	took    time.Duration
}

// TestCharacters orders two sheets at once from each kind of panel, while answers are lost or spoiled, settles, and
// compares the books with the ledger. BULKORDER_CHARACTER_ROWS says how many rows.
func TestCharacters(t *testing.T) {
	t.Parallel()
	rows := int(number(t, "BULKORDER_CHARACTER_ROWS", 160))
	var mu sync.Mutex
	var all []came
	t.Run("panels", func(t *testing.T) {
		for i, tr := range trials() {
			t.Run(tr.name, func(t *testing.T) {
				t.Parallel()
				c := tr.run(t, rows, int64(i+1))
				mu.Lock()
				defer mu.Unlock()
				all = append(all, c)
			})
		}
	})
	slices.SortFunc(all, func(a, b came) int { return strings.Compare(a.name, b.name) })
	var table strings.Builder
	fmt.Fprintf(&table, "\n%-24s %6s %8s %6s %5s %5s %5s %6s %6s %5s %8s %6s %s\n", "panel", "rows", "doubted", "found",
		"sets", "left", "free", "wrong", "twice", "lied", "adopted", "calls", "took")
	for _, c := range all {
		fmt.Fprintf(&table, "%-24s %6d %8d %6d %5d %5d %5d %6d %6d %5d %8d %6d %s\n", c.name, c.rows, c.doubted, c.found,
			c.sets, c.left, c.free, c.wrong, c.twice, c.lied, c.adopted, c.calls, c.took.Round(time.Millisecond))
	}
	t.Log(table.String())
}

// losses are the answers of five adds in a hundred, or of times as many.
func losses(t *testing.T, times float64) (faults []sandbox.Fault) {
	for _, text := range []string{
		"add:closed:after:p=0.02", "add:closed:before:p=0.01", "add:500:after:p=0.006", "add:502:before:p=0.004",
		"add:cutdigits:after:p=0.004", "add:empty:after:p=0.003", "add:both:after:p=0.003",
	} {
		f, err := sandbox.ParseFault(text)
		must(t, err)
		f.Probability = math.Round(f.Probability*times*1000) / 1000
		faults = append(faults, f)
	}
	return faults
}

func (tr trial) run(t *testing.T, rows int, seed int64) came {
	began := time.Now()
	w := tr.shop(t, rows, seed)
	w.order()
	before := w.asked()
	w.settle()
	c := came{trial: tr, rows: rows, calls: w.asked() - before}
	w.judge(&c)
	c.took = time.Since(began)
	return c
}

// shop is a person's machine with two sheets, and a panel of the trial's character.
func (tr trial) shop(t *testing.T, rows int, seed int64) *trialShop {
	t.Helper()
	cfg := tr.config
	cfg.Seed, cfg.Latency, cfg.Faults = seed, 5*time.Millisecond, losses(t, cmp.Or(tr.lost, 1))
	if tr.equal {
		cfg.Latency = 40 * time.Millisecond
	}
	names := tr.like
	if names == nil {
		names = []string{tr.name}
	}
	cfg, err := sandbox.Like(cfg, names...)
	must(t, err)
	w := &trialShop{shop: newShop(t, cfg), after: time.Second, atOnce: 8}
	if tr.equal {
		w.atOnce = 25
	}
	if tr.after != "" {
		w.after, err = time.ParseDuration(tr.after)
		must(t, err)
	}
	said := ""
	if tr.exclusive != "" {
		said = "exclusive = " + tr.exclusive + "\n"
	}
	w.write("config.toml", "[panels.mine]\nurl = \""+w.url+"\"\n"+said)
	w.write("a.csv", trialSheet(tr.equal, seed, 0, rows/2))
	w.write("b.csv", trialSheet(tr.equal, seed, rows/2, rows))
	return w
}

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

// order runs both sheets at once, and goes on until nothing is queued, or nothing moves.
func (w *trialShop) order() {
	w.t.Helper()
	for round := range 8 {
		var both sync.WaitGroup
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
	for _, o := range w.sandbox.Ledger() {
		byID[o.ID] = o
		if o.By == "api" {
			byLink[o.Fields["link"]] = append(byLink[o.Fields["link"]], o)
		}
	}
	doubted, inferred := w.unanswered(), w.inferred()
	for _, row := range w.books() {
		orders := byLink[row.Params["link"]]
		inSet := row.State == "placed" && row.OrderID == ""
		switch {
		case row.State == "placed" && !inSet && byID[row.OrderID].Fields["link"] != row.Params["link"]:
			c.wrong++
			w.t.Errorf("%s: row %d of batch %s has order %s, which is for %q", c.name, row.Row, row.batch, row.OrderID,
				byID[row.OrderID].Fields["link"])
		case row.State == "in_doubt" || row.State == "sending":
			if len(orders) > 0 {
				c.left++
			} else {
				c.free++
			}
		case row.State == "refused" && len(orders) > 0 && orders[0].Fault == "":
			w.t.Errorf("%s: row %d of batch %s is refused, and is order %s", c.name, row.Row, row.batch, orders[0].ID)
		}
		name := row.batch + " " + fmt.Sprint(row.Row)
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
		c.count(w, row, orders)
	}
	if c.lied > 0 && !w.alarm {
		w.t.Errorf("%s: %d rows are paid twice, and no run ended with 6", c.name, c.lied)
	}
	if c.exclusive == "false" && c.adopted > 0 {
		w.t.Errorf("%s: %d orders are adopted, though others order there", c.name, c.adopted)
	}
}

// count looks at whether a row was ordered again, and at whose word.
func (c *came) count(w *trialShop, row bookRow, orders []sandbox.Order) {
	w.t.Helper()
	lied := false
	requests := 0
	for _, o := range orders {
		switch {
		case strings.Contains(o.Fault, ":again") && requests > 0: // the panel made two of one request
		case strings.Contains(o.Fault, "Rate limit exceeded"), strings.Contains(o.Fault, "429"):
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

// inferred gives the rows that were given an order without a person's word or an answer that told it.
func (w *trialShop) inferred() map[string]bool {
	return w.ask(`SELECT b.id || ' ' || r.line FROM rows r JOIN batches b ON b.n = r.batch WHERE EXISTS (SELECT 1
		FROM decisions d WHERE d.batch = r.batch AND d.seq = r.seq AND d.state = 'placed' AND d.how IN ('inferred', 'set')
		AND r.candidate = '')`)
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
