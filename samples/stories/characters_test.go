//go:build unix

package stories_test

import (
	"cmp"
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
		{name: "refunds", config: sandbox.Config{Speed: 10}},
		{name: "refunds at once", like: []string{"refunds"}},
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
	return append(alone,
		trial{name: "shared", exclusive: "false"},
		trial{name: "shared, not said", like: []string{"shared"}},
		trial{name: "shared cents, not said", like: []string{"shared", "cents"}})
}

// counted tells whether nearly all orders of rows in doubt can be found: not among equal ones, not by ids that are no
// numbers, and not where others order too.
func (tr trial) counted() bool {
	return tr.calibrated() && tr.name != "letters" && tr.name != "equal charges"
}

// calibrated tells whether what the panel shows of orders can be relied on: not where others order too, and not where
// it is another kind of panel every now and then.
func (tr trial) calibrated() bool { return tr.exclusive == "true" && tr.name != "turns" }

// came is what came of a trial.
type came struct {
	trial
	rows    int
	doubted int // rows that are ordered, and no answer told which order it is
	found   int // of these, those that have their id in the end, or are one of a set
	sets    int // of these, those of a set
	left    int // rows in doubt in the end that are ordered
	known   int // of these, those of which it could be known: see twins
	free    int // rows in doubt in the end that aren't
	wrong   int // rows with the id of an order that isn't theirs
	misled  int // rows to which a person gave an order that isn't theirs
	twice   int // rows that were ordered again though no panel had refused them
	lied    int // rows that were ordered again since the panel had said of an order that it didn't take it
	adopted int // rows that were given an order by what was inferred
	calls   int // of status, to settle both batches
	took    time.Duration
}

// TestCharacters orders two sheets at once from each kind of panel, while answers are lost or spoiled, settles, and
// compares the books with the ledger. BULKORDER_CHARACTER_ROWS says how many rows, BULKORDER_SEED which, and which
// answers.
func TestCharacters(t *testing.T) {
	t.Parallel()
	rows := int(number(t, "BULKORDER_CHARACTER_ROWS", 120))
	seed := number(t, "BULKORDER_SEED", 0)
	var mu sync.Mutex
	var all []came
	t.Run("panels", func(t *testing.T) {
		for i, tr := range trials() {
			t.Run(tr.name, func(t *testing.T) {
				t.Parallel()
				c := tr.run(t, rows, seed*100+int64(i+1))
				mu.Lock()
				defer mu.Unlock()
				all = append(all, c)
			})
		}
	})
	slices.SortFunc(all, func(a, b came) int { return strings.Compare(a.name, b.name) })
	var table strings.Builder
	fmt.Fprintf(&table, "\n%-24s %6s %8s %6s %5s %5s %5s %5s %6s %6s %5s %8s %6s %s\n", "panel", "rows", "doubted",
		"found", "sets", "left", "known", "free", "wrong", "twice", "lied", "adopted", "calls", "took")
	for _, c := range all {
		fmt.Fprintf(
			&table,
			"%-24s %6d %8d %6d %5d %5d %5d %5d %6d %6d %5d %8d %6d %s\n",
			c.name,
			c.rows,
			c.doubted,
			c.found,
			c.sets,
			c.left,
			c.known,
			c.free,
			c.wrong,
			c.twice,
			c.lied,
			c.adopted,
			c.calls,
			c.took.Round(time.Millisecond),
		)
	}
	t.Log(table.String())
	doubted, found := 0, 0
	for _, c := range all {
		if c.counted() {
			doubted, found = doubted+c.doubted, found+c.found
		}
	}
	// In a small sheet nothing may tell the price of a row in doubt, which then stands in the way of all that were sent
	// within the time in which its own order may appear: few of these leave more rows to a person.
	least := 95
	if rows < 1000 {
		least = 80
	}
	if found*100 < doubted*least {
		t.Errorf(
			"of %d orders that no answer told, %d are found where nobody else orders: that is too few",
			doubted,
			found,
		)
	}
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
