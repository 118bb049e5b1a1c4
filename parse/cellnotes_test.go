package parse

import (
	"strings"
	"testing"
)

// noted is a workbook of two orders with parts of comments: notes, and threads of newer programs.
func noted(comments, threads string) handMade {
	const kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
	const newer = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
	more := map[string]string{"xl/worksheets/_rels/sheet1.xml.rels": `<Relationships><Relationship Id="rId1" Type="` +
		kind + `" Target="../comments1.xml"/><Relationship Id="rId2" Type="` + newer +
		`" Target="../threadedComments/t1.xml"/><Relationship Id="rId3" Type="` + kind +
		`" Target="../missing.xml"/></Relationships>`}
	if comments != "" {
		more["xl/comments1.xml"] = `<comments ` + ns + `>` + comments + `</comments>`
	}
	if threads != "" {
		more["xl/threadedComments/t1.xml"] = `<ThreadedComments>` + threads + `</ThreadedComments>`
	}
	return handMade{rows: line(1, "Service", "Link", "Quantity") + line(2, "1", "https://x.com/a", "5") +
		line(4, "1", "https://x.com/b", "5"), more: more}
}

// TestCommentsOnCells: who writes beside a cell that the order is cancelled doesn't mean it to be ordered.
func TestCommentsOnCells(t *testing.T) {
	note := func(cell, text string) string {
		return `<commentList><comment ref="` + cell + `" authorId="1"><text>` + text + `</text></comment></commentList>`
	}
	const authors = `<authors><author>bulkorder</author><author>Ann</author></authors>`
	for _, tt := range []struct {
		name, comments, threads, want string
	}{
		{"a note in runs, below its author's name",
			authors + note("B2", `<r><rPr><b/></rPr><t>Ann:</t></r><r><t xml:space="preserve">`+"\n"+`cancelled, see mail</t></r>`),
			"", "B2 comment-done cancelled, see mail"},
		{"a note of one text, on an empty cell", authors + note("G4", `<t>Please do not order this</t>`), "",
			"G4 comment-done Please do not order this"},
		{"a thread", "", `<threadedComment ref="C4" dT="2026-05-01T10:00:00.00" personId="{1}" id="{2}"><text>done by Ali` +
			`</text></threadedComment>`, "C4 comment-done done by Ali"},
		{"an answer in a thread", "", `<threadedComment ref="C4" id="{1}"><text>which one?</text></threadedComment>` +
			`<threadedComment ref="C4" id="{2}" parentId="{1}"><text>skip it</text></threadedComment>`,
			"C4 comment-done skip it"},
		{"notes about something else", authors + note("B2", `<t>call Ann about May</t>`), "", ""},
		{"a note on the header", authors + note("B1", `<t>done</t>`), "", ""},
		{"a note below the table", authors + note("B9", `<t>done</t>`), "", ""},
		{"what this program wrote itself", strings.Replace(authors+note("B2", `<t>Warning: done stands above. done</t>`),
			`authorId="1"`, `authorId="0"`, 1), "", ""},
		{"a note that isn't whole", authors + `<commentList><comment ref="B2" authorId="1"/></commentList>`, "", ""},
	} {
		r := read(t, "f.xlsx", noted(tt.comments, tt.threads).zip(), Options{})
		if r.err != nil {
			t.Errorf("%s: %v", tt.name, r.err)
		}
		var got []string
		for _, row := range r.rows {
			for _, p := range row.Problems {
				got = append(got, p.Column+p.Line().String()+" "+p.Rule+" "+p.Found)
			}
		}
		if said := strings.Join(got, "; "); said != tt.want {
			t.Errorf("%s: %q", tt.name, said)
		}
	}
	r := read(t, "f.xlsx", noted(authors+note("0", `<t>done</t>`), "").zip(), Options{})
	if r.err == nil || !strings.Contains(r.err.Error(), "a comment without a cell") {
		t.Errorf("a comment on no cell: %v", r.err)
	}
}
