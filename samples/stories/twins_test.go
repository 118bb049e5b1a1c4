//go:build unix

package stories_test

import (
	"encoding/json"
	"math/big"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"bulkorder/samples/sandbox"
)

// twins finds rows that are left in doubt of which nobody can know that they were ordered: another world answers all
// the same, in which the row isn't ordered, and its order is another row's of the same charge that was sent in time
// for it, or a second order of a request that came twice. Where ids are no numbers, nothing can be looked for at all.
type twins struct {
	doubts   []bookRow              // in the end
	began    map[string][]time.Time // when a row was sent, by batch and row
	late     time.Duration          // how long after its request an order may appear
	answered []answeredOrder
	taken    map[string][2]time.Time // from when until when an order may have been taken, by its id
	orders   []sandbox.Order         // that no row of the books has
	placed   []bookRow               // rows that have their orders; nil where no request comes twice
	charge   map[string]string       // of service and quantity, as the panel takes it
	rates    map[string]*big.Rat     // of a thousand, by service
}

// answeredOrder is an order that was answered, and when its request was under way: it was taken meanwhile.
type answeredOrder struct {
	id           int
	began, ended time.Time
}

func (w *trialShop) moment(text string) time.Time {
	ms, err := strconv.ParseInt(text, 10, 64)
	must(w.t, err)
	return time.UnixMilli(ms)
}

// between gives from when until when an order may have been taken, for all that its id tells: after those with lower
// ids had left, and before those with higher ones were answered.
func (tw *twins) between(o sandbox.Order) (from, to time.Time) {
	id, err := strconv.Atoi(o.ID)
	from, to = time.Time{}, time.Now()
	for _, a := range tw.answered {
		switch {
		case err != nil:
		case a.id < id && a.began.After(from):
			from = a.began
		case a.id > id && a.ended.Before(to):
			to = a.ended
		}
	}
	return from, to
}

func (w *trialShop) twins(c *came, ledger []sandbox.Order) *twins {
	w.t.Helper()
	tw := &twins{late: w.after, charge: map[string]string{}, taken: map[string][2]time.Time{}, began: map[string][]time.Time{}, rates: w.rates()}
	for text := range w.ask(`SELECT b.id || ' ' || r.line || '@' || a.started_at || '@' || a.ended_at || '@' ||
		CASE a.verdict WHEN 'placed' THEN a.order_id ELSE '' END
		FROM rows r JOIN batches b ON b.n = r.batch JOIN attempts a ON a.batch = r.batch AND a.seq = r.seq`) {
		fields := strings.Split(text, "@")
		began := w.moment(fields[1])
		tw.began[fields[0]] = append(tw.began[fields[0]], began)
		if id, err := strconv.Atoi(fields[3]); err == nil {
			tw.answered = append(tw.answered, answeredOrder{id, began, w.moment(fields[2])})
		}
	}
	taken := map[string]bool{}
	twice := slices.Contains([]string{"doubled", "turns"}, c.name)
	for _, row := range w.books() {
		switch row.State {
		case "in_doubt", "sending":
			tw.doubts = append(tw.doubts, row)
		case "placed":
			taken[row.OrderID] = true
			for _, id := range row.oneOf {
				taken[id] = true
			}
			if twice {
				tw.placed = append(tw.placed, row)
			}
		}
	}
	for _, o := range ledger {
		if o.By != "api" {
			continue
		}
		tw.charge[o.Fields["service"]+" "+o.Fields["quantity"]] = o.Charge
		if !taken[o.ID] {
			tw.orders = append(tw.orders, o)
		}
	}
	for _, o := range tw.orders {
		from, to := tw.between(o)
		tw.taken[o.ID] = [2]time.Time{from, to}
	}
	return tw
}

// rates asks the panel for its prices.
func (w *trialShop) rates() map[string]*big.Rat {
	w.t.Helper()
	answer, err := http.PostForm(w.url, url.Values{"action": {"services"}, "key": {key}})
	must(w.t, err)
	defer answer.Body.Close()
	var list []struct {
		Service any
		Rate    any
	}
	must(w.t, json.NewDecoder(answer.Body).Decode(&list))
	rates := map[string]*big.Rat{}
	for _, s := range list {
		rates[text(s.Service)] = rational(text(s.Rate))
	}
	return rates
}

func text(v any) string {
	if n, is := v.(float64); is {
		return strconv.FormatFloat(n, 'f', -1, 64)
	}
	s, _ := v.(string)
	return s
}

// knowable tells whether there is no world in which all that the panel answers is the same and the row isn't ordered.
func (tw *twins) knowable(row bookRow) bool {
	name := row.batch + " " + strconv.Itoa(row.Row)
	own := slices.IndexFunc(tw.orders, func(o sandbox.Order) bool { return o.Fields["link"] == row.Params["link"] })
	if own < 0 {
		return true
	}
	if _, err := strconv.Atoi(tw.orders[own].ID); err != nil {
		return false
	}
	owner := map[string]int{} // the order that each doubtful row has in that world
	for i, o := range tw.orders {
		if tw.isASecondOne(o) {
			continue
		}
		if !tw.give(i, name, owner, map[string]bool{}) {
			return true
		}
	}
	return false
}

// give finds an owner for an order among the rows in doubt without one of them, if others have to change theirs too.
func (tw *twins) give(i int, without string, owner map[string]int, seen map[string]bool) bool {
	for _, row := range tw.doubts {
		name := row.batch + " " + strconv.Itoa(row.Row)
		if name == without || seen[name] || !tw.fits(row, tw.orders[i]) {
			continue
		}
		seen[name] = true
		if other, has := owner[name]; !has || tw.give(other, without, owner, seen) {
			owner[name] = i
			return true
		}
	}
	return false
}

// isASecondOne tells whether an order may be what came of a placed row's request when it came again.
func (tw *twins) isASecondOne(o sandbox.Order) bool {
	return slices.ContainsFunc(tw.placed, func(row bookRow) bool { return tw.fits(row, o) })
}

// fits tells whether an order may be a row's, by all that is shown of it.
func (tw *twins) fits(row bookRow, o sandbox.Order) bool {
	if o.Fields["link"] == row.Params["link"] {
		return true
	}
	sent := tw.began[row.batch+" "+strconv.Itoa(row.Row)]
	from, to := tw.taken[o.ID][0], tw.taken[o.ID][1]
	if !slices.ContainsFunc(sent, func(began time.Time) bool {
		return !began.After(to) && !began.Add(tw.late).Before(from)
	}) {
		return false
	}
	if rational(o.Net).Sign() == 0 { // it was canceled, and how dear it was is nowhere to be seen
		return true
	}
	a, b := row.Params, o.Fields
	if a["service"] == b["service"] && a["quantity"] == b["quantity"] {
		return true
	}
	if charge, is := tw.charge[a["service"]+" "+a["quantity"]]; is {
		return charge == o.Charge && o.Net == o.Charge
	}
	return tw.exact(a).Cmp(tw.exact(b)) == 0 && o.Net == o.Charge
}

// exact is what an order costs before the panel rounds it.
func (tw *twins) exact(fields map[string]string) *big.Rat {
	rate := tw.rates[fields["service"]]
	if rate == nil {
		return new(big.Rat)
	}
	return new(big.Rat).Mul(rate, rational(fields["quantity"]))
}
