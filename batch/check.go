package batch

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"bulkorder/batch/panel"
	"bulkorder/parse"
)

// The rules of the panels' documents about an order against the catalogue. Each finds what is wrong by
// itself, so that a person is told all problems of a row at once.

// problem notes what is wrong with a field.
func (d *draft) problem(field, rule, found, wrong, mend string) {
	d.bad[field] = true
	d.problems = append(
		d.problems,
		parse.Problem{Sheet: d.place.Sheet, Column: d.place.Columns[field], Row: d.row.Number,
			Field: field, Rule: rule, Found: found, Wrong: wrong, Mend: mend},
	)
}

// warn notes what a person should know though the row is valid.
func (d *draft) warn(field, rule, found, wrong, mend string) {
	bad := d.bad[field]
	d.problem(field, rule, found, wrong, mend)
	d.problems[len(d.problems)-1].Warning = true
	d.bad[field] = bad
}

func (d *draft) check() {
	d.checkRequired()
	d.checkSuperfluous()
	d.checkLimits()
	d.checkRuns()
	d.checkSubscription()
	d.checkBetween()
	if d.typ.Takes("link") && !d.rules.AnyLink {
		d.checkLink("link")
	}
	if d.typ.Takes("media") {
		d.checkLink("media")
	}
	if v := d.value("answer_number"); v != "" && d.typ.Takes("answer_number") && !d.bad["answer_number"] &&
		number(v) < 1 {
		d.problem(
			"answer_number",
			"answer-number",
			v,
			"is no answer's number",
			"use 1 for the first answer, 2 for the second",
		)
	}
}

// service names the service in messages.
func (d *draft) service() string {
	return fmt.Sprintf("service %s %q", d.order.Service.ID, d.order.Service.Name)
}

// checkRequired: every document marks its optional parameters; the others must be there.
func (d *draft) checkRequired() {
	needs := slices.Clone(d.typ.Required)
	for _, c := range d.typ.When {
		if d.value(c.If) == c.Is {
			needs = append(needs, c.Field)
		}
	}
	for _, field := range needs {
		if d.value(field) == "" && !d.bad[field] {
			d.problem(
				field,
				"field-missing",
				"",
				"is missing",
				fmt.Sprintf(
					"%s is of the type %s, which needs %s: fill in %s",
					d.service(),
					d.typ.Name,
					strings.Join(needs, ", "),
					field,
				),
			)
		}
	}
}

// checkSuperfluous: a value that would not be sent is no mistake to swallow. A quantity is the exception
// where the lines of a list are counted, and for packages: people fill in the whole column, and it means
// the same or nothing.
func (d *draft) checkSuperfluous() {
	for _, field := range parse.Names() {
		v := d.value(field)
		if v == "" || d.bad[field] || d.typ.Takes(field) ||
			slices.Contains([]string{"panel", "ref", "service", "order_id"}, field) {
			continue
		}
		if field == "quantity" {
			d.checkIdleQuantity(v)
			continue
		}
		d.problem(
			field,
			"field-superfluous",
			v,
			fmt.Sprintf("is not taken by the type %s of %s", d.typ.Name, d.service()),
			"empty the cell, or use another service",
		)
	}
}

func (d *draft) checkIdleQuantity(v string) {
	switch {
	case d.typ.Counts == "" || d.value(d.typ.Counts) == "":
		d.warn(
			"quantity",
			"quantity-not-sent",
			v,
			fmt.Sprintf("is not sent: the type %s of %s takes no quantity", d.typ.Name, d.service()),
			"empty the cell if it was meant",
		)
	case number(v) != d.counted():
		d.problem(
			"quantity",
			"quantity-contradicts",
			v,
			fmt.Sprintf("contradicts the %d lines of %s, which %s counts", d.counted(), d.typ.Counts, d.service()),
			fmt.Sprintf("use %d, or empty the cell: the lines decide", d.counted()),
		)
	}
}

// checkLimits: min and max of the service bound the quantity, or the lines of a list.
func (d *draft) checkLimits() {
	field := d.typ.Counts
	if field == "" || d.bad[field] || d.value(field) == "" {
		return
	}
	n, found, s := d.counted(), d.value(field), d.order.Service
	if field != "quantity" {
		found = fmt.Sprintf("%d lines", n)
	}
	mend := fmt.Sprintf("use %d to %d", s.Min, s.Max)
	switch {
	case n < s.Min:
		d.problem(
			field,
			field+"-below-minimum",
			found,
			fmt.Sprintf("is below the minimum %d of %s", s.Min, d.service()),
			mend,
		)
	case n > s.Max:
		d.problem(
			field,
			field+"-above-maximum",
			found,
			fmt.Sprintf("is above the maximum %d of %s", s.Max, d.service()),
			mend,
		)
	}
}

// checkRuns: drip-feed takes runs and interval together, and only where the service allows it.
func (d *draft) checkRuns() {
	runs, interval := d.value("runs"), d.value("interval")
	if !d.typ.Takes("runs") || runs == "" && interval == "" || d.bad["runs"] || d.bad["interval"] {
		return
	}
	s := d.order.Service
	switch {
	case interval == "":
		d.problem(
			"interval",
			"runs-and-interval",
			"",
			"is missing: runs is "+runs,
			"fill in the minutes between the runs, or empty runs",
		)
	case runs == "":
		d.problem(
			"runs",
			"runs-and-interval",
			"",
			"is missing: interval is "+interval,
			"fill in the number of runs, or empty interval",
		)
	case s.Dripfeed != nil && !*s.Dripfeed:
		d.problem(
			"runs",
			"no-dripfeed",
			runs,
			fmt.Sprintf("is not allowed: %s takes no runs", d.service()),
			"empty runs and interval",
		)
	case number(runs) < 1:
		d.problem("runs", "runs-number", runs, "is no number of runs", "use 1 or more")
	case number(interval) < 1:
		d.problem("interval", "interval-number", interval, "is no number of minutes", "use 1 or more")
	case !d.bad["quantity"] && d.counted() > 0 && number(runs) > s.Max/d.counted():
		d.warn(
			"runs",
			"runs-times-quantity",
			runs,
			fmt.Sprintf(
				"times the quantity is above the maximum %d of %s; some panels refuse that",
				s.Max,
				d.service(),
			),
			"see a pilot with --limit first",
		)
	}
}

// checkSubscription: min and max lie within the service's, delay is one of the panel's values, expiry is
// not past.
func (d *draft) checkSubscription() {
	if d.typ.Basis != panel.PerPost {
		return
	}
	s, mend := d.order.Service, fmt.Sprintf("use %d to %d", d.order.Service.Min, d.order.Service.Max)
	low, high := number(d.value("min")), number(d.value("max"))
	haveLow, haveHigh := d.value("min") != "" && !d.bad["min"], d.value("max") != "" && !d.bad["max"]
	if haveLow && low < s.Min {
		d.problem(
			"min",
			"min-below-minimum",
			d.value("min"),
			fmt.Sprintf("is below the minimum %d of %s", s.Min, d.service()),
			mend,
		)
	}
	if haveHigh && high > s.Max {
		d.problem(
			"max",
			"max-above-maximum",
			d.value("max"),
			fmt.Sprintf("is above the maximum %d of %s", s.Max, d.service()),
			mend,
		)
	}
	if haveLow && haveHigh && low > high {
		d.problem("min", "min-above-max", d.value("min"), "is above this row's max "+d.value("max"), "swap them")
	}
	if v := d.value("posts"); v != "" && !d.bad["posts"] && number(v) < 1 {
		d.problem(
			"posts",
			"posts-number",
			v,
			"is no number of posts",
			"use 1 or more, or empty the cell for an unlimited number",
		)
	}
	d.checkDelay()
	d.checkExpiry()
}

func (d *draft) checkDelay() {
	v, delays := d.value("delay"), d.rules.Panel.Delays
	if v == "" || d.bad["delay"] || len(delays) == 0 || slices.Contains(delays, int(number(v))) {
		return
	}
	var values []string
	for _, minutes := range delays {
		values = append(values, strconv.Itoa(minutes))
	}
	d.problem(
		"delay",
		"delay-value",
		v,
		"is not a delay that "+d.rules.Panel.Name+" takes",
		"use "+strings.Join(values, ", "),
	)
}

func (d *draft) checkExpiry() {
	v := d.value("expiry")
	if v == "" || d.bad["expiry"] {
		return
	}
	day, err := time.Parse("02/01/2006", v)
	year, month, today := d.rules.Today.Date()
	switch {
	case err != nil:
		d.problem("expiry", "expiry-date", v, "is no date of the form d/m/Y", "write it like 31/12/2030")
	case day.Before(time.Date(year, month, today, 0, 0, 0, 0, time.UTC)):
		d.problem("expiry", "expiry-past", v, "is past", "use today or a later day, or empty the cell")
	}
}

// checkBetween: numbers that stand for choices.
func (d *draft) checkBetween() {
	for _, field := range slices.Concat(d.typ.Required, d.typ.Optional) {
		bounds, is := d.typ.Between[field]
		v := d.value(field)
		if !is || v == "" || d.bad[field] {
			continue
		}
		if n := number(v); n < int64(bounds[0]) || n > int64(bounds[1]) {
			d.problem(field, field+"-choice", v, "is no choice", fmt.Sprintf("use %d to %d", bounds[0], bounds[1]))
		}
	}
}

// checkLink: a link is a web address, with or without https:// in front, or an @name, which some panels
// take. A single word is doubtful: it may be a name, or the wrong column.
func (d *draft) checkLink(field string) {
	v := d.value(field)
	if v == "" || d.bad[field] {
		return
	}
	wrong := linkFault(v)
	if wrong != "" {
		d.problem(field, field+"-form", v, wrong, "use an address like https://example.com/page")
	}
}

func linkFault(v string) string {
	if name, is := strings.CutPrefix(v, "@"); is && name != "" && !strings.ContainsAny(name, "@/ \t\n") {
		return ""
	}
	if strings.ContainsFunc(v, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }) {
		return "is no link: it has blanks in it"
	}
	full := v
	if !strings.Contains(v, "://") {
		full = "https://" + v
	}
	u, err := url.Parse(full)
	switch {
	case err != nil || u.Hostname() == "":
		return "is no link"
	case u.Scheme != "http" && u.Scheme != "https":
		return fmt.Sprintf("is no link: it begins with %q", u.Scheme+"://")
	case !strings.Contains(strings.Trim(u.Hostname(), "."), "."):
		return fmt.Sprintf("is no link: %q is no site's name", u.Hostname())
	case u.User != nil:
		return "is no link: it has an @ before the site's name"
	}
	return ""
}

// number reads digits that the sheet's reader has checked; what doesn't fit counts as the highest number.
func number(digits string) int64 {
	n, _ := strconv.ParseInt(digits, 10, 64)
	return n
}
