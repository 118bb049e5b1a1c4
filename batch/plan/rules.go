package plan

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"bulkorder/parse"
)

// CheckRule is one thing that the check finds. In its words, names in braces stand for what is known of the row:
// {service} is the service with its id and name, {type} its type, {min} and {max} its limits, {field} the field.
type CheckRule struct {
	ID      string // "{field}-choice" is one rule for several fields, such as device-choice
	Title   string
	Warning bool   // the row is valid nevertheless
	Asks    string // what a person must decide, of [parse.Warnings]; empty: nothing
	Wrong   string // follows what was found: `quantity: 25` "is below …"
	Mend    string
}

// CheckRules lists all that the check of a row against the catalogue finds. The reader of sheets has found before it
// what can't be read.
func CheckRules() []CheckRule {
	return slices.Concat(serviceRules(), valueRules(), besideRules(), subscriptionRules())
}

// serviceRules are about which order, and where.
func serviceRules() []CheckRule {
	return []CheckRule{
		{ID: "panel-unknown", Title: "No such panel", Wrong: "is no panel that is known",
			Mend: "use one of {panels}, or name it in the configuration"},
		{ID: "panel-missing", Title: "No panel", Wrong: "is missing",
			Mend: "fill in the panel's name, or give --panel for the rows that name none"},
		{ID: "ref-doubled", Title: "A Ref that stands twice",
			Wrong: "is the Ref of row {first} already; a Ref is ordered once", Mend: "give the row a Ref of its own"},
		{ID: "service-missing", Title: "No service", Wrong: "is missing", Mend: "fill in the service's id"},
		{ID: "service-unknown", Title: "No such service", Wrong: "is not in the catalogue of {panel}",
			Mend: "use an id that `bulkorder services` lists"},
		{ID: "service-ambiguous", Title: "Several services of one name", Wrong: "is the name of {count} services",
			Mend: "use one of the ids {ids}"},
		{ID: "service-renamed", Title: "The service was renamed",
			Wrong: "was chosen by another name than service {id} has now, {name}",
			Mend:  "look whether it is still the service that you want, and use its id {id}"},
		{ID: "service-odd", Title: "An odd service", Wrong: "({name}) can't be ordered safely: {oddity}",
			Mend: "use another service, or ask the panel"},
		{ID: "type-unknown", Title: "A type that is not known",
			Wrong: "({name}) is of the type {type}, which is not known",
			Mend:  "teach it in the configuration: [types.{type}] with required = […] and optional = […]"},
	}
}

// valueRules are about the values of a row.
func valueRules() []CheckRule {
	return []CheckRule{
		{ID: "field-missing", Title: "A value is missing", Wrong: "is missing",
			Mend: "{service} is of the type {type}, which needs {needs}: fill in {field}"},
		{ID: "field-superfluous", Title: "A value that would not be sent",
			Wrong: "is not taken by the type {type} of {service}",
			Mend:  "empty the cell, or use another service"},
		{ID: "quantity-not-sent", Title: "A quantity that is not sent", Warning: true,
			Wrong: "is not sent: the type {type} of {service} takes no quantity",
			Mend:  "empty the cell if it was meant"},
		{ID: "one-package", Title: "Several packages", Warning: true, Asks: "contradiction",
			Wrong: "is not sent: the type {type} of {service} takes no quantity, and one is ordered",
			Mend:  "write a row for each, or accept it as one"},
		{ID: "comments-not-sent", Title: "Comments that are not sent", Warning: true,
			Wrong: "is not sent, and taken for a note of yours: the type {type} of {service} takes no comments",
			Mend:  "use another service if it was to be published"},
		{ID: "comments-not-understood", Title: "A note that isn't understood", Warning: true, Asks: "note",
			Wrong: "is not sent, and taken for a note of yours, which isn't understood: it may say that the row isn't to be " +
				"ordered as it stands",
			Mend: "leave the row out if it does, or accept it"},
		{ID: "quantity-contradicts", Title: "The quantity contradicts the list",
			Wrong: "contradicts the {lines} lines of {list}, which {service} counts",
			Mend:  "use {lines}, or empty the cell: the lines decide"},
		{ID: "{field}-below-minimum", Title: "Below the minimum",
			Wrong: "is below the minimum {min} of {service}", Mend: "use {min} to {max}"},
		{ID: "{field}-above-maximum", Title: "Above the maximum",
			Wrong: "is above the maximum {max} of {service}", Mend: "use {min} to {max}"},
		{ID: "{field}-choice", Title: "No such choice", Wrong: "is no choice", Mend: "use {low} to {high}"},
		{ID: "{field}-form", Title: "No link", Wrong: "{fault}",
			Mend: "use an address like https://example.com/page"},
		{ID: "{field}-invisible-letter", Title: "A letter that isn't seen",
			Wrong: "holds a letter that isn't seen, {letter}, behind {before}", Mend: "without such it is {without}"},
		{ID: "{field}-look-alike", Title: "A letter of another script",
			Wrong: "holds a letter of another script that looks like another one, {letter}, behind {before}",
			Mend:  "in plain letters it is {without}"},
		{ID: "link-several", Title: "Several links in one cell", Wrong: "holds {count} links: {links}",
			Mend: "give each link a row of its own"},
		{ID: "note-not-sent", Title: "A note that is not sent", Warning: true,
			Wrong: "is not sent, and taken for a note of yours: the type {type} of {service} takes no {field}",
			Mend:  "use another service if it was meant"},
		{ID: "link-platform", Title: "A link of another platform", Warning: true, Asks: "platform",
			Wrong: "is on {site}, and {service} is for {its site}",
			Mend:  "use a link of {its site}, or a service for {site}"},
		{ID: "link-shape", Title: "A link of another kind", Warning: true, Asks: "shape",
			Wrong: "is the address of {shape}, and {service} is for {its shape}",
			Mend:  "use the address of {its shape}, or another service"},
		{ID: "target-again", Title: "The same target again", Warning: true, Asks: "quantity",
			Wrong: "leads where row {first} does, which orders {service} too, with another quantity or spelling",
			Mend:  "look whether both are meant"},
		{ID: "several-in-line", Title: "Several names in one line", Wrong: "holds several in one line: they would be " +
			"sent as one",
			Mend: "write each on a line of its own"},
		{ID: "usernames-form", Title: "No names but addresses", Wrong: "is no name", Mend: "write the names alone"},
		{ID: "keywords-in-line", Title: "Several keywords in one line", Warning: true, Asks: "comments",
			Wrong: "is one line, and would be sent as one keyword", Mend: "write each on a line of its own, or accept it"},
		{ID: "comments-in-line", Title: "Several comments in one line", Warning: true, Asks: "comments",
			Wrong: "would be published as one comment", Mend: "write each on a line of its own, or accept it"},
		{ID: "comments-stand-in", Title: "A comment that stands for others", Warning: true, Asks: "comments",
			Wrong: "would be published as it stands", Mend: "write the comments that are meant, or accept it"},
		{ID: "comments-numbered", Title: "Comments that bear numbers", Warning: true, Asks: "comments",
			Wrong: "begins with a number, and so do the comments around it; it would be published with it",
			Mend:  "take the numbers off, or accept them"},
		{ID: "comments-repeated", Title: "Comments that repeat", Warning: true, Asks: "comments",
			Wrong: "stands {count} times among the comments",
			Mend:  "write each once, or accept them"},
		{ID: "username-form", Title: "No name but an address", Wrong: "is no name", Mend: "use {name}"},
		{ID: "answer-number", Title: "No answer's number", Wrong: "is no answer's number",
			Mend: "use 1 for the first answer, 2 for the second"},
		{ID: "runs-and-interval", Title: "Runs without interval, or interval without runs",
			Wrong: "is missing: {other} is {its value}", Mend: "fill in {what}, or empty {other}"},
		{ID: "no-dripfeed", Title: "No drip-feed", Wrong: "is not allowed: {service} takes no runs",
			Mend: "empty runs and interval"},
		{ID: "runs-number", Title: "No number of runs", Wrong: "is no number of runs", Mend: "use 1 or more"},
		{ID: "interval-number", Title: "No number of minutes", Wrong: "is no number of minutes",
			Mend: "use 1 or more"},
		{ID: "runs-times-quantity", Title: "Runs times quantity above the maximum", Warning: true,
			Wrong: "times the quantity is above the maximum {max} of {service}; some panels refuse that",
			Mend:  "see a pilot with --limit first"},
	}
}

// besideRules are about the person's own columns, where they contradict the order.
func besideRules() []CheckRule {
	return []CheckRule{
		{ID: "platform-contradicts", Title: "A column names another platform", Warning: true, Asks: "contradiction",
			Wrong: "stands in your column {column}, and {service} is for {its site}",
			Mend:  "look which of both is meant"},
		{ID: "country-contradicts", Title: "A column names another country", Warning: true, Asks: "contradiction",
			Wrong: "stands in your column {column}, and {service} is for another country",
			Mend:  "look which of both is meant"},
		{ID: "name-contradicts", Title: "A column names another service", Warning: true, Asks: "contradiction",
			Wrong: "stands in your column {column}, and the order is for {service}",
			Mend:  "look whether it is the service that you want"},
		{ID: "unit-beside", Title: "A column bears a unit", Warning: true, Asks: "contradiction",
			Wrong: "stands in your column {column} beside the quantity {quantity}, which is ordered as it stands",
			Mend:  "write the quantity in full"},
		{ID: "number-unread", Title: "A column with a number that isn't read", Warning: true, Asks: "contradiction",
			Wrong: "stands in your column {column}, which isn't read: {quantity} are ordered, once",
			Mend:  "write the whole quantity, or rows of their own"},
		{ID: "end-unread", Title: "A subscription's end that isn't read", Warning: true, Asks: "contradiction",
			Wrong: "stands in your column {column}, which isn't read: the subscription has no end",
			Mend:  "write the last day under Expiry"},
		{ID: "pieces-contradict", Title: "A quantity of something else", Warning: true, Asks: "contradiction",
			Wrong: "says what is counted, and the order is for {service}",
			Mend:  "look whether it is the service that you want"},
		{ID: "username-contradicts", Title: "A name beside another profile's link", Warning: true, Asks: "contradiction",
			Wrong: "is not sent, and the link is another profile's: {link}", Mend: "look which of both is meant"},
		{ID: "dripfeed-denied", Title: "Runs where your column says no drip-feed", Warning: true, Asks: "dripfeed",
			Wrong: "stands in your column {column}, and the order has {runs} runs",
			Mend:  "empty runs and interval if none is meant"},
		{ID: "dripfeed-missing", Title: "No runs where your column tells of a drip-feed", Warning: true, Asks: "dripfeed",
			Wrong: "stands in your column {column}, and the order has no runs: all is delivered at once",
			Mend:  "fill in columns Runs and Interval (minutes) if a drip-feed is meant"},
	}
}

// subscriptionRules are about orders that wait for posts. Their min and max are fields of the row.
func subscriptionRules() []CheckRule {
	return []CheckRule{
		{ID: "min-above-max", Title: "min above max", Wrong: "is above this row's max {row's max}", Mend: "swap them"},
		{ID: "posts-number", Title: "No number of posts", Wrong: "is no number of posts",
			Mend: "use 1 or more, or empty the cell for an unlimited number"},
		{ID: "delay-value", Title: "A delay that the panel doesn't take",
			Wrong: "is not a delay that {panel} takes", Mend: "use {delays}"},
		{ID: "expiry-date", Title: "No date", Wrong: "is no date of the form d/m/Y", Mend: "write it like 31/12/2030"},
		{ID: "expiry-past", Title: "A day that is past", Wrong: "is past",
			Mend: "use today or a later day, or empty the cell"},
	}
}

// problem is what a rule says of a field. facts are pairs: what stands in braces, and what is put there.
func (p Place) problem(row int, rule, field, found string, facts ...string) parse.Problem {
	all := CheckRules()
	i := slices.IndexFunc(all, func(r CheckRule) bool { return r.ID == rule })
	if i < 0 {
		panic("no rule " + rule) // a mistake in this package, which its tests find
	}
	put := strings.NewReplacer(append([]string{"{field}", field}, facts...)...).Replace
	return parse.Problem{
		Sheet: p.Sheet, Tab: p.Tab, Column: p.Columns[field], Row: row, Field: field, Found: found,
		Rule: put(rule), Wrong: put(all[i].Wrong), Mend: put(all[i].Mend), Warning: all[i].Warning, Asks: all[i].Asks,
	}
}

// tell notes what a rule finds in a field's value.
func (d *draft) tell(rule, field string, facts ...string) {
	d.tellOf(rule, field, d.value(field), facts...)
}

// tellOf notes what a rule finds, where that isn't the field's value. A field about which more than a warning was told
// isn't looked at further.
func (d *draft) tellOf(rule, field, found string, facts ...string) {
	s := d.order.Service
	known := []string{
		"{panel}", d.rules.Panel.Name, "{service}", fmt.Sprintf("service %s %q", s.ID, s.Name), "{type}", d.typ.Name,
		"{min}", strconv.FormatInt(s.Min, 10), "{max}", strconv.FormatInt(s.Max, 10),
	}
	p := d.place.problem(d.row.Number, rule, field, found, append(facts, known...)...)
	d.problems = append(d.problems, p)
	d.bad[field] = d.bad[field] || !p.Warning
}
