package settle

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

// learned is what a panel's own orders of ours taught: how it tells of an order, and whether what it shows proves
// anything.
type learned struct {
	roundings  roundings             // of charges
	remains    map[string]bool       // services of which Pending orders have their quantity as remains; nil: some have not
	prices     prices                // at which services were charged around rows in doubt
	now        map[priceOf]time.Time // when the catalogue had a price still
	largest    map[string]int64      // quantity of which remains told all, by service
	words      map[string]bool       // statuses that aren't understood, of orders that have given no money back
	odd        map[string]bool       // such, where a charge of ours isn't what was expected: some may have been given back
	returns    endings               // what the charge is of orders that gave money back
	shown      bool                  // every order of ours is
	bounded    bool                  // an order must lie in its row's window, and would be shown there
	tells      shownAs               // parameters that the panel shows of orders as they were sent
	doubled    bool                  // requests come twice on their way: orders that no row claims are second ones of ours
	numberless bool                  // ids aren't numbers, and nothing else is against the panel
	few        bool                  // there is too little of ours to compare with, and nothing else against the panel
	strangers  []found               // orders of nobody's, elsewhere than rows in doubt must have theirs
	advice     string                // why nothing is decided, whatever is found; empty: proof decides
}

// fewest is how many Pending orders of ours must agree before remains tell orders apart.
const fewest = 3

// calibrate finds out whether the panel behaves so that findings prove something, and says why not.
func (s *Settler) calibrate(ctx context.Context, p *prober, l *ledger, suspects []suspect) (learned, error) {
	k, err := s.learn(ctx, p)
	if err != nil {
		return k, err
	}
	// What hinders most is told.
	switch {
	case !l.numeric:
		k.numberless = k.advice == "" && k.shown
		k.advice = "the panel's order ids are no numbers, or it has no order of ours to compare with"
	case !l.ascending():
		k.advice = "the panel's order ids don't ascend in the order of sending"
	default:
		k.bounded = k.shown
	}
	switch {
	case s.Panel.Panel.Exclusive == panel.Shared:
		k.advice = "others order on this account too"
	case k.advice != "":
	case len(l.own) < 2:
		k.advice, k.few = "there are too few orders of ours to compare with", true
	default:
		k.advice, err = s.calibrateStrangers(ctx, p, l, suspects, &k)
	}
	return k, err
}

// learn asks for the last orders of ours, which must be shown, and learns from them how the panel tells charges and
// remains. All of the account's orders must agree.
func (s *Settler) learn(ctx context.Context, p *prober) (k learned, err error) {
	own, err := s.Journal.Newest(ctx, s.account(), p.atOnce())
	if err != nil {
		return k, err
	}
	priced, err := s.Journal.Priced(ctx, s.account())
	if err != nil {
		return k, err
	}
	doubtful, err := s.doubtful(ctx)
	if err != nil {
		return k, err
	}
	own = slices.DeleteFunc(own, func(e journal.Entry) bool { return doubtful[journal.OrderKey(e.OrderID)] })
	priced = slices.DeleteFunc(priced, func(p journal.Priced) bool { return doubtful[journal.OrderKey(p.OrderID)] })
	now, err := p.own(ctx, own)
	if err != nil {
		return k, err
	}
	for i, e := range own {
		if now[i].Error != "" || now[i].Status == "" {
			k.advice = fmt.Sprintf("the panel doesn't show order %s, which it gave us", e.OrderID)
			return k, nil
		}
		priced = appendPriced(priced, e, now[i])
	}
	k.shown = true
	var against *journal.Priced
	if k.roundings, against, k.odd = learnCharges(priced); against != nil {
		k.advice = fmt.Sprintf("order %s was charged %s, which is not what was expected of its row (%s)",
			against.OrderID, against.Charge, against.Estimate)
	}
	if len(priced) == 0 && k.advice == "" {
		k.advice = "the panel told no charge yet of an order of ours, with which to compare"
	}
	if err := s.learnWords(ctx, &k, priced); err != nil {
		return k, err
	}
	ended, err := s.Journal.GaveBack(ctx, s.account())
	if err != nil {
		return k, err
	}
	k.returns = k.roundings.learnReturns(ended)
	k.tells = learnTells(own, now)
	k.remains, k.largest, err = s.learnRemains(ctx, own, now)
	return k, err
}

// learnCharges learns how the panel rounds charges, from orders whose status isn't understood only as far as the others
// agree: odd are statuses of those that don't.
func learnCharges(all []journal.Priced) (left roundings, against *journal.Priced, odd map[string]bool) {
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b journal.Priced) int {
		switch {
		case unclear(a) == unclear(b):
			return 0
		case unclear(b):
			return -1
		}
		return 1
	})
	odd = map[string]bool{}
	for {
		left, against = learnRoundings(all)
		if against == nil || !unclear(*against) {
			return left, against, odd
		}
		word := against.Status
		odd[word] = true
		all = slices.DeleteFunc(all, func(p journal.Priced) bool { return p.Status == word })
	}
}

func unclear(p journal.Priced) bool { return journal.StandingOf(p.Status) == journal.Unclear }

// learnWords learns, where statuses of ours aren't understood, with which of them orders of ours begin: they had their
// whole charge then, as often as [fewest]. What they end with would not tell, nor what was told once.
func (s *Settler) learnWords(ctx context.Context, k *learned, priced []journal.Priced) error {
	if !slices.ContainsFunc(priced, unclear) {
		return nil
	}
	first, err := s.Journal.FirstPriced(ctx, s.account(), fewest)
	if err != nil {
		return err
	}
	times := map[string]int{}
	for _, p := range first {
		if !k.roundings.agree(p.Estimate, p.Charge) {
			k.odd[p.Status] = true
		}
		times[p.Status]++
	}
	k.words = map[string]bool{}
	for word, n := range times {
		k.words[word] = n >= fewest && !k.odd[word]
	}
	return nil
}

// appendPriced adds what an order is charged as the panel tells it now.
func appendPriced(all []journal.Priced, e journal.Entry, s panel.Status) []journal.Priced {
	estimate, exact := e.Estimate()
	if !exact || !s.Charge.Valid || parameter(e, "runs") != "" ||
		!journal.Charges(s.Status, s.Charge.Decimal, estimate) {
		return all
	}
	return append(all, journal.Priced{OrderID: e.OrderID, Estimate: estimate, Charge: s.Charge.Decimal, Status: s.Status,
		Service: e.Service, Rate: e.Rate})
}

// learnRemains gives the services of which orders of ours that are Pending, now or when they were asked about before,
// have their quantity as remains, and the largest that had; none, where one order of the account has not.
func (s *Settler) learnRemains(ctx context.Context, own []journal.Entry, now []panel.Status) (
	services map[string]bool, largest map[string]int64, err error,
) {
	all, err := s.Journal.PendingRemains(ctx, s.account())
	if err != nil {
		return nil, nil, err
	}
	for i := range all {
		all[i].Status = "Pending"
	}
	for i, e := range own {
		e.Status, e.Remains = now[i].Status, now[i].Remains
		all = append(all, e)
	}
	services, largest = map[string]bool{}, map[string]int64{}
	agreed := 0
	for _, e := range all {
		switch is, known := remainsAll(e, e.Status, e.Remains); {
		case known && !is:
			return nil, nil, nil
		case known:
			agreed++
			service := parameter(e, "service")
			services[service], largest[service] = true, max(largest[service], quantity(e))
		}
	}
	if agreed < fewest {
		return nil, nil, nil
	}
	return services, largest, nil
}

// quantity is how much a row orders; 0: it doesn't say.
func quantity(e journal.Entry) int64 {
	n, err := strconv.ParseInt(parameter(e, "quantity"), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// remainsAll tells whether an order that is Pending has all of a row's quantity as remains; known is false where it
// isn't Pending or one of the two isn't told.
func remainsAll(e journal.Entry, status, remains string) (all, known bool) {
	if !isPending(status) || parameter(e, "runs") != "" {
		return false, false
	}
	left, untold := strconv.ParseInt(strings.TrimSpace(remains), 10, 64)
	ordered, unsaid := strconv.ParseInt(parameter(e, "quantity"), 10, 64)
	return left == ordered, untold == nil && unsaid == nil
}

func isPending(status string) bool { return strings.EqualFold(strings.TrimSpace(status), "pending") }

func parameter(e journal.Entry, name string) string {
	for _, p := range e.Params {
		if p.Name == name {
			return p.Value
		}
	}
	return ""
}

// unsaidCalls is in how many calls' worth of ids strangers are looked for where nobody said that there are none.
const unsaidCalls = 10

// calibrateStrangers: ids that aren't ours are not shown. They are looked at below the first order that may
// be ours, and between own orders where no row in doubt can lie, the last ones first.
func (s *Settler) calibrateStrangers(ctx context.Context, p *prober, l *ledger, suspects []suspect,
	k *learned,
) (string, error) {
	inDoubt := func(id int64) bool {
		return slices.ContainsFunc(suspects, func(x suspect) bool { return !x.turned() && x.holds(id) })
	}
	var ids []int64
	most := p.atOnce()
	if s.Panel.Panel.Exclusive == panel.NotSaid {
		most *= unsaidCalls
	}
	for id := l.last - 1; id > l.first && len(ids) < most; id-- {
		if !l.claimed[id] && !inDoubt(id) {
			ids = append(ids, id)
		}
	}
	for id := l.last + 1; id <= l.last+int64(min(margin, p.atOnce())); id++ {
		if !inDoubt(id) {
			ids = append(ids, id)
		}
	}
	for id, n := l.first-2*margin, 0; n < min(margin-1, p.atOnce()); id, n = id+1, n+1 {
		ids = append(ids, id)
	}
	if err := p.ask(ctx, ids); err != nil {
		return "", err
	}
	strangers, err := s.found(ctx, p, l, ids)
	if err != nil {
		return "", err
	}
	if k.strangers = strangers; len(strangers) == 0 {
		return "", nil
	}
	copies, all, err := s.explained(ctx, l, *k, strangers)
	if all && err == nil {
		k.doubled = true
		return "", s.twice(match(copies, strangers, *k))
	}
	o := strangers[0]
	return fmt.Sprintf("the panel shows order %d (charged %s), which is no row's: others order on this account, "+
		"or a journal is missing", o.id, chargeWords(o.status)), err
}
