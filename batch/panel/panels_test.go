package panel

import (
	"path/filepath"
	"testing"
)

// TestAnswersOfPublicPanels judges the answers of panels/, whose verdicts were written before the rule ran. An answer
// is believed wrongly where it is in doubt and the program says that it isn't, or says the contrary; it is doubted for
// nothing where the program is in doubt alone.
func TestAnswersOfPublicPanels(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "answers", "panels", "[^r]*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no corpus: %v", err)
	}
	var cases []answerCase
	for _, pattern := range []string{"[^r]*.txt", "ref*.txt"} {
		cases = append(cases, readAnswers(t, filepath.Join("panels", pattern), false)...)
	}
	checkDistinct(t, cases)
	believed, doubted := 0, 0
	for _, c := range cases {
		got, want := judge(c.status, c.header, c.body, nil, taught{}), wantedAdded(t, c)
		told := got.Verdict != want.Verdict || got.OrderID != want.OrderID
		switch {
		case told && got.Verdict == InDoubt:
			doubted++
			t.Logf(
				"doubted for nothing: %s: %s: HTTP %d %.300s\ngot %s: %s\nwant %s",
				c.where,
				c.name,
				c.status,
				c.body,
				inWords(got),
				got.Words,
				inWords(want),
			)
		case told:
			believed++
			t.Errorf("believed wrongly: %s: %s: HTTP %d %.300s\ngot %s: %s\nwant %s", c.where, c.name, c.status, c.body,
				inWords(got), got.Words, inWords(want))
		case want.Class != "" && got.Class != want.Class,
			want.Stop != got.Stop && (want.Stop != "" || want.Verdict != InDoubt),
			want.Candidate != "" && got.Candidate != want.Candidate, want.RetryAfter != got.RetryAfter:
			t.Errorf(
				"%s: %s: HTTP %d %.300s\ngot %s: %s\nwant %s",
				c.where,
				c.name,
				c.status,
				c.body,
				inWords(got),
				got.Words,
				inWords(want),
			)
		}
	}
	t.Logf("%d answers judged, %d believed wrongly, %d doubted for nothing", len(cases), believed, doubted)
	if len(cases) < 250 || doubted*20 >= len(cases) {
		t.Errorf(
			"%d of %d answers are doubted for nothing, want less than 5 in 100 of 250 or more",
			doubted,
			len(cases),
		)
	}
}

func TestReadsOfPublicPanels(t *testing.T) {
	checkReads(t, readAnswers(t, filepath.Join("panels", "reads-*.txt"), true))
}
