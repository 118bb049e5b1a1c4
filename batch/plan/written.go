package plan

import (
	"fmt"
	"strconv"
	"strings"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
	"bulkorder/parse"
)

// checkComments finds comments as they were listed for a person, not as they are to be published: with numbers before
// them, or one of them twice.
func (d *draft) checkComments() {
	v := d.value("comments")
	if v == "" || d.bad["comments"] || !d.typ.Takes("comments") {
		return
	}
	lines := strings.Split(v, "\n")
	if numbered(lines) {
		d.tellOf("comments-numbered", "comments", lines[0])
	}
	d.checkOneLine(lines)
	seen := map[string]int{}
	for _, line := range lines {
		seen[strings.ToLower(line)]++
	}
	for _, line := range lines {
		if n := seen[strings.ToLower(line)]; n > 1 {
			d.tellOf("comments-repeated", "comments", line, "{count}", strconv.Itoa(n))
			return
		}
	}
}

// numbered tells whether lines are counted: 1. first, 2. second.
func numbered(lines []string) bool {
	if len(lines) < 2 {
		return false
	}
	first := -1
	for i, line := range lines {
		digits := 0
		for digits < len(line) && line[digits] >= '0' && line[digits] <= '9' {
			digits++
		}
		rest := line[digits:]
		if digits == 0 || digits > 4 || rest == "" || !strings.Contains(".):-", rest[:1]) {
			return false
		}
		n, _ := strconv.Atoi(line[:digits])
		if i == 0 {
			first = n
		}
		if n != first+i {
			return false
		}
	}
	return first == 0 || first == 1
}

// checkUsername finds an address, or an @, where a subscription wants a name. Other types take addresses of profiles.
func (d *draft) checkUsername() {
	v := d.value("username")
	if v == "" || d.bad["username"] || d.typ.Basis != panel.PerPost || !d.typ.Takes("username") {
		return
	}
	name := strings.TrimPrefix(v, "@")
	if strings.ContainsAny(name, " ,;\t\n") {
		d.tell("username-form", "username", "{name}", "the name alone, without blanks")
		return
	}
	if strings.Contains(v, "/") {
		name = parse.ProfileName(v)
	}
	if name != v {
		if name == "" {
			name = "the name alone"
		}
		d.tell("username-form", "username", "{name}", name)
	}
}

// again warns where an earlier row orders the same service for the same target with another quantity: it may have been
// corrected further down; and where its link most likely points at the same target. Orders that differ in more than
// that are different orders.
func (r *reading) again(e *journal.Entry, s panel.Service, aim string, place Place) {
	if e.Ref != "" || r.planner.AllowDuplicates || e.State == journal.Held {
		return
	}
	quantity, link := false, ""
	for _, p := range e.Params {
		switch p.Name {
		case "quantity", "runs", "interval":
			quantity = quantity || p.Name == "quantity"
		case "link":
			link = p.Value
		case "service":
		default:
			return
		}
	}
	if !quantity {
		return
	}
	aims := []string{aim}
	if near, known := parse.Near(link); known && !strings.Contains(strings.ToLower(s.Type), "traffic") &&
		!strings.HasPrefix(strings.ToUpper(s.Type), "SEO") {
		aims[0] = near
		if loose := parse.TargetLoosely(link, ""); loose != near {
			aims = append(aims, loose)
		}
	}
	var first twin
	for _, aim := range aims {
		met := r.count(strconv.FormatInt(e.Account, 10)+" "+strconv.Quote(e.Service)+" to "+aim, e.At())
		if met.count > 1 && first.count == 0 {
			first = met
		}
	}
	if first.count == 0 {
		return
	}
	e.Problems = append(e.Problems,
		place.problem(e.At().Number(), "target-again", "link", link, "{first}", r.line(first.line).String(),
			"{service}", fmt.Sprintf("service %s %q", s.ID, s.Name)))
}
