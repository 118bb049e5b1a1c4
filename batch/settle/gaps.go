package settle

import (
	"bulkorder/batch/journal"
)

// looked is 1 for a row whose order was looked for since it is in doubt.
func (x suspect) looked() int {
	if x.entry.Finding != nil {
		return 1
	}
	return 0
}

// putOff tells whether not all was asked for that lies where a row's order must, since that was too much; wide, whether
// it is too much for the row alone.
func (p *prober) putOff(l *ledger, x suspect) (putOff, wide bool) {
	if !p.short || x.beside || x.tried != nil || x.copied {
		return false, false
	}
	high, left := x.high, 0
	if high == 0 {
		high = l.last + margin + 1
	}
	for id := x.low + 1; id < high && !wide; id++ {
		if l.claimed[id] {
			continue
		}
		if _, known := p.known[id]; !known && !p.vague[id] {
			putOff = true
		}
		left++
		wide = left > p.bound()*p.atOnce()
	}
	return putOff, putOff && wide
}

// gaps adds the ids in the rows' windows that no row claims, until there are that many.
func (l *ledger) gaps(ids map[int64]bool, suspects []suspect, most int) {
	for _, x := range suspects {
		if x.turned() && x.entry.State != journal.InDoubt { // where they are isn't looked for them
			continue
		}
		l.gap(ids, x, most)
	}
}

func (l *ledger) gap(ids map[int64]bool, x suspect, most int) {
	high := x.high
	if high == 0 {
		high = l.last + margin + 1
	}
	for id := x.low + 1; id < high && len(ids) < most; id++ {
		if !l.claimed[id] {
			ids[id] = true
		}
	}
}
