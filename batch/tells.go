package batch

import (
	"slices"
	"strings"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
	"bulkorder/parse"
)

// Some panels tell beside an order's status what was ordered: its link, quantity and service. Where they tell it of all
// orders of ours as we sent it, an order that is told otherwise is none of a row's.

// learnTells gives the parameters that the panel shows of orders of ours as they were sent, of as many as [fewest].
func learnTells(own []journal.Entry, now []panel.Status) (tells []string) {
	for _, name := range []string{"link", "quantity", "service"} {
		agreed, other := 0, false
		for i, e := range own {
			switch told, sent := toldOf(now[i], name), parameter(e, name); {
			case told == "" || sent == "":
			case sameValue(name, told, sent):
				agreed++
			default:
				other = true
			}
		}
		if agreed >= fewest && !other {
			tells = append(tells, name)
		}
	}
	return tells
}

// isForOther tells whether a panel that shows what was ordered shows something else of an order than a row orders.
func (k learned) isForOther(e journal.Entry, o found) bool {
	return slices.ContainsFunc(k.tells, func(name string) bool {
		told, sent := toldOf(o.status, name), parameter(e, name)
		return told != "" && sent != "" && !sameValue(name, told, sent)
	})
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
