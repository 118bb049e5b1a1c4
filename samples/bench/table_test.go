package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestEachGoalHasLinesAndAMeasure(t *testing.T) {
	for _, million := range []bool{false, true} {
		measured := map[int]bool{}
		for _, g := range measures(million) {
			measured[g.number] = true
		}
		lines, keys := map[int]int{}, map[string]bool{}
		for _, l := range sizesOf(false, million).wanted(million) {
			lines[l.Goal]++
			if keys[l.Key] {
				t.Errorf("two lines are called %q", l.Key)
			}
			keys[l.Key] = true
			if l.Bound <= 0 || !measured[l.Goal] {
				t.Errorf("%+v can't be measured", l)
			}
		}
		for goal := 1; goal <= 10; goal++ {
			if !million && lines[goal] == 0 || measured[goal] != (lines[goal] > 0) {
				t.Errorf("goal %d has %d lines, and a measure: %t", goal, lines[goal], measured[goal])
			}
		}
	}
}

func TestWhatTheTableTells(t *testing.T) {
	for _, tt := range []struct {
		name string
		line line
		find finding
		want string
	}{
		{"at most, and it is", most(3, "k", "w", 200, "µs"), finding{Value: 100}, "3|w|≤ 200 µs|100 µs|0.50||yes|"},
		{"at most, and it is just that", most(3, "k", "w", 1.5, "s"), finding{Value: 1.5, From: "f"},
			"3|w|≤ 1.50 s|1.50 s|1.00||yes|f"},
		{"at most, and it is more", most(3, "k", "w", 128, "MiB"), finding{Value: 160}, "3|w|≤ 128 MiB|160 MiB|1.25||no|"},
		{"at least, and it is", least(8, "k", "w", 0.98), finding{Value: 0.99}, "8|w|≥ 0.98|0.99|1.01||yes|"},
		{"at least, and it is less", least(8, "k", "w", 0.98), finding{Value: 0.7}, "8|w|≥ 0.98|0.70|0.71||no|"},
		{"what nothing reaches here", most(2, "k", "w", 1.05, ""), finding{Value: 1.2, Limit: 1.15},
			"2|w|≤ 1.05|1.20|1.14|1.15|limit|"},
		{"what could be better", most(2, "k", "w", 1.05, ""), finding{Value: 1.3, Limit: 1.15},
			"2|w|≤ 1.05|1.30|1.24|1.15|no|"},
		{"what something simpler reaches", least(8, "k", "w", 0.98), finding{Value: 0.97, Limit: 1},
			"8|w|≥ 0.98|0.97|0.99|1.00|no|"},
		{"it couldn't be measured", least(7, "k", "w", 3), finding{Missing: "no python3-openpyxl"},
			"7|w|≥ 3.00|-|-||-|not measured: no python3-openpyxl"},
	} {
		table := table{Lines: []line{tt.line}, Found: map[string]finding{"k": tt.find}}
		if got := strings.Join(table.cells(tt.line), "|"); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	if got := strings.Join((&table{}).cells(least(7, "k", "w", 3)), "|"); got != "7|w|≥ 3.00|-|-||-|not measured" {
		t.Errorf("nothing was found: %q", got)
	}
}

func TestTheSummaryCounts(t *testing.T) {
	table := table{
		Lines: []line{most(1, "a", "", 1, ""), most(1, "b", "", 1, ""), most(1, "c", "", 1, ""), least(2, "d", "", 1)},
		Found: map[string]finding{"a": {Value: 1}, "b": {Value: 2}, "c": {Missing: "no reason"}, "d": {Value: 1}},
	}
	const want = "Lines that hold, by goal: 1: 1 of 3 (1 not measured), 2: 1 of 1."
	if got := table.summary(); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	table.leave(1)
	if got := table.summary(); got != "Lines that hold, by goal: 2: 1 of 1." {
		t.Errorf("without goal 1: %q", got)
	}
}

func TestATableTakesThePlaceOfTheLastOne(t *testing.T) {
	path := filepath.Join(t.TempDir(), "r.md")
	write := func(value float64, heading string) string {
		t.Helper()
		table := table{Lines: []line{most(1, "a", "w", 1, "")}, Found: map[string]finding{"a": {Value: value}}}
		if err := table.writeInto(path, heading, "a machine"); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	write(0.5, "one")
	write(0.6, "two")
	text := write(0.7, "one")
	for what, n := range map[string]int{
		"\n## one\n": 1, "\n## two\n": 1, "0.50": 0, "0.60": 2, "0.70": 2, "On a machine.": 2, "# Results": 1,
	} {
		if got := strings.Count(text, what); got != n {
			t.Errorf("%q is there %d times, want %d:\n%s", what, got, n, text)
		}
	}
	if strings.Index(text, "## one") > strings.Index(text, "## two") {
		t.Errorf("the tables changed places:\n%s", text)
	}
}

func TestTheMiddleOne(t *testing.T) {
	for _, tt := range []struct {
		figures []float64
		want    float64
	}{{nil, 0}, {[]float64{3}, 3}, {[]float64{9, 1, 2}, 2}, {[]float64{4, 1, 2, 9}, 3}} {
		if got := median(tt.figures); got != tt.want {
			t.Errorf("of %v: %v, want %v", tt.figures, got, tt.want)
		}
	}
}

func TestGoalsAreChosenByNumber(t *testing.T) {
	goals, err := numbers("3, 7")
	if err != nil || len(goals) != 2 || !goals[3] || !goals[7] {
		t.Errorf("%v, %v", goals, err)
	}
	for _, text := range []string{"0", "11", "x", "3,"} {
		if _, err := numbers(text); err == nil {
			t.Errorf("%q is taken", text)
		}
	}
}

func TestCallsAreCounted(t *testing.T) {
	c := &calls{start: time.Unix(1000, 0)}
	note := func(ms int, action string, refused bool) {
		at := time.Duration(ms) * time.Millisecond
		c.all = append(c.all, call{came: at, answered: at + 50*time.Millisecond, action: action, refused: refused})
	}
	note(100, "services", false)
	for ms := 1000; ms <= 3000; ms += 100 { // ten a second
		note(ms, "add", ms == 1500)
	}
	note(2050, "status", false)
	note(2060, "status", true)
	tally := c.tally()
	if tally.FirstAdd != time.Unix(1001, 0) || tally.Span != 2*time.Second || tally.Sending != 2050*time.Millisecond {
		t.Errorf("from %v, %v, sending %v", tally.FirstAdd, tally.Span, tally.Sending)
	}
	if tally.Actions["add"] != 21 || tally.Actions["services"] != 1 || tally.Within != 23 || tally.rate() != 11 {
		t.Errorf("%+v, %v a second", tally, tally.rate())
	}
	if tally.Fullest != 12 { // from 2.0 s on: ten orders and two calls for statuses
		t.Errorf("%d in the fullest second", tally.Fullest)
	}
	if permitted, turned := tally.between(0, 1); permitted != 9 || turned != 1 {
		t.Errorf("in the first second %d, and %d turned away", permitted, turned)
	}
	if permitted, turned := tally.between(1, 99); permitted != 12 || turned != 1 {
		t.Errorf("after it %d, and %d turned away", permitted, turned)
	}
}

func TestARateIsMeasuredWhenItHasSettled(t *testing.T) {
	c := &calls{start: time.Unix(1000, 0)}
	for ms := 0; ms <= 10_000; ms += 100 {
		if ms == 0 || ms >= 2000 { // two seconds in which nothing leaves
			c.all = append(c.all, call{came: time.Duration(ms) * time.Millisecond, action: "add"})
		}
		if ms%1000 == 0 && ms > 4000 {
			c.all = append(c.all, call{came: time.Duration(ms) * time.Millisecond, action: "status"})
		}
	}
	tally := c.tally()
	if tally.rate() != 76.0/7 || tally.orders() != 10 || tally.whole() != 8.7 {
		t.Errorf("%v calls a second, %v orders, %v from the first", tally.rate(), tally.orders(), tally.whole())
	}
}

func TestScriptsThatCannotBeMeasured(t *testing.T) {
	for _, tt := range []struct {
		python python
		want   string
	}{
		{python{}, "no python3"},
		{python{program: "p"}, ""},
		{python{program: "p", lacks: []string{"python3-openpyxl"}}, "no python3-openpyxl"},
		{python{program: "p", lacks: []string{"python3-requests", "python3-openpyxl"}},
			"no python3-requests, python3-openpyxl"},
	} {
		if got := tt.python.cannot("python3-requests", "python3-openpyxl"); got != tt.want {
			t.Errorf("%+v: %q, want %q", tt.python, got, tt.want)
		}
	}
}
