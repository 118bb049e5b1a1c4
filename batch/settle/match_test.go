package settle

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

// drawn makes rows in doubt and orders, few enough that all explanations can be gone through: windows that overlap,
// charges that are equal more often than not, some of them not told yet, and now and then an order of nobody's.
func drawn(r *rand.Rand) (suspects []suspect, orders []found) {
	for range 1 + r.IntN(5) {
		low := r.Int64N(8)
		x := suspect{began: time.UnixMilli(1_700_000_000_000), low: low, high: low + 2 + r.Int64N(6), entry: journal.Entry{
			Rate: decimal.New(1+r.Int64N(2), 0), Units: journal.Exactly(decimal.New(1, 0)),
		}}
		if r.IntN(6) == 0 {
			x.high = 0
		}
		suspects = append(suspects, x)
	}
	for _, x := range suspects {
		id := x.low + 1 + r.Int64N(max(x.high, x.low+4)-x.low-1)
		if r.IntN(4) == 0 || slices.ContainsFunc(orders, func(o found) bool { return o.id == id }) {
			continue
		}
		charge, _ := x.entry.Estimate()
		if r.IntN(10) == 0 {
			charge = decimal.New(1+r.Int64N(2), 0)
		}
		s := panel.Status{Status: "In progress", Charge: decimal.NewNullDecimal(charge)}
		s.Charge.Valid = r.IntN(8) > 0
		orders = append(orders, found{id: id, status: s})
	}
	slices.SortFunc(orders, func(a, b found) int { return int(a.id - b.id) })
	return suspects, orders
}

// explanations gives each way to give every order a row of its own: by order, the row.
func explanations(suspects []suspect, orders []found, can [][]int) (all [][]int) {
	var try func(rows []int)
	try = func(rows []int) {
		if len(rows) == len(orders) {
			all = append(all, slices.Clone(rows))
			return
		}
		for i := range suspects {
			if !slices.Contains(rows, i) && slices.Contains(can[i], len(rows)) {
				try(append(rows, i))
			}
		}
	}
	try(nil)
	return all
}

// TestWhatIsCertainIsTheSameInEveryExplanation: and whatever is the same in every explanation is found.
func TestWhatIsCertainIsTheSameInEveryExplanation(t *testing.T) {
	began := time.UnixMilli(1_700_000_000_000)
	held := []sample{ofOurs(began.Add(-time.Minute), 1), ofOurs(began.Add(30*time.Minute), 1)} // of one of the two prices
	k := learned{roundings: roundings{{way: exactly}}, prices: prices{priceFor("", decimal.New(1, 0)): held}}
	counts := map[journal.How]int{}
	for seed := range uint64(20_000) {
		suspects, orders := drawn(rand.New(rand.NewPCG(seed, 7)))
		m := match(suspects, orders, k)
		all := explanations(suspects, orders, m.can)
		if (len(all) == 0) != (len(m.unexplained()) > 0) {
			t.Fatalf("seed %d: %d explanations, %v unexplained", seed, len(all), m.unexplained())
		}
		for i := range suspects {
			how, want := m.certain(i), journal.How("")
			rows, set := m.members(i)
			his := ordersOf(all, i)
			switch {
			case len(all) == 0 || slices.Contains(his, -1):
			case len(his) == 1:
				want = journal.Inferred
			default:
				want = journal.InSet
			}
			counts[how]++
			if how != want {
				t.Fatalf("seed %d, row %d: %q, want %q: its orders are %v", seed, i, how, want, his)
			}
			if how == "" {
				continue
			}
			for _, e := range all { // the set's orders are the set's rows', all of them
				for _, j := range set {
					if !slices.Contains(rows, e[j]) {
						t.Fatalf("seed %d: order %d of the set %v is row %d's in %v", seed, j, set, e[j], e)
					}
				}
			}
			if len(rows) != len(set) || how == journal.Inferred && (len(set) != 1 || set[0] != his[0]) {
				t.Fatalf("seed %d, row %d: rows %v, orders %v, want %v", seed, i, rows, set, his)
			}
		}
	}
	t.Log(counts)
	if counts[journal.Inferred] < 1000 || counts[journal.InSet] < 1000 {
		t.Errorf("too little was certain to test anything: %v", counts)
	}
}

// ordersOf gives what a row has in the explanations; -1: no order.
func ordersOf(all [][]int, row int) (orders []int) {
	for _, e := range all {
		if j := slices.Index(e, row); !slices.Contains(orders, j) {
			orders = append(orders, j)
		}
	}
	return orders
}

// TestWhatFits: an order and a row, by charge and by remains.
func TestWhatFits(t *testing.T) {
	entry := func(cost string, params ...string) journal.Entry {
		e := journal.Entry{Rate: decimal.RequireFromString(cost), Units: journal.Exactly(decimal.New(1, 0))}
		for i := 0; i < len(params); i += 2 {
			e.Params = append(e.Params, panel.Param{Name: params[i], Value: params[i+1]})
		}
		return e
	}
	status := func(status, charge, remains string) panel.Status {
		s := panel.Status{Status: status, Remains: remains}
		if charge != "" {
			s.Charge = decimal.NewNullDecimal(decimal.RequireFromString(charge))
		}
		return s
	}
	cents := roundings{{2, up}}
	for _, tt := range []struct {
		sentence string
		learned  learned
		entry    journal.Entry
		status   panel.Status
		want     fit
	}{
		{"its charge, rounded", learned{roundings: cents}, entry("0.0123"), status("Pending", "0.02", ""), fitting},
		{"another charge", learned{roundings: cents}, entry("0.0123"), status("Pending", "0.0123", ""), misfit},
		{"no charge yet", learned{roundings: cents}, entry("0.0123"), status("Pending", "", ""), untold},
		{"a charge of 0 until it is charged", learned{roundings: cents}, entry("0.0123"), status("Pending", "0", ""), untold},
		{"a charge of 0 that stays", learned{roundings: cents}, entry("0.0123"), status("Completed", "0", ""), misfit},
		{"gross after a cancel", learned{roundings: cents}, entry("0.0123"), status("Canceled", "0.02", ""), fitting},
		{"net after a cancel", learned{roundings: cents}, entry("0.0123"), status("Canceled", "0", ""), fitting},
		{"a part of its charge beside a status that isn't understood", learned{roundings: cents}, entry("0.0123"),
			status("Kısmi tamamlandı", "0.01", ""), fitting},
		{"more than all beside it", learned{roundings: cents}, entry("0.0123"), status("Kısmi tamamlandı", "0.03", ""),
			misfit},
		{"a part beside a status with which orders of ours began",
			learned{roundings: cents, words: map[string]bool{"Beklemede": true}}, entry("0.0123"),
			status("Beklemede", "0.01", ""), misfit},
		{"no charge yet, whatever its status means", learned{roundings: cents}, entry("0.0123"), status("7", "0", ""), untold},
		{"more than all after a cancel", learned{roundings: cents}, entry("0.0123"), status("Canceled", "0.03", ""), misfit},
		{"a drip-feed's parent tells no charge", learned{roundings: cents}, entry("0.0123", "runs", "2"),
			status("Pending", "", ""), fitting},
		{"charges prove nothing", learned{}, entry("0.0123"), status("Pending", "77", ""), fitting},
		{"its quantity remains",
			learned{roundings: cents, remains: map[string]bool{"": true}}, entry("0.0123", "quantity", "100"),
			status("Pending", "0.02", "100"), fitting},
		{"another quantity remains, of a service of which nothing was learned",
			learned{roundings: cents, remains: map[string]bool{"": true}},
			entry("0.0123", "quantity", "100", "service", "7"), status("Pending", "0.02", "110"), fitting},
		{"another quantity remains",
			learned{roundings: cents, remains: map[string]bool{"": true}}, entry("0.0123", "quantity", "100"),
			status("Pending", "0.02", "101"), misfit},
		{"remains prove nothing on this panel", learned{roundings: cents}, entry("0.0123", "quantity", "100"),
			status("Pending", "0.02", "0"), fitting},
		{"something was delivered",
			learned{roundings: cents, remains: map[string]bool{"": true}}, entry("0.0123", "quantity", "100"),
			status("In progress", "0.02", "40"), fitting},
		{"lists have no quantity",
			learned{roundings: cents, remains: map[string]bool{"": true}}, entry("0.0123", "comments", "a\nb"),
			status("Pending", "0.02", "1000"), fitting},
	} {
		if got := tt.learned.fits(tt.entry, found{status: tt.status}); got != tt.want {
			t.Errorf("%s: %s", tt.sentence, fmt.Sprint(got))
		}
	}
}

// request is a request of the second row of a batch, whose order lies between 10 and 20.
func request(tried *journal.Tried) suspect {
	return suspect{entry: journal.Entry{Seq: 2, Rate: decimal.New(1, 0), Units: journal.Exactly(decimal.New(1, 0))},
		batch: journal.Batch{ID: "b"}, tried: tried, other: tried != nil, low: 10, high: 20, known: true, searched: true}
}

// TestAnOrderOfAnEarlierRequestIsInherited, unless it may be a second one of a row that has its own.
func TestAnOrderOfAnEarlierRequestIsInherited(t *testing.T) {
	for secondOne, want := range map[bool]int{false: 0, true: -1} {
		last := request(nil)
		last.low = 15
		status := panel.Status{Status: "Pending", Charge: decimal.NewNullDecimal(decimal.New(1, 0))}
		m := match([]suspect{request(&journal.Tried{}), last}, []found{{id: 12, status: status}},
			learned{roundings: roundings{{way: exactly}}})
		m.secondOnes = func(int) bool { return secondOne }
		m.inherit()
		if m.order[1] != want || (m.certain(1) == journal.Inferred) == secondOne {
			t.Errorf("second one %v: row 2 has order %d, want %d, %q", secondOne, m.order[1], want, m.certain(1))
		}
	}
}

// TestAnOrderThatWasSeenBeforeIsNoLaterRequests: then it is the row's that was sent before, though another costs the
// same.
func TestAnOrderThatWasSeenBeforeIsNoLaterRequests(t *testing.T) {
	began := time.UnixMilli(1_700_000_000_000)
	for seen, want := range map[time.Duration]journal.How{
		0: "", 9 * time.Millisecond: journal.Inferred, 10 * time.Millisecond: "", time.Second: "",
	} {
		first, copied := request(nil), request(nil)
		first.began, copied.began = began, began.Add(10*time.Millisecond)
		copied.entry.Seq, copied.copied, copied.other = 3, true, true
		o := found{id: 12, status: panel.Status{Status: "Pending", Charge: decimal.NewNullDecimal(decimal.New(1, 0))}}
		if seen > 0 {
			o.seen.At = began.Add(seen)
		}
		m := match([]suspect{first, copied}, []found{o}, learned{roundings: roundings{{way: exactly}}})
		if got := m.certain(0); got != want {
			t.Errorf("seen after %s: %q, want %q", seen, got, want)
		}
	}
}

// TestOneOrderOfTwoRequestsIsTheRows, whichever of them made it, also where no order of ours was sent after them. Where
// the last request's would lie elsewhere that can't be known.
func TestOneOrderOfTwoRequestsIsTheRows(t *testing.T) {
	for _, tt := range []struct {
		order int64
		open  bool
		want  journal.How
	}{{16, false, journal.Inferred}, {16, true, journal.Inferred}, {12, false, journal.Inferred}, {12, true, ""}} {
		first, last := request(&journal.Tried{}), request(nil)
		if last.low = 15; tt.open {
			first.high, last.high, last.searched = 0, 0, false
		}
		status := panel.Status{Status: "Pending", Charge: decimal.NewNullDecimal(decimal.New(1, 0))}
		m := match([]suspect{first, last}, []found{{id: tt.order, status: status}},
			learned{roundings: roundings{{way: exactly}}})
		m.secondOnes = func(int) bool { return false }
		if m.inherit(); m.certain(1) != tt.want {
			t.Errorf("order %d, nothing sent later %v: %q, want %q", tt.order, tt.open, m.certain(1), tt.want)
		}
	}
}

// TestAnOrderStandsWhateverItIsChargedNow: it may have been given back.
func TestAnOrderStandsWhateverItIsChargedNow(t *testing.T) {
	for id, want := range map[int64]bool{12: true, 22: false} {
		status := panel.Status{Status: "Canceled", Charge: decimal.NewNullDecimal(decimal.New(7, 0))}
		other := request(nil)
		other.entry.Seq, other.entry.Rate, other.low, other.high = 3, decimal.New(7, 0), 10, 30
		other.other = true
		m := match([]suspect{request(nil), other, other}, []found{{id: id, status: status}},
			learned{roundings: roundings{{way: exactly}}})
		if got := m.stands("b", 2); got != want {
			t.Errorf("order %d: %v", id, got)
		}
	}
}

// TestWordsOfAWindow: what wasn't told isn't said not to be there, and nobody is another row of itself.
func TestWordsOfAWindow(t *testing.T) {
	k := learned{roundings: roundings{{way: exactly}}, bounded: true}
	told := func(do func(x *suspect), ids ...int64) string {
		first, last, neighbour := request(&journal.Tried{}), request(nil), request(nil)
		neighbour.entry.Seq, neighbour.entry.Line = 3, 33
		if len(ids) < 2 {
			neighbour.low, neighbour.high = 30, 40
		}
		do(&last)
		var orders []found
		for _, id := range ids {
			orders = append(orders, found{id: id,
				status: panel.Status{Status: "Pending", Charge: decimal.NewNullDecimal(decimal.New(1, 0))}})
		}
		return match([]suspect{first, last, neighbour}, orders, k).words(1)
	}
	for _, tt := range []struct {
		words, want string
	}{
		{told(func(*suspect) {}), "no order is there between orders 10 and 20"},
		{told(func(x *suspect) { x.searched = false }),
			"no order was found between orders 10 and 20 so far; not all that may be there was asked about"},
		{told(func(x *suspect) { x.searched, x.unclear = false, true }), "no order was found between orders 10 and 20 so " +
			"far; the panel didn't say of all that may be there whether it has them"},
		{told(func(x *suspect) { x.searched, x.high = false, 0 }),
			"no order was found after order 10 so far; no order of ours closes the gap"},
		{told(func(*suspect) {}, 12), "order 12 (charged 1) between orders 10 and 20 may be its own"},
		{told(func(*suspect) {}, 12, 13), "the orders 12 (charged 1), 13 (charged 1) between orders 10 and 20 may be its " +
			"own or another row's; the others are: row 33 of batch b"},
	} {
		if tt.words != tt.want {
			t.Errorf("%q, want %q", tt.words, tt.want)
		}
	}
}

// TestWhatSpeaksAgainstAnOrder is told, and the order isn't what a person is told to say.
func TestWhatSpeaksAgainstAnOrder(t *testing.T) {
	s := &Settler{Late: time.Second, Panel: &panel.Client{}}
	for _, tt := range []struct {
		sentence string
		set      func(m *matching)
		placed   string
	}{
		{"nothing does", func(*matching) {}, "12"},
		{"its charge left the balance", func(m *matching) { m.left = decimal.NewNullDecimal(decimal.New(1, 0)) }, "12"},
		{"less left the balance", func(m *matching) { m.left = decimal.NewNullDecimal(decimal.New(9, -1)) }, ""},
		{"a refused row may have made it", func(m *matching) { m.refusedOnes = func(int) string { return "row 9" } }, ""},
		{"others order on the account", func(m *matching) { m.advice = "others order on this account too" }, ""},
		{"there is little to compare with", func(m *matching) { m.advice, m.few = "there is too little", true }, "12"},
		{"another order can be no row's", func(m *matching) {
			m.orders, m.row = append(m.orders, m.orders[0]), append(m.row, -1)
		}, ""},
		{"it may be a second one, and the panel said no", func(m *matching) {
			m.suspects[0].sent.Verdict, m.secondOnes = "active order", func(int) bool { return true }
		}, ""},
	} {
		status := panel.Status{Status: "Pending", Charge: decimal.NewNullDecimal(decimal.New(1, 0))}
		m := match([]suspect{request(nil)}, []found{{id: 12, status: status}},
			learned{roundings: roundings{{way: exactly}}, bounded: true})
		m.secondOnes, m.refusedOnes = func(int) bool { return false }, func(int) string { return "" }
		tt.set(m)
		if f := s.finding(m, 0, "words"); f.Placed != tt.placed || (f.Words == "words") != (tt.placed != "") {
			t.Errorf("%s: %+v", tt.sentence, f)
		}
	}
}

// TestAnOrderThatMayBeAnotherAccountsIsGivenToNobody: a row has its id on an account that may be this one.
func TestAnOrderThatMayBeAnotherAccountsIsGivenToNobody(t *testing.T) {
	s := &Settler{Late: time.Second, Panel: &panel.Client{}}
	s.Panel.Panel.Exclusive = panel.Alone
	status := panel.Status{Status: "Pending", Charge: decimal.NewNullDecimal(decimal.New(1, 0))}
	for _, beside := range []bool{false, true} {
		m := match([]suspect{request(nil)}, []found{{id: 12, status: status, beside: beside}},
			learned{roundings: roundings{{way: exactly}}, bounded: true})
		m.secondOnes, m.refusedOnes = func(int) bool { return false }, func(int) string { return "" }
		hindered := strings.Contains(s.hindrance(m, []int{0}), "under another address")
		if f := s.finding(m, 0, "words"); hindered != beside || (f.Placed == "") != beside {
			t.Errorf("beside %v: hindered %v, %+v", beside, hindered, f)
		}
	}
}

// TestARowThatIsPutOffIsntDecided: where not all was asked about that lies where its order must, nothing is decided
// about it, by what was found or by the balance.
func TestARowThatIsPutOffIsntDecided(t *testing.T) {
	x := request(nil)
	x.putOff = true
	s := &Settler{Late: time.Second, Panel: &panel.Client{}}
	s.Panel.Panel.Exclusive = panel.Alone
	status := panel.Status{Status: "Pending", Charge: decimal.NewNullDecimal(decimal.New(1, 0))}
	m := match([]suspect{x}, []found{{id: 12, status: status}}, learned{roundings: roundings{{way: exactly}}, bounded: true})
	m.secondOnes, m.refusedOnes = func(int) bool { return false }, func(int) string { return "" }
	if why := s.hindrance(m, []int{0}); !strings.Contains(why, "not all was asked about") {
		t.Errorf("what hinders it: %q", why)
	}
	if f := s.finding(m, 0, "words"); f.Placed != "" || f.NotPlaced {
		t.Errorf("%+v", f)
	}
	if m = match([]suspect{x}, nil, m.learned); !m.mayStand(x.batch.ID, x.entry.Seq) {
		t.Error("its order may stand where nobody looked")
	}
}

// TestRowsThatHaveTheirOrdersDontExchangeThem: that would take prices that moved to just what the others cost; a row
// that has none may have an order of theirs.
func TestRowsThatHaveTheirOrdersDontExchangeThem(t *testing.T) {
	row := func(seq, cost int64) suspect {
		return suspect{low: 10, high: 20, batch: journal.Batch{ID: "b"}, entry: journal.Entry{Seq: seq,
			Rate: decimal.New(cost, 0), Units: journal.Exactly(decimal.New(1, 0))}}
	}
	order := func(id, charge int64) found {
		return found{id: id, status: panel.Status{Status: "Completed", Remains: "0",
			Charge: decimal.NewNullDecimal(decimal.New(charge, 0))}}
	}
	k := learned{roundings: roundings{{way: exactly}}} // no price is known to have held
	for _, tt := range []struct {
		sentence string
		rows     []suspect
		orders   []found
		want     journal.How // of the first row
	}{
		{"each has its own", []suspect{row(1, 5), row(2, 7)}, []found{order(12, 5), order(13, 7)}, journal.Inferred},
		{"another row has none", []suspect{row(1, 5), row(2, 7), row(3, 9)}, []found{order(12, 5), order(13, 7)}, ""},
		{"another order is nobody's", []suspect{row(1, 5), row(2, 7), row(3, 9)},
			[]found{order(12, 5), order(13, 7), order(14, 8)}, journal.InSet},
	} {
		m := match(tt.rows, tt.orders, k)
		if m.certain(0) != tt.want {
			t.Errorf("%s: %q, want %q", tt.sentence, m.certain(0), tt.want)
		}
		if tt.want == journal.InSet && len(m.are(strange, 0)) == 0 {
			t.Errorf("%s: nothing is strange about it", tt.sentence)
		}
	}
}
