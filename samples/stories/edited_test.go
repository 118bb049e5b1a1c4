//go:build unix

package stories_test

import (
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"bulkorder/samples/sandbox"
)

// table reads a results file as a list of cells by the names of their columns.
func (w *shop) table(name, sheet string) (all []map[string]string) {
	w.t.Helper()
	var rows [][]string
	path := filepath.Join(w.dir, name)
	if filepath.Ext(name) == ".csv" {
		f, err := os.Open(path)
		must(w.t, err)
		defer f.Close()
		r := csv.NewReader(f)
		r.FieldsPerRecord = -1
		rows, err = r.ReadAll()
		must(w.t, err)
	} else {
		f, err := excelize.OpenFile(path)
		must(w.t, err)
		defer f.Close()
		rows, err = f.GetRows(sheet)
		must(w.t, err)
	}
	if len(rows) > 0 {
		rows[0][0] = strings.TrimPrefix(rows[0][0], "\ufeff")
	}
	head := slices.IndexFunc(rows, func(r []string) bool { return slices.Contains(r, "link") })
	if head < 0 {
		w.t.Fatalf("%s has no head with link in %s: %q", sheet, name, rows)
	}
	for _, row := range rows[head+1:] {
		cells := map[string]string{}
		for i, cell := range row {
			if i < len(rows[head]) {
				cells[rows[head][i]] = cell
			}
		}
		all = append(all, cells)
	}
	return all
}

// TestAColumnWasAddedToTheSheetOfABatch: each row's cells stay under their own heads, in the results and in To fix.
func TestAColumnWasAddedToTheSheetOfABatch(t *testing.T) {
	t.Parallel()
	for name, second := range map[string]string{
		"before":  "note,service,link,quantity\nnew one,1," + page("page", 3) + ",300\nbad,1," + page("page", 4) + ",7\n",
		"between": "service,note,link,quantity\n1,new one," + page("page", 3) + ",300\n1,bad," + page("page", 4) + ",7\n",
		"moved":   "quantity,link,service\n300," + page("page", 3) + ",1\n7," + page("page", 4) + ",1\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newShop(t, sandbox.Config{Speed: -1})
			first := "service,link,quantity\n1," + page("page", 1) + ",100\n1," + page("page", 2) + ",200\n"
			w.write("orders.csv", first)
			w.ok(0, "run", "orders.csv", "--batch", "may", "--yes", "--rate", "100/s")
			w.write("orders.csv", second)
			w.ok(4, "run", "orders.csv", "--batch", "may", "--yes", "--rate", "100/s")
			w.ordered(pages("page", 3)...)
			w.ok(0, "report", "may", "--out", "r.csv")
			w.ok(0, "report", "may", "--out", "r.xlsx")
			want := map[string]string{page("page", 1): "100", page("page", 2): "200", page("page", 3): "300",
				page("page", 4): "7"}
			for _, rows := range [][]map[string]string{w.table("r.csv", ""), w.table("r.xlsx", "Orders"),
				w.table("r.xlsx", "To fix")} {
				for _, row := range rows {
					if row["link"] == "" && row["quantity"] == "" {
						continue
					}
					if want[row["link"]] != row["quantity"] || row["service"] != "1" {
						t.Errorf("a row says %v", row)
					}
				}
			}
			if n := len(w.table("r.csv", "")); n != 4 {
				t.Errorf("%d rows in the results, want 4", n)
			}
		})
	}
}

// TestAPlacedRowWasEdited: the results go on showing what was ordered, and tell of the edit.
func TestAPlacedRowWasEdited(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	w.write("orders.csv", refSheet(100, []string{"a", "b"}, pages("page", 2)))
	w.ok(0, "run", "orders.csv", "--batch", "may", "--yes", "--rate", "100/s")
	w.write("orders.csv", refSheet(500, []string{"a", "b"}, pages("page", 2)))
	code, out, errs := w.call("run", "orders.csv", "--batch", "may", "--yes", "--rate", "100/s")
	w.ordered(pages("page", 2)...)
	w.ok(0, "report", "may", "--out", "r.csv")
	told := out + errs
	for _, row := range w.table("r.csv", "") {
		if row["quantity"] != "100" {
			t.Errorf("a placed row says %v, and 100 were ordered", row)
		}
		told += fmt.Sprint(row)
	}
	if code == 2 || code == 1 || !strings.Contains(strings.ToLower(told), "edit") &&
		!strings.Contains(strings.ToLower(told), "chang") {
		t.Errorf("exit %d, and nothing tells of the edit:\n%s", code, told)
	}
}

// TestAPlacedRowWithoutARefWasEdited: it is no new order, however often the sheet is run and sorted, until a person
// says so; what is new beside it is ordered.
func TestAPlacedRowWithoutARefWasEdited(t *testing.T) {
	t.Parallel()
	first := strings.Split(strings.TrimSpace(followers("page", 6)), "\n")
	for name, edit := range map[string]string{"quantity": "1," + page("page", 3) + ",150",
		"link": "1," + page("elsewhere", 1) + ",100", "service": "104," + page("page", 3) + ",100"} {
		for _, called := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s/%v", name, called), func(t *testing.T) {
				t.Parallel()
				w := newShop(t, sandbox.Config{Speed: -1})
				args := []string{"run", "orders.csv", "--yes", "--rate", "100/s"}
				if called {
					args = append(args, "--batch", "may")
				}
				w.write("orders.csv", strings.Join(first, "\n")+"\n")
				w.ok(0, args...)
				edited := slices.Clone(first)
				edited[3] = edit
				sorted := slices.Clone(edited)
				slices.Reverse(sorted[1:])
				for _, rows := range [][]string{edited, edited, sorted} {
					w.write("orders.csv", strings.Join(rows, "\n")+"\n")
					if code, out, errs := w.call(args...); code != 4 {
						t.Errorf("exit %d:\n%s%s", code, out, errs)
					}
					w.ordered(pages("page", 6)...)
				}
				w.write("orders.csv", strings.Join(append(sorted, "1,"+page("fresh", 1)+",100"), "\n")+"\n")
				code, r := w.result(args...)
				w.ordered(append(pages("page", 6), page("fresh", 1))...)
				if called {
					w.ok(0, "resume", r.Batch, "--release", "5", "--yes", "--rate", "100/s")
					if n := len(w.counts()); name == "link" && n != 8 {
						t.Errorf("exit %d before, and orders for %d links after a word", code, n)
					}
				}
			})
		}
	}
}

// TestAResultsWorkbookWasRunUnderItsOwnName: nothing is ordered again, and the results stay.
func TestAResultsWorkbookWasRunUnderItsOwnName(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1}, "add:closed:after:n=2")
	w.write("orders.csv", followers("page", 4))
	w.ok(6, "run", "orders.csv", "--yes", "--rate", "100/s", "--concurrency", "1")
	before := w.table("orders.results.xlsx", "Orders")
	for _, args := range [][]string{{}, {"--batch", "again"}, {"--allow-repeat"}} {
		code, out, errs := w.call(append([]string{"run", "orders.results.xlsx", "--yes", "--rate", "100/s"}, args...)...)
		if code == 1 {
			t.Errorf("%v: exit %d:\n%s%s", args, code, out, errs)
		}
	}
	other := w.machine()
	other.dir = w.dir
	other.call("run", "orders.results.xlsx", "--yes", "--rate", "100/s")
	w.ordered(pages("page", 4)...)
	if after := w.table("orders.results.xlsx", "Orders"); len(after) != len(before) {
		t.Errorf("the results had %d rows and have %d", len(before), len(after))
	}
}

// TestTheSheetWasRewrittenWhileItWasRead: what is neither the old sheet nor the new one is an error.
func TestTheSheetWasRewrittenWhileItWasRead(t *testing.T) {
	t.Parallel()
	for name, code := range map[string]int{"content": 3, "time alone": 0} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newShop(t, sandbox.Config{Speed: -1})
			sheet := followers("page", 160_000)
			w.write("orders.csv", sheet)
			path := filepath.Join(w.dir, "orders.csv")
			run := w.halfRead(path, int64(len(sheet)))
			if name == "content" {
				f, err := os.OpenFile(path, os.O_WRONLY, 0)
				must(t, err)
				_, err = f.WriteAt([]byte(",900\n"), int64(len(sheet)-5))
				must(t, err)
				must(t, f.Close())
			}
			must(t, os.Chtimes(path, time.Now(), time.Now().Add(time.Minute)))
			must(t, run.Process.Signal(syscall.SIGCONT))
			got := run.exit()
			if got != code && (code == 0 || got != 1) {
				t.Errorf("exit %d, want %d:\n%.2000s", got, code, run.words.String())
			}
		})
	}
}

// halfRead begins a check of a sheet and stops it before it has come to the sheet's end: it reads a sheet once to know
// its bytes again, and then its rows.
func (w *shop) halfRead(path string, size int64) *running {
	w.t.Helper()
	for range 50 {
		run := w.background("check", path, "--json")
		until(w.t, "the sheet being read", func() bool {
			return readBy(run.Process.Pid) > size*5/4
		})
		if err := run.Process.Signal(syscall.SIGSTOP); err == nil && readBy(run.Process.Pid) < size*7/4 {
			return run
		}
		run.Process.Kill()
		run.exit()
	}
	w.t.Fatal("the sheet was always read before anybody could look")
	return nil
}

// readBy is how many bytes a process has read so far, of all files; of one that is gone, more than there are.
func readBy(pid int) (n int64) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/io", pid))
	if err == nil {
		_, err = fmt.Sscanf(string(text), "rchar: %d", &n)
	}
	if err != nil {
		return math.MaxInt64
	}
	return n
}
