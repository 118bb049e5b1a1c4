package terminal

import (
	"bulkorder/parse"
	"bulkorder/report"
)

// ClientFiles tells which files were written for clients.
func (t Screen) ClientFiles(r report.Result) {
	for _, f := range r.Clients {
		t.prose("", "  ", report.Counted(f.Orders, "order")+" of "+parse.Escape(f.Client)+":")
		t.say("  %s", parse.Escape(f.Workbook)) // names of files are copied whole
		if f.PDF != "" {
			t.say("  %s", parse.Escape(f.PDF))
		}
		if f.Unshown != "" {
			t.prose("  ", "  ", "The PDF can't show "+parse.Escape(f.Unshown)+": name a TrueType font that has these signs as "+
				"font in [client] of the configuration.")
		}
	}
	if r.WithoutClient > 0 {
		t.say("%s without a client: in none of the files.", report.Counted(r.WithoutClient, "row"))
	}
}
