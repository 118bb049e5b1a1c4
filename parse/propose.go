package parse

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"bulkorder/parse/book"
)

// proposedRows is how many rows below a header are looked at for what its columns may hold.
const proposedRows = 20

// counted is what the first cells of a column hold; steps are numbers that only count the rows.
type counted struct{ links, numbers, rows, steps int }

// count looks what stands below the texts of a header.
func (c candidate) count(s source) []counted {
	counts := make([]counted, len(c.texts))
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
			case wholeWritten(text):
				counts[i].numbers++
				if text == strconv.Itoa(looked) {
					counts[i].steps++
				}
			}
		}
	}
	return counts
}

// wholeWritten tells whether a text is a whole number, however its thousands are parted.
func wholeWritten(text string) bool {
	text = joinThousands(text)
	n, ok := takeApart(text)
	return allDigits(text) || ok && n.fraction == ""
}

// propose says by --map what the columns of a header may be that isn't complete: addresses are links, and of the whole
// numbers the first are services, the last quantities. It is for a person to judge, never decided by. "": nothing can
// be proposed that would make it complete. Where several columns count what several services deliver, nothing is: one
// of them would be ordered by, and the others left out.
func (f *finder) propose(s source, c *candidate) string {
	words := map[string]string{}
	var numbers, links, services, amounts, others []string
	for i, n := range c.count(s) {
		text := c.texts[i]
		switch mostly := n.rows * 4 / 5; {
		case isURL(text) || allDigits(text):
			return "" // it is an order, not a header
		case text == "" || c.fields[i] != "" || n.rows == 0:
		case n.links > mostly:
			links = append(links, text)
		case n.numbers > mostly && f.heads.kindOf(text) == orderHead && f.heads.ofOrder(text):
		case n.numbers > mostly && f.heads.kindOf(text) == orderHead:
			others = append(others, text) // "SMM ID"
		case n.numbers > mostly && f.ofServices(text):
			services = append(services, text)
		case n.numbers > mostly && unitOf(text, "").text != "": // it isn't what an order takes
		case n.numbers > mostly && f.ofAmounts(text):
			amounts = append(amounts, text)
		case n.numbers > mostly && f.counts(text):
			c.counts = append(c.counts, text)
		case n.numbers > mostly && !ofMoney(text):
			numbers = append(numbers, text)
		}
	}
	if len(services) == 0 && len(others) == 1 {
		services = others
	}
	if len(links) > 1 {
		return c.eitherLink(links)
	}
	if len(links) == 1 {
		words["link"] = links[0]
	}
	if len(c.counts) > 1 || len(services) > 1 {
		c.counts = append(services, c.counts...)
		return ""
	}
	if len(amounts) > 1 {
		return ""
	}
	if len(amounts) == 1 && !c.has("quantity") {
		words["quantity"] = amounts[0]
	}
	numbers = slices.Concat(services, numbers, c.counts)
	c.counts = nil
	f.assign(c, numbers, words)
	return c.asMaps(words)
}

// assign gives the fields that have no column yet to columns of whole numbers.
func (f *finder) assign(c *candidate, numbers []string, words map[string]string) {
	for _, field := range []string{"service", "quantity"} {
		if c.has(field) || words[field] != "" || len(numbers) == 0 {
			continue
		}
		at := 0
		if field == "quantity" {
			at = len(numbers) - 1
		}
		if f.counts(numbers[at]) && !f.ofServices(numbers[at]) && field == "service" {
			break
		}
		words[field] = numbers[at]
		numbers = slices.Delete(numbers, at, at+1)
	}
}

// counts tells whether a header's text names what services deliver, such as Followers: numbers below it are quantities.
func (f *finder) counts(text string) bool {
	return slices.ContainsFunc(serviceWords(text), func(word string) bool { return f.pieces[foldName(word)] })
}

// ofServices tells whether a header's text has a word for services in it.
func (f *finder) ofServices(text string) bool {
	return slices.ContainsFunc(serviceWords(text), func(word string) bool {
		return f.words.word(word) == "service" || word == "sku"
	})
}

// ofAmounts tells whether a header's text has a word for quantities in it.
func (f *finder) ofAmounts(text string) bool {
	return slices.ContainsFunc(serviceWords(text), func(word string) bool { return f.words.word(word) == "quantity" })
}

// proposeQuantity says by --map which columns may hold the quantities, where none is named so: those of whole numbers
// alone. It is for a person to judge. "": there is none, or several.
func (f *finder) proposeQuantity(s source, c *candidate) string {
	const most = 100 // columns: orders don't have more
	if c.has("quantity") || len(c.texts) > most {
		return ""
	}
	var numbers []string
	for i, n := range c.count(s) {
		text := c.texts[i]
		if text == "" || c.fields[i] != "" || n.rows == 0 || n.numbers < n.rows || n.steps == n.rows && n.rows > 1 ||
			ofMoney(text) || f.heads.kindOf(text) != otherHead || f.words.measured(text) != "" || unitOf(text, "").text != "" ||
			f.words.further(text) {
			continue
		}
		numbers = append(numbers, text)
	}
	if len(numbers) != 1 {
		return ""
	}
	return c.asMaps(map[string]string{"quantity": numbers[0]})
}

// asMaps writes proposed columns as they are pasted into the command; "" where they leave out what orders need.
func (c candidate) asMaps(words map[string]string) string {
	var maps []string
	for _, field := range []string{"service", "link", "quantity"} {
		switch word := strings.Join(strings.Fields(words[field]), " "); { // heads have several lines
		case word != "" && !c.has(field) && !strings.ContainsAny(word, "\"$`\\!\n\r,"):
			maps = append(maps, fmt.Sprintf(`--map "%s=%s"`, word, field))
		case word != "" && !c.has(field) && !strings.ContainsAny(word, "'\n\r,"): // what a shell would read
			maps = append(maps, fmt.Sprintf("--map '%s=%s'", word, field))
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
