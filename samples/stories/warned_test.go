package stories_test

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"bulkorder/samples/sandbox"
)

// ofTwoPlatforms writes a sheet of 35 rows of which 13 are links of another platform than their service's.
func ofTwoPlatforms(name string) string {
	var b strings.Builder
	b.WriteString("Service,Link,Quantity\n")
	for i := range 35 {
		if i%2 == 1 && i < 26 {
			fmt.Fprintf(&b, "105,https://www.tiktok.com/@%s/video/7%d,100\n", name, 100*len(name)+i)
		} else {
			fmt.Fprintf(&b, "105,https://www.instagram.com/p/%s%d/,100\n", name, i)
		}
	}
	return b.String()
}

// elsewhere counts the orders of the other platform.
func (w *shop) elsewhere() (n int) {
	for link, count := range w.counts() {
		if strings.Contains(link, "tiktok") {
			n += count
		}
	}
	return n
}

// TestLinksOfAnotherPlatformAreOrderedByNobodysSilence: not by --yes, by no resume, by no word about other warnings.
func TestLinksOfAnotherPlatformAreOrderedByNobodysSilence(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	w.write("a.csv", ofTwoPlatforms("anna"))
	code, out, _ := w.call("run", "a.csv", "--yes", "--rate", "200/s")
	lines := strings.Split(strings.TrimSpace(out), "\n")
	const says = "Held: 13 rows (rows 3,5,7,9,11,13,15,17,19,21,23,25,27), warned of and not accepted (platform)"
	if code != 4 || !strings.HasPrefix(lines[0], says) || !strings.HasPrefix(lines[len(lines)-1], says) {
		t.Errorf("exit %d:\n%s", code, out)
	}
	for _, args := range [][]string{
		{"resume", "--yes"}, {"resume", "--yes", "--allow-duplicates", "--allow-repeat", "--accept-price"},
		{"resume", "--yes", "--accept-warnings=struck,done"}, {"run", "a.csv", "--yes"},
	} {
		if code, r := w.result(append(args, "--rate", "200/s")...); code != 4 || r.Rows.Held != 13 || w.elsewhere() != 0 {
			t.Fatalf("%v: exit %d, %+v, %d orders elsewhere", args, code, r.Rows, w.elsewhere())
		}
	}
	if code, r := w.result("resume", "--yes", "--release", "5", "--rate", "200/s"); code != 4 || w.elsewhere() != 1 {
		t.Errorf("one row: exit %d, %+v, %d orders elsewhere", code, r.Rows, w.elsewhere())
	}
	code, r := w.result("resume", "--yes", "--accept-warnings=platform", "--rate", "200/s")
	if code != 0 || r.Rows.Placed != 35 || w.elsewhere() != 13 {
		t.Errorf("accepted: exit %d, %+v, %d orders elsewhere", code, r.Rows, w.elsewhere())
	}
	// What was accepted for the service holds for the account.
	w.write("b.csv", ofTwoPlatforms("ben"))
	if code, r := w.result("run", "b.csv", "--yes", "--rate", "200/s"); code != 0 || r.Rows.Placed != 35 {
		t.Errorf("later: exit %d, %+v", code, r.Rows)
	}
}

// TestWhatIsAcceptedHoldsForWhatItIsAbout: a doubt that names a service is accepted for that service on the account;
// one about the sheet is asked about with the next sheet again.
func TestWhatIsAcceptedHoldsForWhatItIsAbout(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	const head, one = "Service,Link,Quantity,Status\n", "101,https://instagram.com/%s,500,\n101,https://instagram.com/%[1]s,700,\n"
	run := func(name, rows, accept string, code, placed int) {
		t.Helper()
		w.write(name+".csv", head+rows)
		if got, r := w.result("run", name+".csv", "--yes", "--rate", "200/s", accept); got != code || r.Rows.Placed != placed {
			t.Errorf("%s: exit %d, %+v", name, got, r.Rows)
		}
	}
	run("a", fmt.Sprintf(one, "anna"), "--quiet", 4, 1)
	run("b", fmt.Sprintf(one, "ben"), "--accept-warnings=quantity,done", 0, 2)
	run("c", fmt.Sprintf(one, "kim"), "--quiet", 0, 2)
	run("d", "102,https://instagram.com/ada,500,\n102,https://instagram.com/ada,700,\n", "--quiet", 4, 1)
	run("e", "101,https://instagram.com/eva,500,done\n", "--accept-warnings=done", 0, 1)
	run("f", "101,https://instagram.com/fay,500,done\n101,https://instagram.com/fey,500,\n", "--quiet", 4, 1)
}

// TestEveryWarnedRowIsFoundEverywhere: in the terminal, in JSON, in the marked copy.
func TestEveryWarnedRowIsFoundEverywhere(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	w.write("a.csv", ofTwoPlatforms("anna"))
	marked := filepath.Join(w.dir, "marked.xlsx")
	code, out, _ := w.call("check", "a.csv", "--out", marked)
	if code != 0 || !strings.Contains(out, "13 rows: a link of another platform than the service's (platform)") ||
		!strings.Contains(out, "--accept-warnings=platform sends them") {
		t.Errorf("exit %d:\n%s", code, out)
	}
	_, out, _ = w.call("check", "a.csv", "--accept-warnings=platform")
	if !strings.Contains(out, "13 rows, a warning that is accepted") || strings.Contains(out, "until you accept") {
		t.Errorf("accepted:\n%s", out)
	}
	_, out, _ = w.call("check", "a.csv", "--json")
	var told struct {
		Planned []struct {
			Row           int
			State, Reason string
			Asks          []string
		}
	}
	must(t, json.Unmarshal([]byte(out), &told))
	f, err := excelize.OpenFile(marked)
	must(t, err)
	defer f.Close()
	list, err := f.GetRows("Problems")
	must(t, err)
	weights := map[string]string{}
	for _, row := range list[1:] {
		weights[row[1]] += row[6] + " "
	}
	for _, p := range told.Planned {
		warned := p.Row%2 == 1 && p.Row < 28
		if warned != (p.State == "held" && p.Reason == "warning" && strings.Join(p.Asks, "") == "platform") {
			t.Errorf("row %d: %+v", p.Row, p)
		}
		if got := weights[fmt.Sprint(p.Row)]; warned != strings.Contains(got, "held") || warned != strings.Contains(got,
			"warning") {
			t.Errorf("row %d in the marked copy: %q", p.Row, got)
		}
	}
}
