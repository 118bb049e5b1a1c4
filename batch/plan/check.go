package plan

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

func (d *draft) check() {
	d.checkRequired()
	d.checkSuperfluous()
	d.checkLimits()
	d.checkRuns()
	d.checkSubscription()
	d.checkBetween()
	d.checkLetters()
	d.checkSeveral()
	if d.typ.Takes("link") && !d.rules.AnyLink {
		d.checkLink("link")
	}
	d.checkAim()
	d.checkBeside()
	d.checkComments()
	d.checkLists()
	d.checkUsername()
	if d.typ.Takes("media") {
		d.checkLink("media")
	}
	if v := d.value("answer_number"); v != "" && d.typ.Takes("answer_number") && !d.bad["answer_number"] &&
		number(v) < 1 {
		d.tell("answer-number", "answer_number")
	}
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
			d.tell("field-missing", field, "{needs}", strings.Join(needs, ", "))
			if field == "quantity" && d.row.Table != nil && d.row.Table.Quantities() != "" {
				d.problems[len(d.problems)-1].Mend += ", or say " + d.row.Table.Quantities() + " if those are the quantities"
			}
			if field == "quantity" && d.row.Table != nil && d.row.Table.United() != "" {
				d.problems[len(d.problems)-1].Mend += fmt.Sprintf(": the column %q bears a unit, so it isn't taken for it",
					d.row.Table.United())
			}
		}
	}
}

// checkSuperfluous: a value that would not be sent is no mistake to swallow. A quantity is an exception
// where the lines of a list are counted, and for packages: people fill in the whole column, and it means
// the same or nothing.
func (d *draft) checkSuperfluous() {
	for _, field := range parse.Names() {
		v := d.value(field)
		if v == "" || d.bad[field] || d.typ.Takes(field) || parse.IsNothing(v) ||
			slices.Contains([]string{"panel", "ref", "service", "order_id"}, field) {
			continue
		}
		switch {
		case field == "quantity":
			d.checkIdleQuantity(v)
		case field == "comments" && d.isNote(v):
			d.checkNote(v)
		default:
			d.checkSide(field, v)
		}
	}
}

// checkNote tells that a note isn't sent, and asks about one that isn't understood where nothing is asked about the
// row.
func (d *draft) checkNote(v string) {
	asked := func(p parse.Problem) bool { return p.Asks != "" }
	if t := d.row.Table; t == nil || slices.ContainsFunc(d.row.Problems, asked) || t.Understands(v) {
		d.tell("comments-not-sent", "comments")
		return
	}
	d.tell("comments-not-understood", "comments")
}

// isNote tells whether what stands under comments is a remark of the person's own: the order is whole without it, and
// it is one line, not a list to be published.
func (d *draft) isNote(v string) bool {
	return !strings.Contains(v, "\n") && d.typ.Takes("quantity") && d.value("quantity") != "" && !d.bad["quantity"]
}

func (d *draft) checkIdleQuantity(v string) {
	switch {
	case d.typ.Basis == panel.Once && d.severalPackages(number(v)):
		d.tell("one-package", "quantity")
	case d.typ.Counts == "" || d.value(d.typ.Counts) == "":
		d.tell("quantity-not-sent", "quantity")
	case number(v) != d.counted():
		d.tell("quantity-contradicts", "quantity",
			"{lines}", strconv.FormatInt(d.counted(), 10), "{list}", d.typ.Counts)
	}
}

// severalPackages tells whether a number beside a package may say how many of them are meant: a small one that isn't
// what is in it.
func (d *draft) severalPackages(n int64) bool {
	const most = 20
	inside := strings.FieldsFunc(d.order.Service.Name, func(r rune) bool { return r < '0' || r > '9' })
	return n > 1 && n <= most && !slices.Contains(inside, strconv.FormatInt(n, 10))
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
	switch {
	case n < s.Min:
		d.tellOf("{field}-below-minimum", field, found)
	case n > s.Max:
		d.tellOf("{field}-above-maximum", field, found)
	}
}

// checkRuns: drip-feed takes runs and interval together, and only where the service allows it.
func (d *draft) checkRuns() {
	runs, interval := d.value("runs"), d.value("interval")
	if d.noDrip("runs") {
		return // what forms write where there is no drip-feed; it isn't sent
	}
	if !d.typ.Takes("runs") || runs == "" && interval == "" || d.bad["runs"] || d.bad["interval"] {
		return
	}
	s := d.order.Service
	switch {
	case interval == "":
		d.tell("runs-and-interval", "interval",
			"{other}", "runs", "{its value}", runs, "{what}", "the minutes between the runs")
	case runs == "":
		d.tell("runs-and-interval", "runs",
			"{other}", "interval", "{its value}", interval, "{what}", "the number of runs")
	case s.Dripfeed != nil && !*s.Dripfeed:
		d.tell("no-dripfeed", "runs")
	case number(runs) < 1:
		d.tell("runs-number", "runs")
	case number(interval) < 1:
		d.tell("interval-number", "interval")
	case !d.bad["quantity"] && d.counted() > 0 && number(runs) > s.Max/d.counted():
		d.tell("runs-times-quantity", "runs")
	}
}

// checkSubscription: min and max lie within the service's, delay is one of the panel's values, expiry is
// not past.
func (d *draft) checkSubscription() {
	if d.typ.Basis != panel.PerPost {
		return
	}
	s := d.order.Service
	low, high := number(d.value("min")), number(d.value("max"))
	haveLow, haveHigh := d.value("min") != "" && !d.bad["min"], d.value("max") != "" && !d.bad["max"]
	if haveLow && low < s.Min {
		d.tell("{field}-below-minimum", "min")
	}
	if haveHigh && high > s.Max {
		d.tell("{field}-above-maximum", "max")
	}
	if haveLow && haveHigh && low > high {
		d.tell("min-above-max", "min", "{row's max}", d.value("max"))
	}
	if v := d.value("posts"); v != "" && !d.bad["posts"] && number(v) < 1 {
		d.tell("posts-number", "posts")
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
	d.tell("delay-value", "delay", "{delays}", strings.Join(values, ", "))
}

func (d *draft) checkExpiry() {
	v := d.value("expiry")
	if v == "" || d.bad["expiry"] {
		return
	}
	day, err := time.Parse("02/01/2006", v)
	switch {
	case err != nil:
		d.tell("expiry-date", "expiry")
	case d.past(day):
		d.tell("expiry-past", "expiry")
	}
}

// past tells whether a day is one before today's.
func (d *draft) past(day time.Time) bool {
	year, month, today := d.rules.Today.Date()
	return day.Before(time.Date(year, month, today, 0, 0, 0, 0, time.UTC))
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
			d.tell("{field}-choice", field, "{low}", strconv.Itoa(bounds[0]), "{high}", strconv.Itoa(bounds[1]))
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
	if fault := linkFault(v); fault != "" {
		d.tell("{field}-form", field, "{fault}", fault)
	}
}

func linkFault(v string) string {
	if name, is := strings.CutPrefix(v, "@"); is && name != "" && !strings.ContainsAny(name, "@/ \t\n") {
		return ""
	}
	if strings.ContainsFunc(v, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }) {
		return "is no link: it has blanks in it"
	}
	for _, end := range []string{"…", "...", "|"} {
		if strings.HasSuffix(v, end) {
			return fmt.Sprintf("is no link: it ends with %q, as if it was cut off", end)
		}
	}
	if _, known := parse.Near(v); known && strings.ContainsAny(v[len(v)-1:], ".,;:!)]}>'\"") {
		return fmt.Sprintf("is no link: it ends with %q", v[len(v)-1:])
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
