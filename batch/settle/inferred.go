package settle

import (
	"fmt"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

// inferredWords say on what it rests that rows are given their orders; empty where their own answers named them. A
// request that came twice beside one that was lost, of the same charge, looks like two orders to every call that there
// is, and to the balance: that is told where it may be.
func (s *Settler) inferredWords(m *matching, rows []int) (words string) {
	switch {
	case m.answered(rows):
		return ""
	case m.adds && (s.Panel.Panel.Exclusive != panel.Alone || m.few):
		words = fmt.Sprintf("; it is inferred: since %s nothing left the balance but what our orders were charged, and those "+
			"that were found", m.since.UTC().Format("2006-01-02 15:04 UTC"))
	case s.Panel.Panel.Exclusive == panel.Alone:
		words = "; it is inferred: nobody else is said to order on this account"
	default:
		words = "; it is inferred"
	}
	if len(rows) == 1 && m.certain(rows[0]) == journal.Inferred && m.secondOnes(m.order[rows[0]]) {
		words += "; were the request of another row doubled on the way, it would be that row's second order, and this row " +
			"not ordered, which no answer of the panel tells apart: its link at the panel does"
	}
	return words
}
