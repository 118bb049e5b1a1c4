package parse

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"maps"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// What a hostile sheet of a megabyte may cost. Time is the processor's, of all threads, as the machine may be busy with
// other things. Memory is the greatest that the process ever had resident (VmHWM of Linux), whatever the Go runtime
// thinks of it; elsewhere what the runtime has taken from the system.
const (
	hostileTime   = 2 * time.Second
	hostileMemory = 100 << 20
)

// Each sheet is read by a process of its own: this test binary, told to run TestReadOneSheet.
func TestHostileSheets(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes its time, and the race detector makes it longer")
	}
	for name, content := range hostileSheets() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			large := name == "65,000 parts" // their names alone are more
			if len(content) > 1<<20 && !large {
				t.Fatalf("it has %d bytes", len(content))
			}
			run := exec.Command(os.Args[0], "-test.run=^TestReadOneSheet$", "-test.v")
			run.Env = append(os.Environ(), "GOGC=100", "BULKORDER_SHEET="+write(t, "f.sheet", content))
			out, err := run.CombinedOutput()
			if err != nil {
				t.Fatalf("%v\n%.2000s", err, out)
			}
			_, told, found := strings.Cut(string(out), "memory ")
			told, outcome, _ := strings.Cut(told, " ")
			memory, err := strconv.Atoi(told)
			if !found || err != nil {
				t.Fatalf("it does not tell its memory: %s", out)
			}
			spent := run.ProcessState.UserTime() + run.ProcessState.SystemTime()
			t.Logf("%7d bytes, %4d ms, %3d MiB, %.150s", len(content), spent.Milliseconds(), memory>>20, outcome)
			if spent > hostileTime || memory > hostileMemory {
				t.Errorf("it takes %v and %d MiB", spent, memory>>20)
			}
		})
	}
}

func TestReadOneSheet(t *testing.T) {
	path := os.Getenv("BULKORDER_SHEET")
	if path == "" {
		t.Skip("it is run by TestHostileSheets")
	}
	rows, problems := 0, 0
	s, err := Open(path, Options{})
	if err == nil {
		defer s.Close()
		for row, rowErr := range s.Rows() {
			if err = rowErr; err == nil {
				rows++
				problems += len(row.Problems)
			}
		}
	}
	fmt.Printf("memory %d %d rows, %d problems, error %.300v\n", residentPeak(t), rows, problems, err)
}

// residentPeak is the most memory that this process ever had, in bytes.
func residentPeak(t *testing.T) int {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int(m.Sys)
	}
	_, text, _ := strings.Cut(string(status), "VmHWM:")
	text, _, _ = strings.Cut(strings.TrimSpace(text), " ")
	kib, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return kib << 10
}

// hostileSheets builds them all.
func hostileSheets() map[string]string {
	head := line(1, "Service", "Link")
	good := head + line(2, "1", "a")
	long := func(before, unit string, times int, after string) repeated {
		return repeated{`<worksheet ` + ns + `>` + before, unit, times, after + `</worksheet>`}
	}
	sheets := map[string]string{
		"a bomb": bombed(nil, "xl/worksheets/sheet1.xml",
			repeated{"<worksheet>", strings.Repeat(" ", 1<<20), 900, "<sheetData/></worksheet>"}),
		"ten bombs": bombed(nil, "x1", blanks(60), "x2", blanks(60), "x3", blanks(60), "x4", blanks(60),
			"x5", blanks(60), "x6", blanks(60), "x7", blanks(60), "x8", blanks(60), "x9", blanks(60), "x10", blanks(60)),
		"a bomb in the texts": bombed([]string{"<t/>"}, "xl/sharedStrings.xml",
			repeated{"<sst>", "<si><t>" + strings.Repeat("a", 20000) + "</t></si>", 3000, "</sst>"}),
		"texts of nothing": bombed([]string{"<t/>"}, "xl/sharedStrings.xml",
			repeated{"<sst>", strings.Repeat("<si/>", 10000), 1200, "</sst>"}),
		"a million texts": bombed([]string{"<t/>"}, "xl/sharedStrings.xml",
			repeated{"<sst>", strings.Repeat("<si><t>some text</t></si>", 1000), 1000, "</sst>"}),
		"cells of nothing": bombed(nil, "xl/worksheets/sheet1.xml",
			long("<sheetData>"+good, "<row>"+strings.Repeat("<c/>", 16000)+"</row>", 900, "</sheetData>")),
		"a million rows of nothing": bombed(nil, "xl/worksheets/sheet1.xml",
			long("<sheetData>"+good, strings.Repeat(`<row s="1" customFormat="1"/>`, 1000), 1048, "</sheetData>")),
		"many rows of orders": bombed(nil, "xl/worksheets/sheet1.xml",
			long("<sheetData>"+good, strings.Repeat(`<row><c><v>1</v></c><c t="str"><v>a</v></c></row>`, 1000), 150,
				"</sheetData>")),
		"many rows of problems": bombed(nil, "xl/worksheets/sheet1.xml",
			long("<sheetData>"+good, strings.Repeat(`<row><c t="e"/><c t="e"/></row>`, 1000), 150, "</sheetData>")),
		"a row of texts": bombed(nil, "xl/worksheets/sheet1.xml",
			long("<sheetData>"+good+"<row>", `<c t="str"><v>`+strings.Repeat("a", 30000)+"</v></c>", 2000,
				"</row></sheetData>")),
		"a text of pieces": bombed(nil, "xl/worksheets/sheet1.xml",
			long("<sheetData>"+good+`<row><c t="str"><v>`, strings.Repeat("a<![CDATA[b]]>", 1000), 4000,
				"</v></c></row></sheetData>")),
		"a remark without end": bombed(nil, "xl/worksheets/sheet1.xml",
			long("<!--", strings.Repeat("a", 1<<20), 60, "--><sheetData/>")),
		"an attribute without end": bombed(nil, "xl/worksheets/sheet1.xml",
			long(`<a b="`, strings.Repeat("a", 1<<20), 60, `"/><sheetData/>`)),
		"attributes without end": bombed(nil, "xl/worksheets/sheet1.xml",
			long(`<sheetData><row `, strings.Repeat(`a="1" `, 1000), 600, `/></sheetData>`)),
		"elements that are not known": bombed(nil, "xl/worksheets/sheet1.xml",
			long("", strings.Repeat("<a><b/></a>", 1000), 5500, "<sheetData>"+good+"</sheetData>")),
		"deep nesting": bombed(nil, "xl/worksheets/sheet1.xml",
			long("<sheetData>"+good+"</sheetData>", strings.Repeat("<a>", 1000), 10000, "")),
		"a million merges": bombed(nil, "xl/worksheets/sheet1.xml",
			long("<sheetData>"+good+"</sheetData><mergeCells>", strings.Repeat(`<mergeCell ref="A2:A3"/>`, 1000), 1000,
				"</mergeCells>")),
		"merges one below the other": handMade{
			rows: good,
			tail: areas(100000, func(i int) string { return fmt.Sprintf(`<mergeCell ref="C%d:C%d"/>`, 3*i+4, 3*i+5) }),
		}.zip(),
		"merges side by side": bombed(
			nil,
			"xl/worksheets/sheet1.xml",
			long(
				"<sheetData>"+wide(130),
				strings.Repeat(`<row><c><v>1</v></c><c t="str"><v>a</v></c></row>`, 1000),
				100,
				"</sheetData>"+
					areas(120, func(i int) string {
						return fmt.Sprintf(`<mergeCell ref="%s2:%s1048576"/>`, Letter(i+2),
							Letter(i+2))
					}),
			),
		),
		"texts of a megabyte": bombed([]string{"<t/>"}, "xl/sharedStrings.xml",
			repeated{"<sst>", "<si><t>" + strings.Repeat("a", 700000) + "</t></si>", 60, "</sst>"}),
		"texts of four megabytes": bombed([]string{"<t/>"}, "xl/sharedStrings.xml",
			repeated{"<sst>", "<si><t>" + strings.Repeat("a", 4000000) + "</t></si>", 15, "</sst>"}),
		"a merge over everything": bombed(nil, "xl/worksheets/sheet1.xml",
			long("<sheetData>"+good, strings.Repeat(`<row><c><v>1</v></c><c t="str"><v>a</v></c></row>`, 1000), 100,
				`</sheetData><mergeCell ref="A2:XFD1048576"/>`)),
		"a million hyperlinks": bombed(nil, "xl/worksheets/sheet1.xml",
			long("<sheetData>"+good+"</sheetData>", strings.Repeat(`<hyperlink ref="B2"/>`, 1000), 1000, "")),
		"hyperlinks over everything": bombed(
			nil,
			"xl/worksheets/sheet1.xml",
			long("<sheetData>"+good, strings.Repeat(`<row><c><v>1</v></c><c t="str"><v>a</v></c></row>`, 1000), 100,
				"</sheetData>"+strings.Repeat(`<hyperlink ref="A1:XFD1048576"/>`, 200)),
		),
		"comments in masses": bombed(nil, "xl/worksheets/_rels/sheet1.xml.rels",
			repeated{`<Relationships><Relationship Id="r" Type="/comments" Target="/xl/c.xml"/>`, "", 0, "</Relationships>"},
			"xl/c.xml", repeated{"<comments>", strings.Repeat(`<comment ref="A2"><text>`+strings.Repeat("done ", 100)+
				`</text></comment>`, 1000), 60, "</comments>"}),
		"a comment without end": bombed(nil, "xl/worksheets/_rels/sheet1.xml.rels",
			repeated{`<Relationships><Relationship Id="r" Type="/comments" Target="/xl/c.xml"/>`, "", 0, "</Relationships>"},
			"xl/c.xml", repeated{`<comments><comment ref="A2"><text>`, strings.Repeat("a", 1<<20), 60,
				"</text></comment></comments>"}),
		"references in masses": bombed(nil, "xl/worksheets/_rels/sheet1.xml.rels",
			repeated{"<Relationships>", strings.Repeat(`<Relationship Id="r" Target="t"/>`, 1000), 1800, "</Relationships>"}),
		"styles in masses": bombed(nil, "xl/styles.xml",
			repeated{"<styleSheet><cellXfs>", strings.Repeat(`<xf/>`, 10000), 1200, "</cellXfs></styleSheet>"}),
		"formats in masses": handMade{
			rows: good,
			formats: "<numFmts>" +
				areas(100000, func(i int) string { return fmt.Sprintf(`<numFmt numFmtId="%d" formatCode="d"/>`, i) }) +
				"</numFmts>",
		}.zip(),
		"sheets in masses": bombed(nil, "xl/workbook.xml",
			repeated{`<workbook ` + ns + `><sheets>`, strings.Repeat(`<sheet name="a" sheetId="1" r:id="rId1"/>`, 1000), 1400,
				"</sheets></workbook>"}),
		"billion laughs": handMade{
			rows:   good,
			shared: []string{"<t/>"},
			more:   map[string]string{"xl/sharedStrings.xml": laughs()},
		}.zip(),
		"far cells": handMade{
			rows: good + areas(30000, func(i int) string {
				return fmt.Sprintf(`<row r="%d"><c r="XFD%d"><v>1</v></c></row>`, i+3,
					i+3)
			}),
		}.zip(),
		"far cells under a wide header": handMade{rows: wide(16384) + areas(30000, func(i int) string {
			return fmt.Sprintf(`<row r="%d"><c r="A%d"><v>1</v></c><c r="XFD%d"><v>1</v></c></row>`, i+2, i+2, i+2)
		})}.zip(),
		"the farthest cell":     handMade{rows: good + `<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`}.zip(),
		"a dimension that lies": handMade{rows: good, before: `<dimension ref="A1:XFD1048576"/>`}.zip(),
		"references twice": handMade{
			rows: good + `<row r="3"><c r="A3"><v>1</v></c><c r="A3"><v>2</v></c></row>`,
		}.zip(),
		"references out of order": handMade{
			rows: good + `<row r="3"><c r="B3"><v>1</v></c><c r="A3"><v>2</v></c></row>`,
		}.zip(),
		"names that climb": handMade{
			rows: good,
			more: map[string]string{
				"../../../etc/passwd":   "x",
				"xl/worksheets/../../x": "y",
				`..\x`:                  "z",
				"/etc/shadow":           "w",
			},
		}.zip(),
		"a part larger than it says":  lying(40),
		"a part smaller than it says": lying(1 << 30),
		"parts that overlap":          overlapping(5000),
		"65,000 parts":                manyParts(65000),
	}
	nested := handMade{rows: good}.zip()
	for range 5 {
		nested = zipped(map[string]string{"orders.xlsx": nested}, "orders.xlsx")
	}
	sheets["zips in zips"] = nested
	maps.Copy(sheets, hostileTexts())
	return sheets
}

func hostileTexts() map[string]string {
	const head = "service,link,quantity\n"
	fill := func(before, unit string) string {
		return before + strings.Repeat(unit, (1<<20-len(before))/len(unit))
	}
	var names strings.Builder
	for i := range 16000 {
		fmt.Fprintf(&names, ",quantiti%d", i)
	}
	return map[string]string{
		"a line without end":                fill(head, "a"),
		"a line without end and no header":  fill("", "a"),
		"commas without end":                fill(head, ","),
		"quotes without end":                fill(head, `"`),
		"a cell that is never closed":       fill(head+`1,"a`, "b,c\n"),
		"line ends":                         fill(head, "\n"),
		"line ends and no header":           fill("", "\r"),
		"many orders":                       fill(head, "1,a\n"),
		"many doubtful numbers":             fill(head, "1,a,\"1,000\"\n"),
		"many bare quotes":                  fill(head, "1,a\"\n"),
		"a wide header":                     fill("service,link"+strings.Repeat(",x", 16000)+"\n", "1,a\n"),
		"a header of near misses":           fill("servise"+names.String()+"\n", "1,a\n"),
		"thirty wide headers":               fill("", "id"+strings.Repeat(",id", 10000)+"\n"),
		"unused columns with near names":    fill("service,link"+names.String()+"\n", "1,a\n"),
		"a compound file of names":          fill("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", string(wideName("WordDocument"))),
		"bytes of no encoding":              fill(head, "1,a,\xff\n"),
		"letters where nothing is sent":     fill("service,link,note\n", "1,a,\xff\n"),
		"UTF-16 of halves":                  fill("\xff\xfe", "\x00\xd8"),
		"many lines of mass orders":         fill("", "1|a|5\n"),
		"a list without end in one cell":    fill("service,link,comments\n1,a,\"", "a\n"),
		"a service's name without end":      fill("service,link\n", strings.Repeat("x", 1000)+"\n"),
		"numbers of many digits and points": fill(head+"1,a,", "1.000."),
	}
}

// repeated is a text in which one unit comes many times.
type repeated struct {
	before, unit string
	times        int
	after        string
}

func blanks(mib int) repeated { return repeated{"", strings.Repeat(" ", 1<<20), mib, ""} }

// deflated packs the text without ever having it whole: blocks that end with a flush know nothing of each other.
func (r repeated) deflated() (packed []byte, crc uint32, size uint64) {
	block := func(text string, last bool) []byte {
		var out bytes.Buffer
		w, err := flate.NewWriter(&out, flate.BestCompression)
		if err == nil {
			_, err = io.WriteString(w, text)
		}
		if err == nil && last {
			err = w.Close()
		} else if err == nil {
			err = w.Flush()
		}
		if err != nil {
			panic(err)
		}
		return out.Bytes()
	}
	packed = slices.Concat(block(r.before, false), bytes.Repeat(block(r.unit, false), r.times), block(r.after, true))
	crc = crc32.ChecksumIEEE([]byte(r.before))
	for range r.times {
		crc = crc32.Update(crc, crc32.IEEETable, []byte(r.unit))
	}
	crc = crc32.Update(crc, crc32.IEEETable, []byte(r.after))
	return packed, crc, uint64(len(r.before) + r.times*len(r.unit) + len(r.after))
}

// bombed is a sound workbook in which some parts, by name, are such texts.
func bombed(shared []string, parts ...any) string {
	whole := handMade{rows: line(1, "Service", "Link") + line(2, "1", "a"), shared: shared, formats: "<cellXfs/>"}.parts()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := 0; i < len(parts); i += 2 {
		name := parts[i].(string)
		delete(whole, name)
		packed, crc, size := parts[i+1].(repeated).deflated()
		raw(
			z,
			zip.FileHeader{
				Name:               name,
				Method:             zip.Deflate,
				CRC32:              crc,
				CompressedSize64:   uint64(len(packed)),
				UncompressedSize64: size,
			},
			packed,
		)
	}
	for _, name := range slices.Sorted(maps.Keys(whole)) {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, whole[name])
		}
		if err != nil {
			panic(err)
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return out.String()
}

func raw(z *zip.Writer, h zip.FileHeader, packed []byte) {
	w, err := z.CreateRaw(&h)
	if err == nil {
		_, err = w.Write(packed)
	}
	if err != nil {
		panic(err)
	}
}

// areas writes a thing n times.
func areas(n int, one func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(one(i))
	}
	return b.String()
}

// wide is a header row of that many columns.
func wide(columns int) string {
	names := slices.Repeat([]string{"x"}, columns)
	names[0], names[1] = "Service", "Link"
	return line(1, names...)
}

func laughs() string {
	text := `<!DOCTYPE sst [<!ENTITY a0 "ha">`
	for i := range 30 {
		text += fmt.Sprintf(`<!ENTITY a%d "%s">`, i+1, strings.Repeat(fmt.Sprintf("&a%d;", i), 10))
	}
	return text + `]><sst><si><t>&a30;</t></si></sst>`
}

// lying is a workbook whose sheet unpacks to another size than the zip's directory says.
func lying(size uint64) string {
	parts := handMade{rows: line(1, "Service", "Link") + line(2, "1", "a")}.parts()
	const name = "xl/worksheets/sheet1.xml"
	packed, crc, _ := repeated{before: parts[name]}.deflated()
	delete(parts, name)
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	raw(
		z,
		zip.FileHeader{
			Name:               name,
			Method:             zip.Deflate,
			CRC32:              crc,
			CompressedSize64:   uint64(len(packed)),
			UncompressedSize64: size,
		},
		packed,
	)
	for _, other := range slices.Sorted(maps.Keys(parts)) {
		raw(
			z,
			zip.FileHeader{
				Name:               other,
				CRC32:              crc32.ChecksumIEEE([]byte(parts[other])),
				CompressedSize64:   uint64(len(parts[other])),
				UncompressedSize64: uint64(len(parts[other])),
			},
			[]byte(parts[other]),
		)
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return out.String()
}

// overlapping is a zip in which n parts share the same packed bytes, which unpack to 60 MiB.
func overlapping(n int) string {
	packed, crc, size := blanks(60).deflated()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	raw(
		z,
		zip.FileHeader{
			Name:               "p0000",
			Method:             zip.Deflate,
			CRC32:              crc,
			CompressedSize64:   uint64(len(packed)),
			UncompressedSize64: size,
		},
		packed,
	)
	if err := z.Close(); err != nil {
		panic(err)
	}
	whole := out.Bytes()
	end := bytes.LastIndex(whole, []byte("PK\x05\x06"))
	start := bytes.LastIndex(whole, []byte("PK\x01\x02"))
	entry := whole[start:end]
	var directory []byte
	for i := range n {
		name := fmt.Sprintf("p%04d", i)
		directory = append(directory, bytes.Replace(entry, []byte("p0000"), []byte(name), 1)...)
	}
	tail := slices.Clone(whole[end:])
	binary.LittleEndian.PutUint16(tail[8:], uint16(n))
	binary.LittleEndian.PutUint16(tail[10:], uint16(n))
	binary.LittleEndian.PutUint32(tail[12:], uint32(len(directory)))
	return string(slices.Concat(whole[:start], directory, tail))
}

func manyParts(n int) string {
	parts := handMade{rows: line(1, "Service", "Link") + line(2, "1", "a")}.parts()
	for i := range n - len(parts) {
		parts[strconv.Itoa(i)] = ""
	}
	return zippedBy(zip.Store, parts, slices.Sorted(maps.Keys(parts))...)
}
