package command

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bulkorder/samples/sandbox"
)

func TestFilesForClients(t *testing.T) {
	s := newShop(t, sandbox.Config{})
	sheet := s.write("nov.csv", "Client,Service,Link,Quantity\nAcme,101,https://instagram.com/anna,1000\n"+
		"A/B,101,https://instagram.com/ben,1000\nA:B,101,https://instagram.com/cleo,1000\n,101,https://instagram.com/dora,1000\n")
	if c := s.call(""); c.run(t.Context(), []string{"run", sheet, "--batch", "nov", "--yes", "--quiet"}) != 0 {
		t.Fatalf("%s%s", c.out, c.errs)
	}
	config := s.write("config.toml", "[client]\nprices = \"prices.csv\"\nmarkup = \"30%\"\n")
	for _, tt := range []struct {
		sentence string
		args     []string
		prices   string
		code     int
		says     string
	}{
		{"no row is of the client", []string{"--client", "nobody"}, "", 2, `"Acme", "A/B", "A:B"`},
		{"both", []string{"--client", "Acme", "--clients"}, "", 2, "leave one of them out"},
		{"a PDF of what", []string{"--pdf"}, "", 2, "--client NAME"},
		{"another ending", []string{"--client", "Acme", "--out", "a.csv"}, "", 2, ".xlsx"},
		{"over the sheet", []string{"--client", "Acme", "--out", filepath.Join(s.dir, "same.xlsx")}, "", 2, "the sheet itself"},
		{"a file for all", []string{"--clients", "--out", "all.xlsx"}, "", 2, "name the folder"},
		{"no such column", []string{"--client", "Acme", "--group-by", "Brand"}, "", 2, "no such column"},
		{"a price list that can't be read", []string{"--client", "Acme"}, "service;price\n", 2, "service, name and price"},
	} {
		s.write("prices.csv", "service,name,price\n"+"101,Followers,9.99\n")
		if tt.prices != "" {
			s.write("prices.csv", tt.prices)
		}
		_ = os.Symlink(sheet, filepath.Join(s.dir, "same.xlsx"))
		c := s.call("")
		code := c.run(t.Context(), append([]string{"report", "nov", "--config", config}, tt.args...))
		if code != tt.code || !strings.Contains(c.errs.String(), tt.says) {
			t.Errorf("%s: %d, %s%s", tt.sentence, code, c.out, c.errs)
		}
	}
	s.write("prices.csv", "service,name,price\n101,Followers,9.99\n")
	folder := filepath.Join(t.TempDir(), "for clients", "november") // it is made
	c := s.call("")
	if c.run(t.Context(), []string{"report", "nov", "--config", config, "--clients", "--pdf", "--out", folder, "--json"}) != 0 {
		t.Fatalf("%s%s", c.out, c.errs)
	}
	var told struct {
		Batch   string
		Rows    struct{ Placed int }
		Clients []struct {
			Client, Workbook, PDF string
			Orders                int
		}
		WithoutClient int `json:"without_client"`
	}
	if err := json.Unmarshal(c.out.Bytes(), &told); err != nil {
		t.Fatal(err)
	}
	if told.Batch != "nov" || told.Rows.Placed != 4 || told.WithoutClient != 1 || len(told.Clients) != 3 {
		t.Errorf("%s", c.out)
	}
	files := map[string]bool{}
	for _, f := range told.Clients {
		for _, path := range []string{f.Workbook, f.PDF} {
			info, err := os.Stat(path)
			if err != nil || info.Size() == 0 || info.Mode().Perm()&0o077 != 0 || filepath.Dir(path) != folder {
				t.Errorf("%s: %v", path, err)
			}
			files[path] = true
		}
	}
	if len(files) != 6 {
		t.Errorf("clients share files: %s", c.out)
	}
}

// TestAClientIsNotToldOverTheResults: the file for a client whose name is that of the results' file gets another one.
func TestAClientIsNotToldOverTheResults(t *testing.T) {
	s := newShop(t, sandbox.Config{})
	sheet := s.write("nov.csv", "Client,Service,Link,Quantity\nResults,101,https://instagram.com/anna,1000\n")
	if c := s.call(""); c.run(t.Context(), []string{"run", sheet, "--batch", "nov", "--yes", "--quiet"}) != 0 {
		t.Fatalf("%s%s", c.out, c.errs)
	}
	results := filepath.Join(s.dir, "nov.results.xlsx")
	before, err := os.ReadFile(results)
	if err != nil {
		t.Fatal(err)
	}
	if c := s.call(""); c.run(t.Context(), []string{"report", "nov", "--client", "results"}) != 0 {
		t.Fatalf("%s%s", c.out, c.errs)
	}
	after, err := os.ReadFile(results)
	if err != nil || string(after) != string(before) {
		t.Errorf("the results were replaced: %v", err)
	}
	if _, err := os.Stat(filepath.Join(s.dir, "nov.Results (2).xlsx")); err != nil {
		t.Error(err)
	}
	if c := s.call(""); c.run(t.Context(), []string{"report", "nov", "--client", "results", "--out", results}) != 2 {
		t.Errorf("named as the results: %s%s", c.out, c.errs)
	}
}
