package parse

import (
	"strings"

	"bulkorder/parse/book"
)

// ExampleMark begins the service's cell in rows of a template that show how rows are filled in. They are never ordered.
const ExampleMark = "EXAMPLE: "

// isExample tells rows of a template that show how rows are filled in.
func (b *builder) isExample(raw *rawRow) bool {
	return b.serviceAt >= 0 && b.serviceAt < len(raw.Cells) &&
		strings.HasPrefix(book.Trim(raw.Cells[b.serviceAt].Text), ExampleMark)
}

// standsIn is the warning about a link of an example, such as instagram.com/yourusername; nil: it isn't one.
func (b *builder) standsIn(raw *rawRow) *Problem {
	link := strings.TrimRight(b.header.text(raw, "link"), "/")
	if !b.done.words.exampleLink(link) {
		return nil
	}
	return &Problem{
		Sheet: b.sheet, Row: raw.Number, Field: "link", Rule: "example-link", Found: clip(link, foundLimit),
		Wrong:   "looks like a link of an example: the row may not be meant to be ordered",
		Mend:    "write the link that is meant, or accept it",
		Warning: true, Asks: "done",
	}
}

// exampleLink tells whether an address stands for the one to be written: its last part is such a name, or one sign all
// over, as in /p/XXXXXXXX, or its host is one of examples.
func (d *doneLists) exampleLink(link string) bool {
	const longest, shortest = 24, 5 // bytes of such a name, and of one of a single sign
	name := link[strings.LastIndexByte(link, '/')+1:]
	if name == "" || len(name) > longest {
		return false
	}
	if path, _, _ := strings.Cut(name, "?"); strings.ContainsAny(path, "<{[") && strings.ContainsAny(path, ">}]") {
		return true
	}
	same := strings.Contains(link, "/") && len(name) >= shortest && strings.Trim(name, name[:1]) == ""
	if same && !allDigits(name) || d.standIns[joined(name)] {
		return true
	}
	_, host, rest := cutURL(link)
	host = strings.TrimPrefix(strings.ToLower(host), "www.")
	switch host {
	case "yoursite.com", "yourdomain.com", "yourwebsite.com", "yourlink.com", "domain.tld":
		return true
	case "example.com", "example.org", "example.net":
		return rest == "" || d.thingNames[joined(name)]
	}
	return false
}
