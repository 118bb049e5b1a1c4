package notice

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/parse"
	"bulkorder/report"
)

// Event is what a notice tells of.
type Event string

const (
	Finished Event = "finished" // the run went to its end
	Stopped  Event = "stopped"  // it ended early; rows are still to be sent
	InDoubt  Event = "in_doubt" // it ended, and rows may have been ordered
	Final    Event = "final"    // no status changes any more
	Trial    Event = "test"     // a person tries whether notices come
)

// Notice tells a chat service, or a program, what became of a batch, where nobody watches the terminal.
type Notice struct {
	Event  Event
	Result report.Result
	At     time.Time // when it came to that
}

// EventOf names what a result that has just come is to be told as: doubt wins, since it alone needs a person soon.
func EventOf(r report.Result) Event {
	switch {
	case r.Rows.InDoubt > 0:
		return InDoubt
	case r.Stop != nil || r.Rows.Queued > 0:
		return Stopped
	}
	return Finished
}

// noticeJSON is the body of a notice: these fields, to which fields are only ever added. Chat services show text and
// pass over the rest.
type noticeJSON struct {
	Event    Event          `json:"event"`
	Text     string         `json:"text"`
	Batch    string         `json:"batch"`
	Panel    string         `json:"panel"`
	Sheet    string         `json:"sheet"` // the file's name without its folders
	Rows     report.Counts  `json:"rows"`
	Money    report.Money   `json:"money"`
	Statuses map[string]int `json:"statuses"`
	// rows that are held, by reason
	Held []report.HeldGroup `json:"held_rows,omitempty"`
	Next string             `json:"next"` // the command that goes on, without folders; empty: nothing is left to do
	At   string             `json:"at"`   // RFC 3339
}

func (n Notice) body() ([]byte, error) {
	r := n.Result
	statuses := map[string]int{}
	for status, rows := range r.Statuses {
		statuses[parse.Escape(status)] += rows
	}
	next := r.Next
	if r.Workbook != "" {
		next = strings.ReplaceAll(next, report.FileWord(r.Workbook), report.FileWord(baseName(r.Workbook)))
	}
	money := r.Money
	money.Currency = parse.Escape(money.Currency)
	return json.Marshal(
		noticeJSON{
			Event:    n.Event,
			Text:     n.Text(),
			Batch:    parse.Escape(r.Batch),
			Panel:    parse.Escape(r.Panel),
			Sheet:    parse.Escape(baseName(r.Sheet)),
			Rows:     r.Rows,
			Money:    money,
			Statuses: statuses,
			Held:     r.Held,
			Next:     parse.Escape(next),
			At:       n.At.UTC().Format(report.TimeText),
		},
	)
}

// Text says it in a sentence or two, safe for chat services. Rows that wait for a person's word about what they are
// warned of are told at its end.
func (n Notice) Text() string {
	words := n.text()
	for _, g := range n.Result.Held {
		if g.Reason == journal.Warned {
			words += fmt.Sprintf(" Held: %s, warned of and not accepted (%s).", report.Counted(g.Rows, "row"),
				harmless(strings.Join(g.Warnings, ", "), nameLimit))
		}
	}
	return words
}

func (n Notice) text() string {
	r := n.Result
	who := "batch " + harmless(r.Batch, nameLimit) + " of " + harmless(cmp.Or(baseName(r.Sheet), "a sheet"), nameLimit) +
		" on " + harmless(r.Panel, nameLimit)
	charged := "charged " + chargedWords(r)
	rows := strings.Join(rowWords(r.Rows), ", ")
	switch n.Event {
	case Stopped:
		why := "before its end"
		if r.Stop != nil {
			why = "early: " + strings.TrimRight(harmless(cmp.Or(r.Stop.Words, r.Stop.Why), whyLimit), ". ")
		}
		return fmt.Sprintf("bulkorder: %s stopped %s; %s; %s.%s", who, why, rows, charged, n.goOn())
	case InDoubt:
		are := "rows are"
		if r.Rows.InDoubt == 1 {
			are = "row is"
		}
		return fmt.Sprintf("bulkorder: %s has ended, and %s %s in doubt and may have been ordered: %s; %s.%s", who,
			report.Count(r.Rows.InDoubt), are, rows, charged, n.goOn())
	case Trial:
		return fmt.Sprintf("bulkorder: this is a test by %s; it is about no batch.", harmless(r.By, nameLimit))
	case Final:
		return fmt.Sprintf("bulkorder: no order of %s changes any more: %s; %s.", who, statusWords(r.Statuses), charged)
	}
	return fmt.Sprintf("bulkorder: %s is finished: %s; %s.", who, rows, charged)
}

// chargedWords is the sum that was charged; in several currencies that of each panel.
func chargedWords(r report.Result) string {
	if r.Money.Charged.Valid {
		return report.Amount(r.Money.Charged.Decimal, harmless(r.Money.Currency, nameLimit))
	}
	var all []string
	for _, p := range r.Panels {
		all = append(all, report.Amount(p.Charged, harmless(p.Currency, nameLimit))+" on "+harmless(p.Panel, nameLimit))
	}
	return strings.Join(all, ", ")
}

// goOn names the next command where that bears no path, which is nobody's business in a chat.
func (n Notice) goOn() string {
	r := n.Result
	switch {
	case r.Rows.InDoubt > 0:
		return " Next: bulkorder settle " + harmless(r.Batch, nameLimit)
	case r.Rows.Queued > 0:
		return " Next: bulkorder resume " + harmless(r.Batch, nameLimit)
	}
	return ""
}

// rowWords counts the rows of each state that has any: "1,998 placed".
func rowWords(c report.Counts) []string {
	var all []string
	for _, s := range []journal.State{journal.Placed, journal.Refused, journal.InDoubt, journal.Queued, journal.Held,
		journal.Invalid, journal.Skipped} {
		if n := c.In(s); n > 0 {
			all = append(all, report.Count(n)+" "+report.StateWords(s))
		}
	}
	if len(all) == 0 {
		all = append(all, "no rows")
	}
	return all
}

// mostToldStatuses is how many statuses a text names; there are about ten, but the panel chooses them.
const mostToldStatuses = 6

func statusWords(statuses map[string]int) string {
	names := slices.SortedFunc(maps.Keys(statuses), func(a, b string) int {
		return cmp.Or(statuses[b]-statuses[a], strings.Compare(a, b))
	})
	var all []string
	for _, name := range names[:min(len(names), mostToldStatuses)] {
		all = append(all, report.Count(statuses[name])+" "+harmless(name, nameLimit))
	}
	if len(all) == 0 {
		return "no orders"
	}
	return strings.Join(all, ", ")
}

// How many characters of a name, and of the reason of a stop, a text has at most.
const nameLimit, whyLimit = 80, 300

// harmless takes from a text what acts in a chat: Slack and Mattermost call people by <!channel> and @all,
// Discord by @everyone and <@id>, Teams and all of them read Markdown. What can't be told from these signs at a
// glance stands in their place.
func harmless(s string, limit int) string {
	s = strings.NewReplacer("<", "‹", ">", "›", "@", "＠", "&", "＆", "`", "′", "*", "∗", "~", "∼", "|", "¦", "[", "［", "]",
		"］", "://", ": //", "#", "＃").
		Replace(parse.Escape(s))
	if short := []rune(s); len(short) > limit {
		s = string(short[:limit-1]) + "…"
	}
	return s
}

// baseName is a path without its folders, as any system writes them; "-" is standard input, which has no name.
func baseName(path string) string {
	if path == "-" {
		return ""
	}
	return path[strings.LastIndexAny(path, `/\`)+1:]
}
