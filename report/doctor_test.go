package report

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bulkorder/report/reporttest"
)

func TestDoctorAsJSON(t *testing.T) {
	for _, tt := range []struct {
		all  []Finding
		want string
	}{
		{nil, `{"checks":[],"ok":true}`},
		{[]Finding{{"clock", Warned, "late", "set it"}},
			`{"checks":[{"name":"clock","state":"warning","found":"late","do":"set it"}],"ok":true}`},
		{[]Finding{{"panel", Failing, "\x1b<b>", ""}},
			`{"checks":[{"name":"panel","state":"problem","found":"\\u001b<b>","do":""}],"ok":false}`},
	} {
		var out bytes.Buffer
		reporttest.Must(t, WriteObject(&out, DoctorObject(tt.all)))
		if diff := cmp.Diff(tt.want+"\n", out.String()); diff != "" {
			t.Error(diff)
		}
	}
}
