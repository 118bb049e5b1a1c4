package book

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"bulkorder/report/reporttest"
)

// node is an XML element, read by the standard library alone: excelize must not be its own witness.
type node struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Nodes   []node     `xml:",any"`
	Text    string     `xml:",chardata"`
}

func (n node) attr(name string) string {
	for _, a := range n.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (n node) int(name string) int {
	i, err := strconv.Atoi(n.attr(name))
	if err != nil {
		return -1
	}
	return i
}

// all finds the elements of a name below n, at any depth.
func (n node) all(name string) []node {
	var found []node
	for _, child := range n.Nodes {
		if child.XMLName.Local == name {
			found = append(found, child)
		}
		found = append(found, child.all(name)...)
	}
	return found
}

func (n node) first(name string) node {
	if all := n.all(name); len(all) > 0 {
		return all[0]
	}
	return node{}
}

// witness reads a workbook as Excel's schema (ECMA-376) has it.
type witness struct {
	t     *testing.T
	name  string
	parts map[string][]byte
	xml   map[string]node
}

func newWitness(t *testing.T, file string) *witness {
	t.Helper()
	z, err := zip.OpenReader(file)
	reporttest.Must(t, err)
	defer z.Close()
	w := &witness{t: t, name: filepath.Base(file), parts: map[string][]byte{}, xml: map[string]node{}}
	for _, f := range z.File {
		r, err := f.Open()
		reporttest.Must(t, err)
		content, err := io.ReadAll(r)
		reporttest.Must(t, err)
		if _, double := w.parts[f.Name]; double {
			w.fault("the part %s comes twice", f.Name)
		}
		w.parts[f.Name] = content
		if strings.HasSuffix(f.Name, ".xml") || strings.HasSuffix(f.Name, ".rels") {
			var n node
			if err := xml.NewDecoder(bytes.NewReader(content)).Decode(&n); err != nil {
				w.fault("%s is no XML: %v", f.Name, err)
			}
			w.xml[f.Name] = n
		}
	}
	return w
}

func (w *witness) fault(format string, args ...any) {
	w.t.Helper()
	w.t.Errorf("%s: "+format, append([]any{w.name}, args...)...)
}

// relations gives the targets of a part's relationships by id, as names of parts.
func (w *witness) relations(part string) map[string]string {
	targets := map[string]string{}
	for _, r := range w.xml[path.Dir(part)+"/_rels/"+path.Base(part)+".rels"].all("Relationship") {
		target := r.attr("Target")
		switch {
		case r.attr("TargetMode") == "External":
			continue
		case strings.HasPrefix(target, "/"):
			target = target[1:]
		default:
			target = path.Join(path.Dir(part), target)
		}
		if _, there := w.parts[target]; !there {
			w.fault("%s refers to %s, which isn't there", part, target)
		}
		if targets[r.attr("Id")] != "" {
			w.fault("%s has two relationships %s", part, r.attr("Id"))
		}
		targets[r.attr("Id")] = target
	}
	return targets
}

// check looks at all that makes Excel offer a repair.
func (w *witness) check() {
	w.t.Helper()
	w.checkTypes()
	styles := w.xml["xl/styles.xml"]
	for _, list := range []string{"fonts", "fills", "borders", "cellXfs", "dxfs", "numFmts"} {
		if l := styles.first(list); l.XMLName.Local != "" && l.int("count") != len(l.Nodes) {
			w.fault("styles.xml counts %s %s, and has %d", l.attr("count"), list, len(l.Nodes))
		}
	}
	w.ordered("styles.xml", styles,
		"numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst")
	book := w.xml["xl/workbook.xml"]
	w.ordered("workbook.xml", book,
		"fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups externalReferences "+
			"definedNames calcPr oleSize customWorkbookViews pivotCaches")
	targets := w.relations("xl/workbook.xml")
	names, ids, tables := map[string]bool{}, map[string]bool{}, map[string]bool{}
	sheets := book.first("sheets").Nodes
	for _, s := range sheets {
		name := s.attr("name")
		if names[strings.ToLower(name)] || len([]rune(name)) > 31 || strings.ContainsAny(name, `[]:*?/\`) ||
			strings.Trim(name, "'") != name {
			w.fault("no sheet can have the name %q, or two have it", name)
		}
		names[strings.ToLower(name)] = true
		if part := targets[s.attr("id")]; part == "" || ids[part] || ids[s.attr("sheetId")] {
			w.fault("sheet %q has the part %q and the id %s", name, part, s.attr("sheetId"))
		} else {
			ids[part], ids[s.attr("sheetId")] = true, true
			w.checkSheet(part, len(styles.first("cellXfs").Nodes), len(styles.first("dxfs").Nodes), tables)
		}
	}
	w.checkNames(book, names, len(sheets))
}

// checkTypes: every part has a content type, and every type its part.
func (w *witness) checkTypes() {
	byEnding, byPart := map[string]bool{}, map[string]bool{}
	for _, n := range w.xml["[Content_Types].xml"].Nodes {
		switch n.XMLName.Local {
		case "Default":
			byEnding["."+strings.ToLower(n.attr("Extension"))] = true
		case "Override":
			part := strings.TrimPrefix(n.attr("PartName"), "/")
			if _, there := w.parts[part]; !there || byPart[part] {
				w.fault("a content type is for %s, which isn't there or has two", part)
			}
			byPart[part] = true
		}
	}
	for part := range w.parts {
		if part != "[Content_Types].xml" && !byPart[part] && !byEnding[strings.ToLower(path.Ext(part))] {
			w.fault("%s has no content type", part)
		}
	}
}

// ordered: children of an element come in the order of the schema, each once.
func (w *witness) ordered(part string, n node, sequence string) {
	w.t.Helper()
	order, last := strings.Fields(sequence), -1
	for _, child := range n.Nodes {
		at := slices.Index(order, child.XMLName.Local)
		if at < 0 || at < last || at == last && child.XMLName.Local != "conditionalFormatting" {
			w.fault("%s: <%s> does not belong where it stands", part, child.XMLName.Local)
		}
		last = max(last, at)
	}
}

// checkNames: a defined name is unique in its scope and refers to a sheet that is there.
func (w *witness) checkNames(book node, sheets map[string]bool, count int) {
	seen := map[string]bool{}
	for _, n := range book.first("definedNames").Nodes {
		scope := n.attr("localSheetId")
		if id, err := strconv.Atoi(scope); scope != "" && (err != nil || id < 0 || id >= count) {
			w.fault("the name %s is of the sheet number %s", n.attr("name"), scope)
		}
		if key := strings.ToLower(n.attr("name")) + "/" + scope; seen[key] {
			w.fault("the name %s is there twice", n.attr("name"))
		} else {
			seen[key] = true
		}
		sheet, _, is := strings.Cut(n.Text, "!")
		if !is || !sheets[strings.ToLower(strings.ReplaceAll(strings.Trim(sheet, "'"), "''", "'"))] {
			w.fault("the name %s refers to %s", n.attr("name"), n.Text)
		}
	}
}

const worksheetOrder = `sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection
	protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells
	phoneticPr conditionalFormatting dataValidations hyperlinks printOptions pageMargins
	pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors
	smartTags drawing legacyDrawing legacyDrawingHF picture oleObjects controls
	webPublishItems tableParts extLst`

func (w *witness) checkSheet(part string, styles, formats int, tables map[string]bool) {
	sheet, targets := w.xml[part], w.relations(part)
	w.ordered(part, sheet, worksheetOrder)
	cells := w.checkCells(part, sheet.first("sheetData"), styles)
	priorities := map[int]bool{}
	for _, rule := range sheet.all("cfRule") {
		if id := rule.int("dxfId"); id < 0 || id >= formats || priorities[rule.int("priority")] {
			w.fault("%s: a conditional format has the style %s of %d and the priority %s", part, rule.attr("dxfId"), formats,
				rule.attr("priority"))
		}
		priorities[rule.int("priority")] = true
	}
	for _, element := range []string{"drawing", "legacyDrawing", "tablePart"} {
		for _, n := range sheet.all(element) {
			if targets[n.attr("id")] == "" {
				w.fault("%s: <%s> refers to %q", part, element, n.attr("id"))
			}
		}
	}
	if list := sheet.first("tableParts"); len(list.Nodes) > 1 ||
		list.XMLName.Local != "" && list.int("count") != len(list.Nodes) {
		w.fault("%s has %d tables", part, len(list.Nodes))
	}
	for _, n := range sheet.all("tablePart") {
		w.checkTable(targets[n.attr("id")], cells, tables)
		if len(sheet.all("autoFilter")) > 0 {
			w.fault("%s has a filter of its own beside its table's", part)
		}
	}
	if rules := sheet.first("dataValidations"); rules.XMLName.Local != "" && rules.int("count") != len(rules.Nodes) {
		w.fault("%s counts %s data validations, and has %d", part, rules.attr("count"), len(rules.Nodes))
	}
	for id, target := range targets {
		w.relations(target) // of drawings, to their charts
		seen := map[string]bool{}
		for _, c := range w.xml[target].all("comment") {
			if seen[c.attr("ref")] {
				w.fault("%s (%s) has two comments on %s", target, id, c.attr("ref"))
			}
			seen[c.attr("ref")] = true
		}
	}
}

// checkCells: rows and cells ascend, styles are there, no formula is shared. It gives the texts of inline
// strings by cell.
func (w *witness) checkCells(part string, data node, styles int) map[string]string {
	texts, row := map[string]string{}, 0
	for _, r := range data.Nodes {
		if r.int("r") <= row {
			w.fault("%s: row %s comes after row %d", part, r.attr("r"), row)
		}
		row = r.int("r")
		column := 0
		for _, c := range r.Nodes {
			at, in, err := excelize.CellNameToCoordinates(c.attr("r"))
			if err != nil || at <= column || in != row {
				w.fault("%s: cell %s stands in row %d after column %d", part, c.attr("r"), row, column)
			}
			column = at
			if s := c.attr("s"); s != "" && (c.int("s") < 0 || c.int("s") >= styles) {
				w.fault("%s: cell %s has the style %s of %d", part, c.attr("r"), s, styles)
			}
			if !slices.Contains([]string{"", "n", "s", "str", "inlineStr", "b"}, c.attr("t")) ||
				c.first("f").attr("t") == "shared" {
				w.fault("%s: cell %s is of the type %q, its formula %q", part, c.attr("r"), c.attr("t"), c.first("f").attr("t"))
			}
			for _, text := range c.all("t") {
				texts[c.attr("r")] += text.Text
			}
		}
	}
	return texts
}

func (w *witness) checkTable(part string, cells map[string]string, tables map[string]bool) {
	table := w.xml[part]
	for _, key := range []string{"id " + table.attr("id"), "name " + strings.ToLower(table.attr("displayName"))} {
		if tables[key] {
			w.fault("two tables have the %s", key)
		}
		tables[key] = true
	}
	from, to, _ := strings.Cut(table.attr("ref"), ":")
	left, top, err := excelize.CellNameToCoordinates(from)
	reporttest.Must(w.t, err)
	right, bottom, err := excelize.CellNameToCoordinates(to)
	reporttest.Must(w.t, err)
	columns := table.first("tableColumns")
	if bottom <= top || len(columns.Nodes) != right-left+1 || columns.int("count") != len(columns.Nodes) ||
		table.first("autoFilter").attr("ref") != table.attr("ref") {
		w.fault("%s lies over %s, has %d columns, and its filter lies over %s", part, table.attr("ref"), len(columns.Nodes),
			table.first("autoFilter").attr("ref"))
	}
	names, ids := map[string]bool{}, map[string]bool{}
	for i, c := range columns.Nodes {
		cell, err := excelize.CoordinatesToCellName(left+i, top)
		reporttest.Must(w.t, err)
		name := strings.NewReplacer("_x000a_", "\n", "_x000d_", "\r").Replace(c.attr("name"))
		if cells[cell] != name || names[strings.ToLower(name)] || ids[c.attr("id")] || name == "" {
			w.fault("%s: column %s is named %q over the cell %q, or its name or id %s comes twice", part, cell, name,
				cells[cell], c.attr("id"))
		}
		names[strings.ToLower(name)], ids[c.attr("id")] = true, true
	}
}
