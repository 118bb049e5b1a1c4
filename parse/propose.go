package parse

import (
	"fmt"
	"slices"
	"strings"

	"bulkorder/parse/book"
)

// proposedRows is how many rows below a header are looked at for what its columns may hold.
const proposedRows = 20

// propose says by --map what the columns of a header may be that isn't complete: addresses are links, and of the whole
// numbers the first are services, the last quantities. It is for a person to judge, never decided by. "": nothing can
// be proposed that would make it complete.
func (f *finder) propose(s source, c candidate) string {
	counts := make([]struct{ links, numbers, rows int }, len(c.texts))
	looked := 0
	for raw, err := range s.rows() {
		if err != nil || looked == proposedRows {
			break
		}
		if raw.Number <= c.row || book.Blank(raw.Cells) {
			continue
		}
		looked++
		for i := range min(len(counts), len(raw.Cells)) {
			text := book.Trim(raw.Cells[i].Text)
			if text == "" {
				continue
			}
			counts[i].rows++
			switch {
			case isURL(text) || strings.HasPrefix(text, "www."):
				counts[i].links++
			case allDigits(text):
				counts[i].numbers++
			}
		}
	}
	words := map[string]string{}
	var numbers, links []string
	for i, text := range c.texts {
		n := counts[i]
		switch mostly := n.rows * 4 / 5; {
		case isURL(text) || allDigits(text):
			return "" // it is an order, not a header
		case text == "" || c.fields[i] != "" || n.rows == 0:
		case n.links > mostly:
			links = append(links, text)
		case n.numbers > mostly:
			numbers = append(numbers, text)
		}
	}
	if len(links) > 1 {
		return c.eitherLink(links)
	}
	if len(links) == 1 {
		words["link"] = links[0]
	}
	for _, field := range []string{"service", "quantity"} {
		if c.has(field) || len(numbers) == 0 {
			continue
		}
		at := 0
		if field == "quantity" {
			at = len(numbers) - 1
		}
		words[field] = numbers[at]
		numbers = slices.Delete(numbers, at, at+1)
	}
	return c.asMaps(words)
}

// asMaps writes proposed columns as they are pasted into the command; "" where they leave out what orders need.
func (c candidate) asMaps(words map[string]string) string {
	var maps []string
	for _, field := range []string{"service", "link", "quantity"} {
		switch word := words[field]; {
		case word != "" && !c.has(field) && !strings.ContainsAny(word, "\"$`\\!\n\r,"):
			maps = append(maps, fmt.Sprintf(`--map "%s=%s"`, word, field))
		case field != "quantity" && !c.has(field):
			return ""
		}
	}
	return strings.Join(maps, " ")
}

// eitherLink proposes each of two columns of addresses, where the link is all that is missing.
func (c candidate) eitherLink(links []string) string {
	one := c.asMaps(map[string]string{"link": links[0]})
	if other := c.asMaps(map[string]string{"link": links[1]}); one != "" && other != "" {
		return one + " or " + other
	}
	return ""
}
