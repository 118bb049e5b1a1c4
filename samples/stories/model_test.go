//go:build unix

package stories_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"bulkorder/batch/journal/pgtest"
	"bulkorder/samples/sandbox"
)

// TestTheModel gives random commands by one to three processes over several sheets, batches and names of one account,
// at a panel that rounds, whose prices move while rows leave, that loses answers, and while processes are killed. After
// each step the whole books are compared with the panel's ledger, see [oracle]. BULKORDER_MODEL_SECONDS says how long,
// BULKORDER_SEED from where: the same seed chooses the same commands.
func TestTheModel(t *testing.T) {
	t.Parallel() // it mostly waits
	const worlds = 2
	seconds := number(t, "BULKORDER_MODEL_SECONDS", 30)
	if testing.Short() {
		seconds = min(seconds, 10)
	}
	seed := number(t, "BULKORDER_SEED", time.Now().UnixNano()%1_000_000_000)
	end := time.Now().Add(time.Duration(seconds) * time.Second)
	for lane := range int64(worlds) {
		t.Run(fmt.Sprintf("lane %d", lane), func(t *testing.T) {
			t.Parallel()
			steps := 0
			sum := map[string]int{}
			for n := seed + lane; time.Now().Before(end) && !t.Failed(); n += worlds {
				t.Run(fmt.Sprintf("seed %d", n), func(t *testing.T) {
					m := newModel(t, n, lane == 1 && pgtest.IsThere())
					for range 40 {
						if time.Now().After(end) || t.Failed() {
							break
						}
						m.step()
						steps++
					}
					m.finish()
					m.count(sum)
				})
			}
			t.Logf("%d steps: %v", steps, sum)
		})
	}
}

// model is a person, the sheets, and what the person said.
type model struct {
	*shop
	r      *rand.Rand
	killer *killer
	sheets []*modelSheet
	made   int      // how many rows were invented
	said   *said    // what was allowed beyond one order a row
	log    []string // the commands, for who has to find out
	names  []string // of batches
	gross  bool

	spoiled []sandbox.Fault // answers of this step
}

// newModel makes a world of a seed, with books in a file or in a database.
func newModel(t *testing.T, seed int64, database bool) *model {
	t.Helper()
	m := &model{r: rand.New(rand.NewPCG(uint64(seed), 7)), killer: &killer{}, said: newSaid()}
	m.gross = m.r.IntN(4) == 0
	config := sandbox.Config{
		Round:    m.pick("", "", "2:half", "2:up", "4:half", "4:down"),
		Gross:    m.gross,
		Speed:    []float64{-1, 20, 2000}[m.r.IntN(3)],
		Seed:     seed,
		Latency:  time.Duration(m.r.IntN(4)) * time.Millisecond,
		Strings:  m.r.IntN(2) == 0,
		Services: modelServices(),
		Watch:    m.killer.watch,
	}
	for _, name := range []string{m.pick("", "", "codes", "laravel", "fail"),
		m.pick("", "", "list", "asked", "data", "empty", "single")} {
		if name != "" {
			var err error
			config, err = sandbox.Like(config, name)
			must(t, err)
			m.note("a panel like %s", name)
		}
	}
	m.shop = newShop(t, config)
	if database {
		m.onPostgres()
		m.shop.books += "&lease=2s"
		m.note("books in a database")
	}
	m.write("config.toml", "[panels.mine]\nurl = \""+m.url+"\"\n")
	for i := range 3 + m.r.IntN(3) {
		firm := i == 0 || m.r.IntN(3) == 0
		s := &modelSheet{name: fmt.Sprintf("sheet%d.csv", i), firm: firm, refs: firm || m.r.IntN(2) == 0}
		for _, other := range m.sheets {
			if other.firm == firm && m.r.IntN(2) == 0 { // what one sheet has another may have too
				s.rows = append(s.rows, other.rows[:m.r.IntN(len(other.rows))]...)
			}
		}
		for range 2 + m.r.IntN(6) {
			s.rows = append(s.rows, m.invent(firm))
		}
		m.sheets = append(m.sheets, s)
		m.write(s.name, s.text(m.r))
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("BULKORDER_SEED=%d\n%s", seed, strings.Join(m.log, "\n"))
		}
	})
	return m
}

func (m *model) pick(texts ...string) string { return texts[m.r.IntN(len(texts))] }

func (m *model) note(format string, args ...any) { m.log = append(m.log, fmt.Sprintf(format, args...)) }

// step changes the world or not, and has one to three processes at work at once.
func (m *model) step() {
	m.t.Helper()
	for range m.r.IntN(4) {
		m.edit()
	}
	if m.r.IntN(6) == 0 {
		m.movePrices()
	}
	m.spoiled = m.faults()
	must(m.t, m.sandbox.SetFaults(m.spoiled))
	var calls []*call
	for range []int{1, 1, 1, 1, 2, 3}[m.r.IntN(6)] {
		if c := m.command(); c != nil {
			calls = append(calls, c)
		}
	}
	m.work(calls)
	time.Sleep(20 * time.Millisecond) // late orders come
	m.oracle(calls)
}

// call is one call of the program.
type call struct {
	args []string
	env  []string
	kill bool
	cmd  *exec.Cmd
	out  strings.Builder
	said func(batch string) // what it allows, once its batch is known
	file string             // the sheet that it runs
	name string             // the batch that it names
}

// work starts the processes, kills one where that is due, and waits for all.
func (m *model) work(calls []*call) {
	m.t.Helper()
	crew := m.crew(calls)
	defer m.dismiss(crew)
	var all sync.WaitGroup
	for _, c := range calls {
		c.cmd = m.shop.with(c.env, c.args...)
		c.cmd.Stdout, c.cmd.Stderr = &c.out, &c.out
		must(m.t, c.cmd.Start())
		if c.kill {
			m.killer.aim(m.r, c.cmd.Process, 4)
		}
		all.Go(func() { c.cmd.Wait() })
	}
	done := make(chan struct{})
	go func() { all.Wait(); close(done) }()
	m.await(done, calls)
	m.killer.leave()
	for _, c := range calls {
		m.note("%s %s -> exit %d", strings.Join(c.env, " "), strings.Join(c.args, " "), c.cmd.ProcessState.ExitCode())
	}
}

// await waits for the processes. The person has no patience: a run that waits for late orders is interrupted.
func (m *model) await(done <-chan struct{}, calls []*call) {
	m.t.Helper()
	for _, patience := range []time.Duration{15 * time.Second, 90 * time.Second} {
		select {
		case <-done:
			return
		case <-time.After(patience):
		}
		for _, c := range calls {
			c.cmd.Process.Signal(os.Interrupt)
		}
	}
	for _, c := range calls {
		c.cmd.Process.Kill()
	}
	m.t.Fatalf("it hangs: %v", calls[0].args)
}

// command chooses what the person does next; nil: nothing.
func (m *model) command() *call {
	c := &call{kill: m.r.IntN(3) == 0}
	switch m.r.IntN(20) {
	case 0, 1, 2, 3, 4, 5, 6, 7, 8:
		m.run(c)
	case 9, 10, 11, 12:
		m.resume(c)
	case 13, 14:
		c.args = []string{"refresh", "--all", "--json"}
	case 15, 16:
		return m.settle(c)
	case 17:
		c.args = []string{"check", m.pickSheet().name, "--json"}
	case 18:
		b := m.batch()
		if b == "" {
			return nil
		}
		c.args = []string{m.pick("refill", "cancel"), b, "--all", "--yes", "--json"}
	default:
		b := m.batch()
		if b == "" {
			return nil
		}
		c.args = []string{"report", b, "--out", m.pick("r.csv", "r.jsonl", "r.xlsx"), "--json"}
	}
	m.account(c)
	return c
}

// account names the account in one of its ways.
func (m *model) account(c *call) {
	local := strings.Replace(m.url, "127.0.0.1", "localhost", 1)
	switch m.r.IntN(6) {
	case 0:
		c.args = append(c.args, "--url", m.url+"/")
	case 1:
		c.args = append(c.args, "--url", local)
	case 2:
		c.args = append(c.args, "--url", strings.Replace(local, "localhost", "LocalHost", 1))
	case 3:
		c.env, c.args = []string{"BULKORDER_URL="}, append(c.args, "--panel", "mine", "--config", "config.toml")
	}
	if c.args[0] != "run" && c.args[0] != "check" && m.r.IntN(2) == 0 {
		c.env = nil
		for i, arg := range c.args {
			if arg == "--url" || arg == "--panel" {
				c.args = c.args[:i]
				break
			}
		}
	}
}

// run orders a sheet.
func (m *model) run(c *call) {
	s := m.pickSheet()
	c.file = s.name
	c.args = []string{"run", s.name, "--yes", "--json", "--rate", "1000/s", "--concurrency", m.pick("1", "2", "4")}
	name := ""
	if m.r.IntN(3) == 0 {
		name = m.pick("alpha", "beta")
		c.args = append(c.args, "--batch", name)
	}
	again := m.r.IntN(30) == 0
	if again {
		c.args = append(c.args, "--again")
	}
	if m.r.IntN(4) == 0 {
		c.args = append(c.args, "--limit", fmt.Sprint(1+m.r.IntN(3)))
	}
	limit := m.cap(c)
	repeat, duplicates := m.words(c)
	occurrences := s.occurrences()
	m.said.now(occurrences, again, repeat, duplicates)
	c.name = name
	c.said = func(batch string) { m.said.later(batch, limit) }
}

// cap says now and then what a batch may cost at most.
func (m *model) cap(c *call) (limit string) {
	if m.r.IntN(6) == 0 {
		limit = m.pick("0.1", "0.3", "1", "5")
		c.args = append(c.args, "--max-spend", limit)
	}
	return limit
}

// words says now and then what a person allows.
func (m *model) words(c *call) (repeat, duplicates bool) {
	if repeat = m.r.IntN(25) == 0; repeat {
		c.args = append(c.args, "--allow-repeat")
	}
	if duplicates = m.r.IntN(10) == 0; duplicates {
		c.args = append(c.args, "--allow-duplicates")
	}
	if m.r.IntN(2) == 0 {
		c.args = append(c.args, "--accept-price")
	}
	return repeat, duplicates
}

// resume goes on with a batch.
func (m *model) resume(c *call) {
	b := m.batch()
	c.args = []string{"resume"}
	if b != "" && m.r.IntN(3) > 0 {
		c.args = append(c.args, b)
	} else {
		b = ""
	}
	c.args = append(c.args, "--yes", "--json", "--rate", "1000/s", "--concurrency", m.pick("1", "2", "4"))
	if b == "" {
		return
	}
	limit := m.cap(c)
	repeat, duplicates := m.words(c)
	m.said.now(m.occurrencesOf(b), false, repeat, duplicates)
	m.said.later(b, limit)
}

// batch chooses one of the batches that are known.
func (m *model) batch() string {
	if len(m.names) == 0 {
		return ""
	}
	return m.pick(m.names...)
}

func (m *model) pickSheet() *modelSheet { return m.sheets[m.r.IntN(len(m.sheets))] }

// settle looks for the orders of rows in doubt, or says of one of them what is true.
func (m *model) settle(c *call) *call {
	b := m.batch()
	if b == "" {
		return nil
	}
	c.args = []string{"settle", b, "--json", "--after", "1ms"}
	if m.r.IntN(2) == 0 {
		return c
	}
	for _, row := range m.rows(b) {
		if row.State != "in_doubt" || m.r.IntN(2) == 0 {
			continue
		}
		c.args = []string{"settle", b, "--json", "--after", "1ms", "--row", fmt.Sprint(row.Row), "--reason", "looked"}
		if id := m.unknown(row.Params["link"]); id != "" {
			c.args = append(c.args, "--placed", id)
		} else {
			c.args = append(c.args, "--not-placed")
		}
		c.kill = false
		return c
	}
	return c
}

// finish lets everything come to its end without faults, and asks for all that is there.
func (m *model) finish() {
	m.t.Helper()
	m.spoiled = nil
	must(m.t, m.sandbox.SetFaults(nil))
	var calls []*call
	for _, b := range m.names {
		calls = append(calls, &call{args: []string{"resume", b, "--yes", "--json", "--rate", "1000/s"}})
	}
	calls = append(calls, &call{args: []string{"refresh", "--all", "--json"}})
	for _, c := range calls {
		m.work([]*call{c})
		m.oracle([]*call{c})
	}
	m.charges()
	m.reports()
	m.searchKey(m.dir)
	m.searchKey(m.state)
	os.Remove(filepath.Join(m.dir, "r.xlsx"))
}
