package stories_test

import (
	"strings"
	"testing"

	"bulkorder/samples/sandbox"
)

// TestRowsToBeSentLeaveTheSheet of a batch: they are told, with how many they are, and stay in the results; many of
// them, or those of another file, wait for a person, whose word sends them; the sheet once more without them leaves
// them out.
func TestRowsToBeSentLeaveTheSheet(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file, text string
		held, rows int // that left, and all
	}{
		"another file":           {"other.csv", followers("other", 4), 5, 12},
		"the file is cut off":    {"may.csv", followers("page", 5), 3, 8},
		"two rows are taken out": {"may.csv", followers("page", 6), 0, 8},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newShop(t, sandbox.Config{Speed: -1})
			w.write("may.csv", followers("page", 8))
			w.ok(5, "run", "may.csv", "--batch", "may", "--yes", "--rate", "100/s", "--limit", "3")
			w.write(c.file, c.text)
			run := []string{"run", c.file, "--batch", "may", "--yes", "--rate", "100/s"}
			code, out, errs := w.call(run...)
			words := out + errs
			if code != 4 && c.held > 0 || !strings.Contains(words, "are no longer in the sheet: ") {
				t.Errorf("exit %d, and nothing tells that rows left:\n%s", code, words)
			}
			_, r := w.result("show", "may")
			left := r.Rows.Skipped + r.Rows.Held
			if r.Rows.Total != c.rows || r.Rows.Held != c.held || left != c.rows-r.Rows.Placed {
				t.Errorf("the books say %+v", r.Rows)
			}
			w.ok(0, "report", "may", "--out", "r.csv")
			told := 0
			for _, row := range w.table("r.csv", "") {
				if strings.Contains(row["Problem"], "the sheet no longer has it") {
					told++
				}
			}
			if told != left {
				t.Errorf("%d rows of the results say that the sheet no longer has them, want %d", told, left)
			}
			if c.held == 0 {
				return
			}
			if strings.Contains(name, "other") {
				w.ok(0, run...)
				_, r = w.result("show", "may")
				if r.Rows.Skipped != c.held || r.Rows.Held != 0 {
					t.Errorf("after the sheet was run once more the books say %+v", r.Rows)
				}
				return
			}
			command, _, _ := strings.Cut(words[strings.Index(words, "`bulkorder resume may --release")+len("`bulkorder "):], "`")
			w.ok(0, append(strings.Fields(command), "--yes", "--rate", "100/s")...)
			w.ordered(pages("page", 8)...)
		})
	}
}

// TestANumberMeansTheRowOfNow: a row that was ordered leaves the sheet, and another one has its number then. A request
// by that number is about the latter alone; where no other row has it, about the former.
func TestANumberMeansTheRowOfNow(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		sheet string
		row   string
		meant string
	}{
		"another row has the number": {"service,link,quantity\n" + strings.Join(followersOf(1, 3, 4), ""), "3", page("page", 3)},
		"the one that left is named": {"service,link,quantity\n" + strings.Join(followersOf(1, 3, 4), ""), "3@2",
			page("page", 2)},
		"none has": {"service,link,quantity\n" + strings.Join(followersOf(1, 2, 3), ""), "5", page("page", 4)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newShop(t, sandbox.Config{Speed: -1})
			w.write("may.csv", followers("page", 4))
			w.ok(0, "run", "may.csv", "--batch", "may", "--yes", "--rate", "100/s")
			w.write("may.csv", c.sheet)
			w.ok(0, "run", "may.csv", "--batch", "may", "--yes", "--rate", "100/s")
			_, out, errs := w.call("cancel", "may", "--row", c.row, "--yes", "--rate", "100/s")
			for _, o := range w.sandbox.Ledger() {
				if canceled := o.Status == "Canceled"; canceled != (o.Fields["link"] == c.meant) {
					t.Errorf("%s canceled: %t, want the order of %s canceled:\n%s%s", o.Fields["link"], canceled, c.meant, out, errs)
				}
			}
		})
	}
}

// followersOf are some rows of followers("page", …).
func followersOf(numbers ...int) (rows []string) {
	for _, n := range numbers {
		rows = append(rows, "1,"+page("page", n)+",100\n")
	}
	return rows
}
