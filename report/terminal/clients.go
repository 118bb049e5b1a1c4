package terminal

import (
	"bulkorder/parse"
	"bulkorder/report"
)

// ClientFiles tells which files were written for clients.
func (t Screen) ClientFiles(all report.ClientFiles) {
	for _, f := range all.Files {
		t.say("%s of %s: %s", report.Counted(f.Orders, "order"), parse.Escape(f.Client), parse.Escape(f.Workbook))
		if f.PDF != "" {
			t.say("  %s", parse.Escape(f.PDF))
		}
	}
	if all.Without > 0 {
		t.say("%s without a client: in none of the files.", report.Counted(all.Without, "row"))
	}
}
