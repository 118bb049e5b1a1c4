package terminal

import (
	"fmt"
	"slices"
	"strings"

	"bulkorder/batch/journal"
	"bulkorder/parse"
	"bulkorder/report"
)

// narrowest is how many columns a screen needs on which a row to be ordered is told in one line, and leastName how many
// the name of its service.
const narrowest, leastName = 96, 20

// planned prints rows as they would be ordered, and how many more there are.
func (t Screen) planned(c Check) {
	if c.Plan == nil || len(c.Plan.First) == 0 {
		return
	}
	t.heading("What would be ordered")
	head, rows := plannedRows(c.Plan.First, len(c.Batch.Others) > 0)
	if room := t.roomForNames(head, rows); t.Width > 0 && (t.Width < narrowest || room < leastName) {
		t.plannedInTwo(c.Plan.First, len(c.Batch.Others) > 0)
	} else {
		for _, row := range rows {
			row[nameAt] = report.Clip(row[nameAt], room)
		}
		t.Table(head, rows)
	}
	if more := c.Plan.Rows - len(c.Plan.First); more > 0 {
		t.say("  and %s; --rows lists them all", report.Counted(more, "more row"))
	}
}

// nameAt is where the service's name stands in [plannedRows].
const nameAt = 2

// plannedRows are the cells of rows that are told in one line each.
func plannedRows(all []report.Planned, several bool) (head []string, rows [][]string) {
	head = []string{"Row", "Service", "Name", "Link", "Quantity", "Estimated"}
	paced := slices.ContainsFunc(all, func(p report.Planned) bool { return p.Pace() != "" })
	if paced {
		head = append(head, "Runs")
	}
	if several {
		head = append(head, "Panel")
	}
	for _, p := range all {
		row := []string{p.At().String(), p.Service, p.Name, p.Link, p.Amount(), estimated(p)}
		if paced {
			row = append(row, p.Pace())
		}
		if several {
			row = append(row, p.Panel)
		}
		rows = append(rows, row)
	}
	return head, rows
}

// roomForNames is how many columns of the screen are left for names where all else is told in full: a link that is cut
// says nothing.
func (t Screen) roomForNames(head []string, rows [][]string) int {
	room := t.Width - len(tableIndent) - len(tableGap)*(len(head)-1)
	names := 0
	for i := range head {
		widest := report.Width(head[i])
		for _, row := range rows {
			widest = max(widest, report.Width(parse.Escape(row[i])))
		}
		if i == nameAt {
			names = widest
		} else {
			room -= widest
		}
	}
	if t.Width == 0 || names <= room {
		return names
	}
	return room
}

// plannedInTwo prints what is ordered, and below it where: a link that is cut in half says nothing.
func (t Screen) plannedInTwo(all []report.Planned, several bool) {
	var rows [][]string
	for _, p := range all {
		rows = append(rows, []string{p.At().String(), strings.TrimSpace(p.Service + " " + p.Name), p.Amount(),
			estimated(p)})
	}
	var links []string
	for _, p := range all {
		link := p.Link
		if p.Pace() != "" {
			link += ", " + p.Pace()
		}
		if several {
			link += ", on " + p.Panel
		}
		links = append(links, link)
	}
	t.tableOver([]string{"Row", "Service", "Quantity", "Estimated"}, rows, links)
}

// estimated is what a row is expected to be charged.
func estimated(p report.Planned) string {
	if !p.Estimated.Valid {
		return "not known"
	}
	return report.Amount(p.Estimated.Decimal, "")
}

// left prints which rows would not be ordered, why, and what lets them go. What is wrong is told with the problems.
func (t Screen) left(c Check) {
	if c.Plan == nil {
		return
	}
	if held := c.Plan.In(journal.Held); len(held) > 0 {
		t.heading("Held, and not sent until you say so")
		for _, g := range held {
			t.heldGroup(c, g)
		}
	}
	for _, one := range []struct {
		state journal.State
		title string
	}{
		{journal.Placed, "Placed already"}, {journal.InDoubt, "In doubt, and not sent again"},
		{journal.Refused, "Refused already"}, {journal.Skipped, "Left out"},
	} {
		for _, g := range c.Plan.In(one.state) {
			t.heading(fmt.Sprintf("%s: %s", one.title, report.Counted(g.Rows, "row")))
			t.firstOf(g)
		}
	}
}

// heldGroup prints rows held for one reason.
func (t Screen) heldGroup(c Check, g report.LeftGroup) {
	hold := report.HeldFor(g.Reason)
	why, release := hold.Why, strings.ReplaceAll(hold.Release, "`", "")
	if g.Reason == journal.Warned {
		why, release = report.WarnedOf(g.Asks)
	}
	t.prose("  ", "    ", t.paint(sgrYellow, report.Counted(g.Rows, "row"))+": "+why)
	if g.Reason == journal.Warned { // the problems below tell each row's
		t.prose("    ", "      ", rowList(g.Lines, g.Rows))
	} else {
		t.firstOf(g)
	}
	if g.Rows > 1 {
		release = strings.NewReplacer("sends it too", "sends them too", "sends it", "sends them", "sends the row",
			"sends the rows", "lets it go", "lets them go").Replace(release)
	}
	t.prose("    ", "      ", "what releases: "+release)
	if hold.ByRow {
		when := "one by one: "
		if !c.Known {
			when = "one by one, after the run: "
		}
		t.prose("    ", "    ", when+t.pasted(fmt.Sprintf("`bulkorder resume %s --release %s`", parse.Escape(c.ID),
			report.ShellWord(parse.Escape(report.Lines(g.Lines[:1]))))))
	}
}

// firstOf prints a few rows of a group, and names more by their numbers.
func (t Screen) firstOf(g report.LeftGroup) {
	for _, p := range g.First {
		what := strings.TrimSpace(p.Service + " " + p.Link)
		if p.Why != "" {
			what = p.Why
		}
		t.prose("    ", "      ", fmt.Sprintf("row %s: %s", parse.Escape(p.At().String()), parse.Escape(what)))
	}
	if left := g.Rows - len(g.First); left > 0 {
		t.prose("    ", "      ", fmt.Sprintf("and %s more: %s", report.Count(left),
			rowList(g.Lines[min(len(g.First), len(g.Lines)):], left)))
	}
}
