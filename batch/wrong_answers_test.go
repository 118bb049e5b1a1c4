package batch_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch"
	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/batch/pace"
	"bulkorder/batch/panel"
)

// liar is a panel whose answers about many orders are wrong in every way, and that remembers what they told
// clearly: that alone may reach the books.
type liar struct {
	mu    sync.Mutex
	rand  *rand.Rand
	told  map[string]string // by id: what was told of it clearly, when it was asked about last; missing: nothing
	asked int
	ids   int // of strangers and of rows that weren't asked about: from 1000 on
}

// item is one entry of an answer: the id under which it stands, and its words.
type item struct {
	id, value string
	clear     bool // it tells something of that id
	told      string
}

func (l *liar) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	r.ParseForm()
	switch r.PostForm.Get("action") {
	case "refill_status":
		fmt.Fprint(w, "[]")
		return
	case "services":
		fmt.Fprint(
			w,
			`[{"service":1,"name":"Followers","type":"Default","category":"","rate":"0.9","min":"50","max":"10000",`+
				`"refill":true,"cancel":true}]`,
		)
		return
	}
	l.asked++
	ids := strings.Split(cmp.Or(r.PostForm.Get("orders"), r.PostForm.Get("order")), ",")
	for _, id := range ids { // where an answer about many tells of none, each is asked about alone
		delete(l.told, id)
	}
	answer := map[string]func([]string) string{"status": l.statuses, "refill": l.receipts("refill"),
		"cancel": l.receipts("cancel")}[r.PostForm.Get("action")]
	fmt.Fprint(w, answer(ids))
}

// items writes an entry for most ids, some twice, some for ids that nobody asked for, in any order.
func (l *liar) items(ids []string, entry func(id string) item) []item {
	var all []item
	for _, id := range ids {
		for range []int{1, 1, 1, 1, 1, 0, 2, 3}[l.rand.IntN(8)] {
			all = append(all, entry(id))
		}
	}
	for range l.rand.IntN(4) { // rows that weren't asked about, and strangers
		all = append(all, entry(fmt.Sprint(1000+l.rand.IntN(l.ids))))
	}
	l.rand.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	count := map[string]int{}
	for _, i := range all {
		count[i.id]++
	}
	for _, i := range all {
		if count[i.id] == 1 && i.clear && slices.Contains(ids, i.id) {
			l.told[i.id] = i.told
		}
	}
	return all
}

func (l *liar) statuses(ids []string) string {
	var members []string
	for _, i := range l.items(ids, func(id string) item {
		status := []string{"Pending", "In progress", "Pending", "In progress", "Completed", "Partial",
			"Canceled"}[l.rand.IntN(7)]
		remains := fmt.Sprint(l.rand.IntN(1000))
		good := fmt.Sprintf(`"status":%q,"charge":"0.01","remains":%q`, status, remains)
		other := fmt.Sprint(1000 + l.rand.IntN(l.ids))
		switch l.rand.IntN(10) {
		case 0: // it says itself that it is another order's
			return item{id: id, value: fmt.Sprintf(`{"order":%s,%s}`, other, good), clear: other == id, told: status + " " +
				remains}
		case 1:
			return item{id: id, value: fmt.Sprintf(`{"order":%q,%s}`, id, good), clear: true, told: status + " " + remains}
		case 2:
			return item{id: id, value: []string{`null`, `[]`, `7`, `{}`, `{"status":null}`, `{"status":{"x":1}}`,
				`{"status":"Completed","status":"Canceled"}`}[l.rand.IntN(7)]}
		case 3:
			return item{id: id, value: []string{`{"error":"Incorrect order ID"}`, `"Incorrect order ID"`}[l.rand.IntN(2)],
				clear: true, told: "error Incorrect order ID"}
		}
		return item{id: id, value: "{" + good + "}", clear: true, told: status + " " + remains}
	}) {
		members = append(members, fmt.Sprintf("%q:%s", i.id, i.value))
	}
	return "{" + strings.Join(members, ",") + "}"
}

func (l *liar) receipts(name string) func([]string) string {
	return func(ids []string) string {
		var list []string
		for _, i := range l.items(ids, func(id string) item {
			ref := fmt.Sprint(500 + l.rand.IntN(1000))
			quoted := []string{id, `"` + id + `"`}[l.rand.IntN(2)]
			switch l.rand.IntN(8) {
			case 0:
				return item{id: id, value: fmt.Sprintf(`{"order":%s,%q:{"error":"Not available"}}`, quoted, name), clear: true,
					told: "refused Not available"}
			case 1:
				return item{id: id, value: fmt.Sprintf(`{"order":%s,"error":"Not available"}`, quoted), clear: true,
					told: "refused Not available"}
			case 2:
				return item{id: id, value: fmt.Sprintf([]string{`{"order":%s}`, `{"order":%s,"refill":null,"cancel":0}`,
					`{"order":%s,"refill":7,"cancel":7,"error":"no"}`,
					`{"order":%s,"refill":1,"refill":2,"cancel":1,"cancel":1}`}[l.rand.IntN(4)], quoted)}
			}
			return item{id: id, value: fmt.Sprintf(`{"order":%s,%q:%s}`, quoted, name, ref), clear: true, told: "taken " + ref}
		}) {
			list = append(list, i.value)
		}
		return "[" + strings.Join(list, ",") + "]"
	}
}

// TestWrongAnswersChangeNoOtherRow: a thousand answers with entries in any order, doubled, missing, malformed,
// about strangers and about rows that weren't asked about.
func TestWrongAnswersChangeNoOtherRow(t *testing.T) {
	orders, cases := 40, 1000
	if testing.Short() {
		cases = 100
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	l, client := lying(t, seed, orders)
	var err error
	var j *journal.Journal
	var b journal.Batch
	for n := range cases {
		if n == 0 || stillOpen(t, j, b) < 2 { // orders become final; one alone is asked about in the other form
			if j != nil {
				j.Close()
			}
			if j, err = journal.Open(t.Context(), filepath.Join(t.TempDir(), "journal.db")); err != nil {
				t.Fatal(err)
			}
			b = placed(t, j, orders)
		}
		w := asker(t, j, client)
		before := w.rowsByOrder(b)
		l.told = map[string]string{}
		switch n % 10 {
		case 8:
			w.liesAbout(b, journal.Refill, l, before)
		case 9:
			w.liesAbout(b, journal.Cancel, l, before)
		default:
			if _, err := w.job.Refresh(t.Context(), b, false, false); err != nil {
				t.Fatal(err)
			}
			for id, now := range w.rowsByOrder(b) {
				want := before[id]
				told, is := l.told[id]
				final := journal.StandingOf(want.Status).Final()
				switch status, remains, _ := strings.Cut(told, " "); {
				case final:
				case !is:
					want.Silence = "the answer didn't tell of this order clearly"
				case status == "error":
					want.Silence = remains
				case strings.HasPrefix(told, "In progress"):
					want.Status, want.Remains, want.Silence = "In progress", strings.TrimPrefix(
						told,
						"In progress ",
					), ""
				default:
					want.Status, want.Remains, want.Silence = status, remains, ""
				}
				if now.Status != want.Status || now.Remains != want.Remains || now.Silence != want.Silence {
					t.Fatalf(
						"case %d, order %s: %s %s %q, want %s %s %q",
						n,
						id,
						now.Status,
						now.Remains,
						now.Silence,
						want.Status,
						want.Remains,
						want.Silence,
					)
				}
			}
		}
	}
	j.Close()
	if l.asked < cases*9/10 {
		t.Errorf("only %d answers in %d cases", l.asked, cases)
	}
}

// TestWhatIsToldOfTheOneOrderThatWasAskedAboutCounts: where one row alone is asked about, the request has another
// form, and the panel answers about that row, or about others beside it.
func TestWhatIsToldOfTheOneOrderThatWasAskedAboutCounts(t *testing.T) {
	for seed := range uint64(40) {
		l, client := lying(t, seed, 1)
		j, err := journal.Open(t.Context(), filepath.Join(t.TempDir(), "journal.db"))
		if err != nil {
			t.Fatal(err)
		}
		w, b := asker(t, j, client), placed(t, j, 1)
		before := w.rowsByOrder(b)
		w.liesAbout(b, journal.Refill, l, before)
		w.liesAbout(b, journal.Cancel, l, before)
		if l.asked != 2 {
			t.Errorf("%d requests, want 2", l.asked)
		}
		j.Close()
	}
}

// lying serves a liar, which knows so many orders.
func lying(t *testing.T, seed uint64, orders int) (*liar, *panel.Client) {
	t.Helper()
	l := &liar{rand: rand.New(rand.NewPCG(seed, 1)), ids: orders, told: map[string]string{}}
	server := httptest.NewServer(l)
	t.Cleanup(server.Close)
	p, _ := panel.Preset("addsmm")
	p.URL = server.URL
	client, err := panel.New(p, panel.NewKey("key"), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	return l, client
}

func asker(t *testing.T, j *journal.Journal, client *panel.Client) *world {
	t.Helper()
	return &world{
		t:       t,
		journal: j,
		job: job{
			Journal: j,
			By:      "me",
			Account: desk.Account{Panel: client, Rate: pace.Rate{PerSecond: 1e6}},
		},
	}
}

func stillOpen(t *testing.T, j *journal.Journal, b journal.Batch) int {
	t.Helper()
	open, err := j.Open(t.Context(), b, "addsmm", time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return len(open)
}

// liesAbout asks for something, and compares what each row was told with what the answer told of it.
func (w *world) liesAbout(b journal.Batch, action journal.Action, l *liar, before map[string]journal.Entry) {
	w.t.Helper()
	r, _ := w.request(b, action, batch.Choice{})
	for _, row := range r.Rows {
		got := map[journal.RequestState]string{"": "left out", journal.Taken: "taken " + row.Ref,
			journal.Declined: "refused " + row.Words, journal.AskInDoubt: "in doubt"}[row.State]
		want, is := l.told[row.OrderID]
		if !is {
			want = "in doubt"
		}
		if got != want && row.State != "" {
			w.t.Fatalf("%s of order %s: %s, want %s", action, row.OrderID, got, want)
		}
	}
	for id, now := range w.rowsByOrder(b) {
		if was := before[id]; now.Status != was.Status || now.State != was.State || now.Remains != was.Remains {
			w.t.Fatalf("%s changed order %s: %+v", action, id, now)
		}
	}
}

func (w *world) rowsByOrder(b journal.Batch) map[string]journal.Entry {
	w.t.Helper()
	all := map[string]journal.Entry{}
	for e, err := range w.journal.Entries(w.t.Context(), b) {
		if err != nil {
			w.t.Fatal(err)
		}
		all[e.OrderID] = e
	}
	return all
}

// placed makes a batch of placed rows whose orders are 1000, 1001 and so on.
func placed(t *testing.T, j *journal.Journal, n int) journal.Batch {
	t.Helper()
	d, err := j.Draft(journal.Batch{Panel: "addsmm", Created: time.Now()})
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		e := journal.Entry{
			Line:    i + 2,
			Panel:   "addsmm",
			Key:     fmt.Sprint(i),
			Service: "1",
			Rate:    decimal.NewFromInt(1),
			State:   journal.Queued,
		}
		if err := d.Add(e); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Finish(journal.Reading{}); err != nil {
		t.Fatal(err)
	}
	b, err := d.Admit(t.Context(), "b", journal.Repeats{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range int64(n) {
		if err := j.Intend(b, i+1, time.Now()); err != nil {
			t.Fatal(err)
		}
		if err := <-j.Conclude(b, journal.Outcome{Seq: i + 1, State: journal.Placed,
			Attempt: journal.Attempt{OrderID: fmt.Sprint(1000 + i)}}); err != nil {
			t.Fatal(err)
		}
	}
	return b
}
