package settings

import (
	"os"
	"path/filepath"
	"testing"

	"bulkorder/batch/panel"
)

// TestTheLineThatTheSummaryNamesDecidesTheRow: what a person pastes into the configuration judges the kept answer.
func TestTheLineThatTheSummaryNamesDecidesTheRow(t *testing.T) {
	for _, answer := range []string{
		`{"error":"Order could not be created!"}`,
		`{"error":"Nobody \"knows\" C:\\path\u200b"}`,
		`{"status":"fail","msg":"Ungültige  Anfrage","error":"E17"}`,
		`{"error":{"message":"Заявка не прошла","code":3}}`,
		`{"error":["a","b"]}`,
	} {
		for _, name := range []string{"mine", "panel.example"} {
			lesson, ok := untaught(t, name).Lesson(200, "in doubt", answer)
			if !ok {
				t.Errorf("%s: no lesson", answer)
				continue
			}
			path := filepath.Join(t.TempDir(), "config.toml")
			text := lesson.Section + "\nurl = \"https://panel.example/api/v2\"\n" + lesson.Line + "\n"
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			c, err := Load(path)
			if err != nil {
				t.Errorf("%s: %v", text, err)
				continue
			}
			taught, _, err := c.Resolve(name, "")
			if err != nil {
				t.Fatal(err)
			}
			client, err := panel.New(taught, panel.NewKey("k"), nil)
			if err != nil {
				t.Fatal(err)
			}
			if a := client.JudgeAgain(200, "in doubt", answer); a.Verdict != panel.Refused {
				t.Errorf("%s\n%s\ngot %v: %s, want refused", answer, text, a.Verdict, a.Words)
			}
		}
	}
}

func untaught(t *testing.T, name string) *panel.Client {
	t.Helper()
	c, err := panel.New(panel.Panel{Name: name, URL: "https://panel.example/api/v2"}, panel.NewKey("k"), nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestThereIsNoLineWhereNoTextDecides(t *testing.T) {
	for _, answer := range []string{``, `{}`, `<html>`, `{"order":7,"error":"x1"}`, `{"error":"cut`,
		`{"error":"a","error":"b"}`, `{"error":"Invalid link"}`, `{"error":"Nobody knows","note":"Order created"}`} {
		if lesson, ok := untaught(t, "mine").Lesson(200, "in doubt", answer); ok {
			t.Errorf("%s: %+v", answer, lesson)
		}
	}
	if lesson, ok := untaught(t, "mine").Lesson(502, "in doubt", `{"error":"Nobody knows"}`); ok {
		t.Errorf("HTTP 502: %+v", lesson)
	}
}

func TestTheFieldOfTheIDIsConfigured(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.toml")
	text := "[panels.mine]\nurl = \"https://panel.example/api/v2\"\nid_field = \"result.ref\"\nlacks = [\"cancel_many\"]\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	p, _, err := c.Resolve("mine", "")
	if err != nil || p.IDField != "result.ref" || p.CancelsAtOnce() != 1 {
		t.Fatalf("got %+v, %v", p, err)
	}
	client, err := panel.New(p, panel.NewKey("k"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if a := client.JudgeAgain(200, "", `{"result":{"ref":"A7K2M9Q1"}}`); a.OrderID != "A7K2M9Q1" {
		t.Errorf("got %+v", a)
	}
}
