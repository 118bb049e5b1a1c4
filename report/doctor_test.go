package report

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDoctorOnATerminal(t *testing.T) {
	var out bytes.Buffer
	Terminal{Out: &out}.Doctor([]Finding{
		{"configuration", Healthy, "none", ""},
		{"clock", Warned, "40 s behind", "set it"},
		{"panel", Ill, "says \x1b[2J\n<b>", "ask\tit"},
	})
	const want = "ok       configuration  none\n" +
		"warning  clock          40 s behind; set it\n" +
		"problem  panel          says \\u001b[2J\\n<b>; ask\\tit\n" +
		"\n1 problem, 1 warning.\n"
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Error(diff)
	}
	out.Reset()
	Terminal{Out: &out}.Doctor([]Finding{{"clock", Healthy, "right", ""}})
	if diff := cmp.Diff("ok       clock  right\n\nNo problem was found.\n", out.String()); diff != "" {
		t.Error(diff)
	}
}

func TestDoctorAsJSON(t *testing.T) {
	for _, tt := range []struct {
		all  []Finding
		want string
	}{
		{nil, `{"checks":[],"ok":true}`},
		{[]Finding{{"clock", Warned, "late", "set it"}}, `{"checks":[{"name":"clock","state":"warning","found":"late","do":"set it"}],"ok":true}`},
		{[]Finding{{"panel", Ill, "\x1b<b>", ""}}, `{"checks":[{"name":"panel","state":"problem","found":"\\u001b<b>","do":""}],"ok":false}`},
	} {
		var out bytes.Buffer
		must(t, DoctorJSON(&out, tt.all))
		if diff := cmp.Diff(tt.want+"\n", out.String()); diff != "" {
			t.Error(diff)
		}
	}
}
