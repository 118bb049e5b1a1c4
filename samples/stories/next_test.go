package stories_test

import (
	"encoding/json"
	"os/exec"
	"strings"
	"testing"

	"bulkorder/samples/sandbox"
)

// paste gives a printed command to a shell, with the built program for its name.
func (w *shop) paste(command string) (code int, r result) {
	w.t.Helper()
	rest, is := strings.CutPrefix(command, "bulkorder ")
	if !is {
		w.t.Fatalf("%q is no command of ours", command)
	}
	cmd := w.command()
	line := "'" + program + "' " + rest + " --json"
	if strings.Contains(rest, "run ") || strings.Contains(rest, "resume ") {
		line += " --yes"
	}
	shell := exec.Command("sh", "-c", line)
	shell.Dir, shell.Env = cmd.Dir, cmd.Env
	code, out, errs := w.finish(shell)
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		w.t.Fatalf("%s: exit %d: %v\n%s%s", line, code, err, out, errs)
	}
	return code, r
}

// TestNextCommandsRunAsTheyArePrinted: with all that the sheet needs to be read, from the check to the rows to fix.
func TestNextCommandsRunAsTheyArePrinted(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	w.write("my orders.csv", "Nr;Wo, genau;Wieviel\n1;"+page("page", 1)+";100\n1;"+page("page", 2)+";100\n1;"+
		page("page", 3)+";7\n")
	reading := []string{"--map", "Nr=service", "--map", `"Wo, genau=link"`, "--map", "Wieviel=quantity",
		"--delimiter", ";"}
	code, r := w.result(append([]string{"check", "my orders.csv", "--rate", "100/s"}, reading...)...)
	if code != 3 || r.Rows.Queued != 2 {
		t.Fatalf("exit %d, %+v", code, r.Rows)
	}
	if code, r = w.paste(r.Next + " --limit 1"); code != 5 || r.Rows.Placed != 1 {
		t.Fatalf("exit %d, %+v", code, r.Rows)
	}
	if code, r = w.paste(r.Next); code != 4 || r.Rows.Placed != 2 || !strings.Contains(r.Next, `--sheet "To fix"`) {
		t.Fatalf("exit %d, %+v, next: %s", code, r.Rows, r.Next)
	}
	if code, r = w.paste(r.Next); code != 3 || r.Rows.Total != 1 || r.Rows.Invalid != 1 {
		t.Errorf("the rows to fix: exit %d, %+v", code, r.Rows)
	}
	w.ordered(page("page", 1), page("page", 2))
}

// TestResultsCanBeRunAgainWhateverTheHeaderWas, as a workbook and as text.
func TestResultsCanBeRunAgainWhateverTheHeaderWas(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	w.write("a.csv", "Nr,Wo,Wieviel\n1,"+page("page", 1)+",100\n1,"+page("page", 2)+",100\n")
	_, r := w.result("run", "a.csv", "--yes", "--rate", "100/s", "--limit", "1", "--map", "Nr=service", "--map", "Wo=link",
		"--map", "Wieviel=quantity")
	w.ok(0, "report", r.Batch, "--out", "text.csv")
	for _, file := range []string{"a.results.xlsx", "text.csv"} {
		args := []string{"check", file}
		if file != "text.csv" {
			args = append(args, "--sheet", "Orders")
		}
		if code, r := w.result(args...); code != 0 || r.Rows.Skipped != 1 || r.Rows.Held != 1 {
			t.Errorf("%s: exit %d, %+v", file, code, r.Rows)
		}
	}
}

// TestTheNextCommandNamesTheJournal that the command line named.
func TestTheNextCommandNamesTheJournal(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	w.write("a.csv", followers("page", 2))
	code, r := w.result("run", "a.csv", "--yes", "--rate", "100/s", "--limit", "1", "--journal", "my books.db")
	if want := `bulkorder --journal "my books.db" resume ` + r.Batch; code != 5 || r.Next != want {
		t.Errorf("exit %d, next: %s, want %s", code, r.Next, want)
	}
}
