package terminal

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bulkorder/report"
)

func TestDoctorOnATerminal(t *testing.T) {
	var out bytes.Buffer
	Screen{Out: &out}.Doctor([]report.Finding{
		{Name: "configuration", State: report.Healthy, Found: "none", Do: ""},
		{Name: "clock", State: report.Warned, Found: "40 s behind", Do: "set it"},
		{Name: "panel", State: report.Failing, Found: "says \x1b[2J\n<b>", Do: "ask\tit"},
	})
	const want = "ok       configuration  none\n" +
		"warning  clock          40 s behind; set it\n" +
		"problem  panel          says \\u001b[2J\\n<b>; ask\\tit\n" +
		"\n1 problem, 1 warning.\n"
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Error(diff)
	}
	out.Reset()
	Screen{Out: &out}.Doctor([]report.Finding{{Name: "clock", State: report.Healthy, Found: "right", Do: ""}})
	if diff := cmp.Diff("ok       clock  right\n\nNo problem was found.\n", out.String()); diff != "" {
		t.Error(diff)
	}
}
