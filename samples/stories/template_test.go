package stories_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"bulkorder/parse"
	"bulkorder/samples/sandbox"
)

// convert lets LibreOffice open a workbook, compute it, and save it in another format. The test is skipped
// where there is no LibreOffice, unless BULKORDER_TEST_SOFFICE=required.
func convert(t *testing.T, path, format string) string {
	t.Helper()
	soffice, err := exec.LookPath("soffice")
	if err != nil && os.Getenv("BULKORDER_TEST_SOFFICE") == "required" {
		t.Fatal("LibreOffice is missing, and this machine should have it")
	}
	if err != nil {
		t.Skip("LibreOffice is not on this machine: its opinion is not heard")
	}
	out := t.TempDir()
	run := exec.Command(
		soffice,
		"-env:UserInstallation=file://"+t.TempDir(),
		"--headless",
		"--convert-to",
		format,
		"--outdir",
		out,
		path,
	)
	if text, err := run.CombinedOutput(); err != nil {
		t.Fatalf("LibreOffice fails: %v\n%s", err, text)
	}
	ending, _, _ := strings.Cut(format, ":")
	return filepath.Join(out, strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))+"."+ending)
}

// columnOf finds a header of the template's form, which is in row 2.
func columnOf(t *testing.T, f *excelize.File, header string) string {
	t.Helper()
	for i := range 100 {
		name, err := f.GetCellValue("Orders", parse.Letter(i)+"2")
		must(t, err)
		if name == header {
			return parse.Letter(i)
		}
	}
	t.Fatalf("there is no column %q", header)
	return ""
}

// firstFree is the first row to fill in, below the examples.
func firstFree(t *testing.T, f *excelize.File) int {
	t.Helper()
	for row := 3; ; row++ {
		text, err := f.GetCellValue("Orders", fmt.Sprintf("A%d", row))
		must(t, err)
		if !strings.HasPrefix(text, parse.ExampleMark) {
			return row
		}
	}
}

// fillIn types into a template as a person would, choosing services from the drop-down's own cells.
func fillIn(t *testing.T, path string, rows []map[string]any) {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	first := firstFree(t, f)
	for i, row := range rows {
		for header, value := range row {
			if id, is := value.(choice); is {
				value = offered(t, f, string(id))
			}
			if err := f.SetCellValue("Orders", fmt.Sprintf("%s%d", columnOf(t, f, header), i+first), value); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := f.Save(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// choice is the id of a service that is chosen from the drop-down.
type choice string

// offered follows the drop-down of the first column to its range, and gives the service's text there.
func offered(t *testing.T, f *excelize.File, id string) string {
	t.Helper()
	rules, err := f.GetDataValidations("Orders")
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(
		rules,
		func(r *excelize.DataValidation) bool {
			return strings.HasPrefix(r.Sqref, fmt.Sprintf("A%d:", firstFree(t, f))) && r.Type == "list"
		},
	)
	if i < 0 {
		t.Fatal("the first row has no drop-down")
	}
	var last int
	if _, err := fmt.Sscanf(rules[i].Formula1, "Services!$B$2:$B$%d", &last); err != nil {
		t.Fatalf("the drop-down shows %s", rules[i].Formula1)
	}
	for row := 2; row <= last; row++ {
		if got, err := f.GetCellValue("Services", fmt.Sprintf("A%d", row)); err == nil && got == id {
			text, err := f.GetCellValue("Services", fmt.Sprintf("B%d", row))
			if err != nil {
				t.Fatal(err)
			}
			return text
		}
	}
	t.Fatalf("the drop-down's %d rows don't have service %s", last, id)
	return ""
}

// filled are rows for the sandbox's catalogue, with what the form says of them.
func filled() (rows []map[string]any, check, cost []string) {
	link := func(n int) string { return fmt.Sprintf("https://example.com/p/%d", n) }
	add := func(says, costs string, row map[string]any) {
		rows, check, cost = append(rows, row), append(check, says), append(cost, costs)
	}
	add("ok", "1.25", map[string]any{"Service": choice("101"), "Link": link(1), "Quantity": 1000})
	add("ok", "2.9", map[string]any{"Service": "103", "Link": link(2), "Quantity": 100, "Runs": 10, "Interval": 60})
	add("ok", "2.49", map[string]any{"Service": choice("110"), "Link": link(3)})
	add(
		"ok",
		"0.0625",
		map[string]any{
			"Service":  choice("111"),
			"Link":     link(4),
			"Comments": "very nice\n\ngreat one\n \nso good\nlovely\nwow\n",
		},
	)
	add("ok", "", map[string]any{"Service": choice("122"), "Username": "anna", "Min": 50, "Max": 60, "Delay": 0})
	add("ok", "0.11", map[string]any{"Service": "TikTok 分享 Shares", "Link": link(5), "Quantity": 1000})
	add(
		"ok",
		"0.055",
		map[string]any{
			"Service":   choice("116"),
			"Link":      link(6),
			"Usernames": strings.Join([]string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"}, "\n"),
		},
	)
	add("min 100", "0.0125", map[string]any{"Service": choice("101"), "Link": link(7), "Quantity": 10})
	add("max 50000", "125", map[string]any{"Service": choice("101"), "Link": link(8), "Quantity": 100000})
	add("fill in: Link Quantity", "", map[string]any{"Service": choice("101")})
	add("not in Services", "", map[string]any{"Service": "9999", "Link": link(9), "Quantity": 100})
	return rows, check, cost
}

// TestATemplateThatLibreOfficeFilledIn is computed, read and ordered.
func TestATemplateThatLibreOfficeFilledIn(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it takes its time")
	}
	shop := newShop(t, sandbox.Config{Balance: "10000"})
	if code, _, errs := shop.call("template", "--out", "form.xlsx"); code != 0 {
		t.Fatalf("exit %d: %s", code, errs)
	}
	form := filepath.Join(shop.dir, "form.xlsx")
	rows, check, cost := filled()
	fillIn(t, form, rows)
	computed := convert(t, form, "xlsx")
	f, err := excelize.OpenFile(computed)
	must(t, err)
	defer f.Close()
	value := func(header string, row int) string {
		v, err := f.GetCellValue(
			"Orders",
			fmt.Sprintf("%s%d", columnOf(t, f, header), row),
			excelize.Options{RawCellValue: true},
		)
		must(t, err)
		return v
	}
	first := firstFree(t, f)
	for i := range rows {
		if got, costs := value("Check", i+first), value("Cost", i+first); got != check[i] || !same(costs, cost[i]) {
			t.Errorf("row %d: %q and %q, want %q and %q", i+first, got, costs, check[i], cost[i])
		}
	}
	if total := value("Cost", 1); !same(total, "131.88") {
		t.Errorf("the total is %q", total)
	}
	for _, header := range []string{"Needs", "Counted", "Check", "Cost"} {
		if got := value(header, len(rows)+first); got != "" {
			t.Errorf("%s of the first row that isn't filled in is %q", header, got)
		}
	}
	code, r := shop.result("check", computed)
	if code != 3 || r.Rows.Total != 11 || r.Rows.Valid != 7 {
		t.Errorf("check: exit %d, %+v", code, r.Rows)
	}
	code, r = shop.result("run", computed, "--yes", "--rate", "100/s", "--out", "r.xlsx")
	if code != 4 || r.Rows.Placed != 7 || len(shop.sandbox.Ledger()) != 7 {
		t.Errorf("run: exit %d, %+v", code, r.Rows)
	}
	if want := "6.8675"; r.Money.Estimated != want {
		t.Errorf("the program estimates %s, the form's cost of these rows is %s", r.Money.Estimated, want)
	}
}

// same compares amounts as spreadsheets compute them: to 12 places.
func same(got, want string) bool {
	if got == "" || want == "" {
		return got == want
	}
	g, err := decimal.NewFromString(got)
	return err == nil && g.Round(12).Equal(decimal.RequireFromString(want))
}

// TestATemplateIsASheetAsItIs: filled in by a program that computes nothing, it is read all the same; nothing
// in it but what was filled in is an order.
func TestATemplateIsASheetAsItIs(t *testing.T) {
	t.Parallel()
	shop := newShop(t, sandbox.Config{Balance: "10000"})
	if code, _, errs := shop.call("template", "--services", "101,111", "--out", "two.xlsx"); code != 0 {
		t.Fatalf("exit %d: %s", code, errs)
	}
	path := filepath.Join(shop.dir, "two.xlsx")
	if code, _, errs := shop.call("check", path); code != 3 || !strings.Contains(errs,
		"has nothing to order: its rows 3, 4 are a template's examples; fill in") {
		t.Errorf("a template that nobody filled in: exit %d: %s", code, errs)
	}
	for _, sheet := range []string{"Help", "Services"} {
		if code, _, errs := shop.call("check", path, "--sheet", sheet); code != 3 ||
			!strings.Contains(errs, "has no header") {
			t.Errorf("%s is taken for a sheet of orders: exit %d: %s", sheet, code, errs)
		}
	}
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	head, err := f.GetRows("Orders")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"Service", "Check", "Cost", "Link", "Quantity", "Runs", "Interval", "Comments", "Needs", "Counted"}
	if diff := cmp.Diff(want, head[1]); diff != "" {
		t.Errorf("the columns that the two types need: %s", diff)
	}
	if comments, err := f.GetComments("Orders"); err != nil || len(comments) != len(want) {
		t.Errorf("%d headers have comments: %v", len(comments), err)
	}
	must(t, f.Close())
	fillIn(t, path, []map[string]any{{"Service": choice("101"), "Link": "https://example.com/p/1", "Quantity": 100}})
	code, r := shop.result("check", path)
	if code != 0 || r.Rows.Total != 1 || r.Rows.Valid != 1 || r.Money.Estimated != "0.125" {
		t.Errorf("exit %d, %+v, %s", code, r.Rows, r.Money.Estimated)
	}
	if _, out, _ := shop.call("check", path); !strings.Contains(out, "examples, which are never ordered: 3, 4") {
		t.Errorf("what is left out is told by %s", out)
	}
	if code, r := shop.result("run", path, "--yes", "--out", "r.xlsx"); code != 0 || r.Rows.Placed != 1 ||
		len(shop.sandbox.Ledger()) != 1 {
		t.Errorf("run: exit %d, %+v", code, r.Rows)
	}
	if code, _, errs := shop.call("template", "--out", "two.xlsx"); code != 2 ||
		!strings.Contains(errs, "exists already") {
		t.Errorf("a template that was filled in is written over: exit %d: %s", code, errs)
	}
	for args, words := range map[string]string{"--services 101,7777": "7777", "--search zzzz": "no service",
		"--type Telepathy": "no service", "--out x.csv": ".xlsx"} {
		if code, _, errs := shop.call(append([]string{"template"}, strings.SplitN(args, " ", 2)...)...); code != 2 ||
			!strings.Contains(errs, words) {
			t.Errorf("template %s: exit %d: %s", args, code, errs)
		}
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestATemplateOfALargeCatalogue: panels have thousands of services, and names that occur twice.
func TestATemplateOfALargeCatalogue(t *testing.T) {
	t.Parallel()
	var services []sandbox.Service
	for i := range 10_500 {
		s := sandbox.Catalogue()[i%20]
		s.ID = int64(1000 + i)
		services = append(services, s)
	}
	shop := newShop(t, sandbox.Config{Services: services})
	if code, _, errs := shop.call("template", "--out", "large.xlsx"); code != 0 {
		t.Fatalf("exit %d: %s", code, errs)
	}
	path := filepath.Join(shop.dir, "large.xlsx")
	fillIn(t, path, []map[string]any{{"Service": choice("11490"), "Link": "https://example.com/p/1", "Quantity": 100}})
	if code, r := shop.result("check", path); code != 0 || r.Rows.Valid != 1 {
		t.Errorf("exit %d, %+v", code, r)
	}
}
