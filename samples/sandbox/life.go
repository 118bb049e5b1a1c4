package sandbox

import (
	"cmp"
	"time"
)

// What becomes of an order follows from its id, and how far it is from its age:
// it waits as Pending, is In progress, and ends. Of a hundred orders about 88
// end Completed, 7 Partial and 5 Canceled, where Config.Refunds says nothing else.
//
// At speed 1 an order waits 5 to 20 s and works 20 to 120 s.

// ends is how an order left to itself goes: the times, and the end.
type ends struct {
	starts, done time.Time
	status       string
	delivered    int64 // pieces at the end
}

func (b *books) ends(e *entry) ends {
	draw := scatter(uint64(e.id))
	waits := 5*time.Second + time.Duration(draw%15_000)*time.Millisecond
	works := 20*time.Second + time.Duration(draw>>16%100_000)*time.Millisecond
	end := ends{
		starts:    e.taken.Add(b.aged(waits)),
		done:      e.taken.Add(b.aged(waits + works)),
		status:    "Completed",
		delivered: e.pieces,
	}
	refunds := cmp.Or(b.refunds, 12)
	switch fate := draw >> 40 % 100; {
	case e.parent != 0: // its drip-feed gives back what there is to give back
	case fate < refunds*5/12:
		end.status, end.delivered = "Canceled", 0
	case fate < refunds && e.pieces > 1:
		share := int64(10 + draw>>48%80) // hundredths
		end.status, end.delivered = "Partial", max(1, e.pieces*share/100)
	}
	return end
}

// aged turns a time at speed 1 into real time.
func (b *books) aged(d time.Duration) time.Duration {
	const ages = 100 * 365 * 24 * time.Hour
	if b.speed < 0 {
		return ages
	}
	if real := float64(d) / b.speed; real < float64(ages) {
		return time.Duration(real)
	}
	return ages
}

// state returns the status of an order and how many pieces it delivered.
func (b *books) state(e *entry, now time.Time) (status string, delivered int64) {
	if e.subscription() {
		return e.subscriptionStatus(now), 0
	}
	if e.canceled.IsZero() {
		return b.untouched(e, now)
	}
	// What was delivered before the cancellation stays, and is paid.
	if _, delivered = b.untouched(e, e.canceled); delivered > 0 {
		return "Partial", delivered
	}
	return "Canceled", 0
}

// untouched is the state of an order that nobody cancels.
func (b *books) untouched(e *entry, now time.Time) (status string, delivered int64) {
	end := b.ends(e)
	switch {
	case now.Before(end.starts):
		return "Pending", 0
	case now.Before(end.done):
		share := float64(now.Sub(end.starts)) / float64(end.done.Sub(end.starts))
		return "In progress", int64(share * float64(end.delivered))
	}
	return end.status, end.delivered
}

func (e *entry) subscriptionStatus(now time.Time) string {
	if !e.canceled.IsZero() {
		return "Canceled"
	}
	f, _ := parseForm(e.form)
	if end, ok := expiry(f); ok && !now.Before(end) {
		return "Expired"
	}
	return "Active"
}

// final tells whether a status never changes again.
func final(status string) bool {
	switch status {
	case "Pending", "In progress", "Active":
		return false
	}
	return true
}

// net is what an order costs in a state: all of it until it is final, then the
// pieces that it delivered.
func (b *books) net(e *entry, status string, delivered int64) money {
	if !final(status) || e.pieces == 0 {
		return e.charge
	}
	return e.round.of(e.charge, delivered, e.pieces)
}

// startCount is the count that a page had before the order.
func (e *entry) startCount() int64 { return int64(scatter(uint64(e.id)+1) % 20_000) }

// refillStatus is how far a refill is; one in ten is rejected.
func (b *books) refillStatus(r refill, now time.Time) string {
	switch age := now.Sub(r.asked); {
	case age < b.aged(10*time.Second):
		return "Pending"
	case age < b.aged(40*time.Second):
		return "In progress"
	case scatter(uint64(r.order))%10 == 0:
		return "Rejected"
	}
	return "Completed"
}
