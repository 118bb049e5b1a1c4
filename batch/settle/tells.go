package settle

import (
	"fmt"
	"strings"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
	"bulkorder/parse"
)

// Some panels tell beside an order's status what was ordered: its link, quantity and service. Where they tell it of all
// orders of ours as we sent it, an order that is told otherwise isn't taken for a row's. That proves that it is none of
// it only where they told it so of orders of its own kind: some fulfil one service by another, and tell all the runs of
// a drip-feed as one quantity.

// orderKind is of what kind orders are of which a panel may tell in another way than of others what was ordered.
type orderKind struct {
	service string
	inRuns  bool
}

func orderKindOf(e journal.Entry) orderKind {
	return orderKind{parameter(e, "service"), parameter(e, "runs") != ""}
}

// shownAs are parameters that a panel shows of orders as they were sent, and of which kinds of orders it does so.
type shownAs map[string]map[orderKind]bool

// learnTells gives the parameters that the panel shows of orders of ours as they were sent, of as many as [fewest], and
// of which kinds of orders it did so.
func learnTells(own []journal.Entry, now []panel.Status) shownAs {
	tells := shownAs{}
	for _, name := range []string{"link", "quantity", "service"} {
		agreed, of, other := 0, map[orderKind]int{}, false
		for i, e := range own {
			switch told, sent := toldOf(now[i], name), parameter(e, name); {
			case told == "" || sent == "":
			case sameValue(name, told, sent):
				agreed++
				of[orderKindOf(e)]++
			default:
				other = true
			}
		}
		if agreed < fewest || other {
			continue
		}
		tells[name] = map[orderKind]bool{}
		for k, n := range of {
			tells[name][k] = n >= fewest
		}
	}
	return tells
}

// showsOther tells whether a panel that shows what was ordered shows something else of an order than a row orders.
func (k learned) showsOther(e journal.Entry, o found) bool {
	for name := range k.tells {
		if showsOther(name, e, o) {
			return true
		}
	}
	return false
}

// isForOther tells whether that proves that the order isn't the row's: it was shown as it was sent of orders of the
// row's kind.
func (k learned) isForOther(e journal.Entry, o found) bool {
	for name, kinds := range k.tells {
		if kinds[orderKindOf(e)] && showsOther(name, e, o) {
			return true
		}
	}
	return false
}

// otherwise says what of an order is shown otherwise than a row orders it; empty: nothing, as far as the panel shows
// it.
func (k learned) otherwise(e journal.Entry, o found) string {
	for _, name := range []string{"link", "quantity", "service"} {
		if k.tells[name] != nil && showsOther(name, e, o) {
			return fmt.Sprintf("its %s is shown as %q", name, toldOf(o.status, name))
		}
	}
	return ""
}

// resembles tells whether an order is charged as a row's would be, and no other quantity remains of it: panels show
// links and services otherwise than they were sent, too.
func (k learned) resembles(e journal.Entry, o found) bool {
	return !k.leavesOther(e, o) && k.charges(e, o) != misfit
}

func showsOther(name string, e journal.Entry, o found) bool {
	told, sent := toldOf(o.status, name), parameter(e, name)
	return told != "" && sent != "" && !sameValue(name, told, sent) && !(name == "link" && isCut(told, sent))
}

// isCut tells whether a link is shown without its end: that tells neither for nor against it.
func isCut(told, sent string) bool {
	const shortest = 20
	told = strings.TrimRight(strings.TrimSpace(told), ".…")
	return len(told) >= shortest && strings.HasPrefix(strings.TrimSpace(sent), told)
}

func toldOf(s panel.Status, name string) string {
	switch name {
	case "link":
		return s.Link
	case "quantity":
		return s.Quantity
	}
	return s.Service
}

func sameValue(name, told, sent string) bool {
	told, sent = strings.TrimSpace(told), strings.TrimSpace(sent)
	return told == sent || name == "link" && parse.Target(told, "") == parse.Target(sent, "")
}
