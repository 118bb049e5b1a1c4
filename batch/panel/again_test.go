package panel

import (
	"strings"
	"testing"
)

func TestATaughtTextJudgesKeptAnswersAgain(t *testing.T) {
	c := client(t, "http://127.0.0.1:1", nil)
	c.Panel.Texts = Texts{ClassField: {"=ungültiger link"}}
	kept := `{"error":"Ungültiger Link"}`
	tests := []struct {
		name          string
		status        int
		words, answer string
		want          Verdict
	}{
		{"the text alone", 200, "the panel's error doesn't tell", kept, Refused},
		{"no answer came", 0, "the whole request was sent and no answer came: EOF", "", InDoubt},
		{"HTTP 502", 502, "the panel answered HTTP 502", kept, InDoubt},
		{"its connection broke", 200, "the answer can't be trusted: unexpected EOF", kept, InDoubt},
		{"it came early", 200, "HTTP 200 came before the request was sent whole", kept, InDoubt},
		{"it was cut when it was kept", 200, "", kept + strings.Repeat(" ", keptAnswer-len(kept)), InDoubt},
		{"an order that was doubted", 200, "", `{"order":7,"error":"ungültiger link"}`, InDoubt},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if a := c.JudgeAgain(tt.status, tt.words, tt.answer); a.Verdict != tt.want ||
				a.Words == "" && tt.words != "" {
				t.Errorf("got %v (%s), want %v", a.Verdict, a.Words, tt.want)
			}
		})
	}
}
