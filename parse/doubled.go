package parse

import (
	"fmt"
	"slices"
	"strings"

	"bulkorder/parse/book"
)

// yield takes a field from columns whose names fit it loosely, where another column bears a better one: ID counts rows
// beside Service, Service is a name beside Service ID, Amount is money beside Quantity.
func (c *candidate) yield(s served) {
	c.yieldProvider()
	if !c.doubled() {
		return
	}
	c.yieldNames(s)
	for _, pair := range [...]struct{ field, loose, better string }{
		{"service", "id", ""},
		{"service", "service", "serviceid"},
		{"quantity", "amount", "quantity"},
		{"quantity", "amount", "qty"},
		{"quantity", "sl", ""}, // which counts the rows in India
	} {
		is := func(i int, loose bool) bool {
			if c.fields[i] != pair.field {
				return false
			}
			name := Fold(c.texts[i])
			if loose {
				return name == pair.loose && c.by[i] == ByName
			}
			return name != pair.loose && (pair.better == "" || name == pair.better)
		}
		better := false
		for i := range c.texts {
			better = better || is(i, false)
		}
		for i := range c.texts {
			if better && is(i, true) {
				c.fields[i], c.by[i] = "", Unused
			}
		}
	}
}

// yieldNames takes the service from columns for its name, where exactly one other column is for its id: Servicio beside
// ID servicio.
func (c *candidate) yieldNames(s served) {
	ids, names := 0, []int{}
	for i, field := range c.fields {
		switch {
		case field != "service":
		case c.by[i] == ByName && s.names[foldName(c.texts[i])]:
			names = append(names, i)
		case c.by[i] == ByName && s.ids[foldName(c.texts[i])]:
			ids++
		}
	}
	if ids != 1 {
		return
	}
	for _, i := range names {
		c.fields[i], c.by[i] = "", Unused
	}
}

// served are headers' texts for services: those that are no more than the word, and those of their ids, in the
// languages of [translations].
type served struct{ names, ids map[string]bool }

func newServed() served {
	set := func(words string) map[string]bool {
		is := map[string]bool{}
		for word := range strings.FieldsSeq(words) {
			is[foldName(word)] = true
		}
		return is
	}
	return served{
		set("service services servis hizmet услуга сервис serviço servicio dienst dienstleistung leistung layanan " +
			"dịchvụ الخدمة خدمة सेवा सर्विस 服务 服務"),
		set("serviceid servisid serviskodu servisno servisnumarası hizmetid hizmetno hizmetkodu idуслуги услугаid " +
			"idсервиса номеруслуги кодуслуги idserviço iddoserviço códigodoserviço códigoserviço serviçoid idservicio " +
			"iddelservicio iddeservicio códigodeservicio códigodelservicio servicioid idservice idduservice " +
			"numéroduservice numérodeservice codeservice dienstid dienstnummer servicenummer idlayanan layananid " +
			"kodelayanan nomorlayanan iddịchvụ dịchvụid mãdịchvụ رقمالخدمة معرفالخدمة كودالخدمة idالخدمة सेवाआईडी " +
			"सेवाid सर्विसआईडी सर्विसid 服务id 服务编号 服务号 服務id 服務編號"),
	}
}

// yieldProvider takes the panel from a column Provider where the sheet is what PerfectPanel writes: there it names
// where the panel itself orders.
func (c *candidate) yieldProvider() {
	at := slices.IndexFunc(c.texts, func(text string) bool { return Fold(text) == "provider" })
	if at < 0 || c.fields[at] != "panel" || c.by[at] != ByName {
		return
	}
	others := []string{"externalid", "servicename", "startcount", "remains", "charge", "mode"}
	if slices.ContainsFunc(c.texts, func(text string) bool { return slices.Contains(others, Fold(text)) }) {
		c.fields[at], c.by[at] = "", Unused
	}
}

// doubled tells whether a field has several columns.
func (c *candidate) doubled() bool {
	seen := map[string]bool{}
	for _, field := range c.fields {
		if field != "" && seen[field] {
			return true
		}
		seen[field] = true
	}
	return false
}

// leaveEmpty takes a field from columns with nothing below their heads, where another one of that field is filled.
func (c *candidate) leaveEmpty(s source) {
	if !c.doubled() {
		return
	}
	columns := map[string]int{} // of each field
	for _, field := range c.fields {
		columns[field]++
	}
	filled, below := map[int]bool{}, map[string]bool{}
	for raw, err := range s.rows() {
		if err != nil {
			return // it is told by whoever reads the rows
		}
		if raw.Number <= c.row {
			continue
		}
		for i := range min(len(raw.Cells), len(c.fields)) {
			if c.fields[i] != "" && columns[c.fields[i]] > 1 && !book.Blank(raw.Cells[i:i+1]) {
				filled[i], below[c.fields[i]] = true, true
			}
		}
	}
	for i, field := range c.fields {
		if field != "" && columns[field] > 1 && below[field] && !filled[i] {
			c.fields[i], c.by[i] = "", Unused
		}
	}
}

// choice says how one of two columns for a field is chosen.
func (c *candidate) choice(first, second int, field string) string {
	if Fold(c.texts[first]) == Fold(c.texts[second]) {
		return "rename the one that is not meant"
	}
	return fmt.Sprintf("rename the one that is not meant, or say which one is: --map %q or --map %q",
		c.texts[first]+"="+field, c.texts[second]+"="+field)
}
