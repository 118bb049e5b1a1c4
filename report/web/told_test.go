package web

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/samples/sandbox"
)

// TestWhatAPersonMustKnowIsTold: each of these was silent once.
func TestWhatAPersonMustKnowIsTold(t *testing.T) {
	rows3 := sheetOf("1,"+link+"1,100", "1,"+link+"2,100", "1,"+link+"3,100")
	for name, look := range map[string]func(t *testing.T, v *visit){
		"an account is paused": func(t *testing.T, v *visit) {
			first, _ := v.upload("a.csv", sheetOf("1,"+link+"0,100"))
			v.place(first)
			v.send()
			_, page := v.get("/accounts")
			action, _, _ := strings.Cut(page[strings.Index(page, `action="/accounts/127`)+len(`action="`):], `"`)
			v.post(strings.TrimSuffix(action, "/ask")+"/pause", nil)
			sheet, _ := v.upload("b.csv", rows3)
			_, text := v.get(sheet + "/place")
			wants(t, text, "is paused by anna")
			_, text = v.get("/batches/" + v.place(sheet))
			wants(t, text, "is paused by anna")
		},
		"the balance is too small": func(t *testing.T, v *visit) {
			must(t, v.panel.SetPrices([]sandbox.Price{{Service: 1, Rate: "9000000"}}))
			sheet, _ := v.upload("a.csv", rows3)
			_, text := v.get(sheet + "/place")
			wants(t, text, "The balance is too small")
		},
		"a refresh fails": func(t *testing.T, v *visit) {
			sheet, _ := v.upload("a.csv", rows3)
			batch := "/batches/" + v.place(sheet)
			v.send()
			v.faults("status:500")
			v.post(batch+"/refresh", nil)
			said := func() bool { _, text := v.get(batch); return strings.Contains(text, "Statuses were asked last at") }
			for range 400 {
				if said() {
					break
				}
				time.Sleep(50 * time.Millisecond)
			}
			_, text := v.get(batch)
			wants(t, text, "Statuses were asked last at", `class="wrong" role="alert">Statuses`)
		},
		"a pilot is over": func(t *testing.T, v *visit) {
			sheet, _ := v.upload("a.csv", rows3)
			_, page := v.get(sheet + "/place")
			said := form(page, "Place ")
			said.Set("limit", "1")
			v.post(sheet+"/place", said)
			batch := v.at
			v.send()
			_, text := v.get(batch)
			wants(t, text, "2 rows wait, and nobody sends them until somebody says Go on")
		},
		"a sheet was placed already": func(t *testing.T, v *visit) {
			sheet, _ := v.upload("a.csv", rows3)
			batch := v.place(sheet)
			v.send()
			_, text := v.upload("a.csv", rows3)
			wants(t, text, `it is <a href="/batches/`+batch+`"`, ">placed 3<", ">All 3<")
			if strings.Contains(text, "Edit row") || strings.Contains(text, "Leave row") {
				t.Error("what is ordered is offered to be edited")
			}
		},
		"a new batch of a sheet that was placed": func(t *testing.T, v *visit) {
			sheet, _ := v.upload("a.csv", rows3)
			v.place(sheet)
			v.send()
			again, _ := v.upload("a.csv", rows3)
			_, text := v.post(again, url.Values{"again": {"on"}})
			wants(t, text, "what was ordered is ordered again", ">Will be ordered 3<")
			_, text = v.get(again + "/place")
			wants(t, text, "what was ordered is ordered again")
		},
		"columns of the same header": func(t *testing.T, v *visit) {
			sheet, _ := v.upload("a.csv", "Leistung,Ziel,Stueck\n1,"+link+"1,100\n")
			if code, _ := v.post(sheet, url.Values{"column Leistung": {"service"}, "column Ziel": {"link"},
				"column Stueck": {"quantity"}}); code != 200 {
				t.Fatal(code)
			}
			later, text := v.upload("b.csv", "Leistung,Ziel,Stueck\n1,"+link+"2,100\n")
			if got := rows(text); len(got) != 1 || !strings.HasPrefix(got[0], "will be ordered | 2 ") {
				t.Errorf("%v", got)
			}
			_, text = v.get(later)
			wants(t, text, "link (remembered)")
		},
		"rows that are left out": func(t *testing.T, v *visit) {
			sheet, page := v.upload("a.csv",
				"Service,Link,Quantity,Note\n1,"+link+"1,100,done\n1,"+link+"2,100,\n1,"+link+"3,100,\n")
			v.decide(sheet, page, "Leave out rows that are marked in Note, all 1")
			_, text := v.get(sheet + "/place")
			wants(t, text, "rows left out, as they are marked in", "2 orders")
			_, review := v.get(sheet + "/review?only=skipped")
			said := "rows left out, as they are marked in &#34;Note&#34;: 2"
			wants(t, review, "All 3<", "Will be ordered 2<", "Left out 1<", said)
			_, off := v.post(sheet+"/row", url.Values{"leave": {"3"}})
			wants(t, off, "All 3<", "Will be ordered 1<", "Left out 2<")
			_, batch := v.get("/batches/" + v.place(sheet) + "?only=skipped")
			wants(t, batch, "All 3<", "left out 2<", "2 left out", said)
			if strings.Contains(text+review+off+batch, "--skip") {
				t.Error("it speaks of the command line")
			}
		},
		"what parts the cells": func(t *testing.T, v *visit) {
			sheet, _ := v.upload("a.csv", "Service|Link,a|Quantity\n1|"+link+"1|100\n")
			_, text := v.get(sheet)
			wants(t, text, ">a semicolon<")
			_, text = v.post(sheet, url.Values{"delimiter": {"|"}, "column Link,a": {"link"}})
			if got := rows(text); len(got) != 1 || !strings.Contains(got[0], "| "+link+"1 | 100") {
				t.Errorf("%v: %s", got, text)
			}
			_, text = v.get(sheet)
			wants(t, text, `<option value="|" selected>`)
			_, text = v.post(sheet, url.Values{"delimiter": {","}})
			if got := rows(text); len(got) == 1 && strings.Contains(got[0], link+"1 | 100") {
				t.Errorf("by commas: %v", got)
			}
		},
		"what an encoding is": func(t *testing.T, v *visit) {
			sheet, text := v.upload("a.csv",
				"Service,Link,Quantity,Client\n1,"+link+"1,100,\xd6\xd0\xb9\xfa\n111,"+link+"2,\xd6\xd0,\xd6\xd0\n")
			if strings.Contains(text, "--encoding") {
				t.Errorf("it speaks of the command line: %s", text)
			}
			_, text = v.post(sheet, url.Values{"encoding": {"gbk"}})
			wants(t, text, `class="sum"`)
		},
		"an edit": func(t *testing.T, v *visit) {
			sheet, _ := v.upload("a.csv", rows3)
			_, text := v.post(sheet+"/row", url.Values{"line": {"3"}, "cell C": {"200"}})
			wants(t, text, "Edited here.", "Edit row 3", "Take back the edits of row 3")
			_, text = v.post(sheet+"/row", url.Values{"restore": {"3"}})
			if got := rows(text); !strings.HasSuffix(got[1], "| 100") || strings.Contains(text, "Edited here.") {
				t.Errorf("%v", got)
			}
		},
		"a batch is told live": func(t *testing.T, v *visit) {
			sheet, _ := v.upload("a.csv", rows3)
			b := v.batch(v.place(sheet))
			j, err := v.desk.Journal(t.Context())
			must(t, err)
			hold, err := j.Hold(b.ID, journal.Holder{})
			must(t, err)
			defer hold.Release()
			s := &Server{Desk: v.desk}
			before, err := s.changes(t.Context(), b.ID)
			must(t, err)
			must(t, <-j.HoldBack(b, 1, journal.Dearer, "for one"))
			after, err := s.changes(t.Context(), b.ID)
			must(t, err)
			if before == after {
				t.Error("a row became something, and nobody is told")
			}
		},
	} {
		t.Run(name, func(t *testing.T) { look(t, newVisit(t)) })
	}
}

// TestAllSheetsThatWaitAreListed, the latest first, and the rest where somebody asks for them.
func TestAllSheetsThatWaitAreListed(t *testing.T) {
	v := newVisit(t)
	for range latest + 1 {
		v.upload("a.csv", sheetOf("1,"+link+"1,100"))
	}
	_, text := v.get("/")
	if n := strings.Count(text, "Throw away a.csv"); n != latest || !strings.Contains(text, `href="/?sheets=all"`) {
		t.Errorf("%d sheets: %s", n, text)
	}
	_, text = v.get("/?sheets=all")
	if n := strings.Count(text, "Throw away a.csv"); n != latest+1 || strings.Contains(text, `href="/?sheets=all"`) {
		t.Errorf("%d of all sheets", n)
	}
}
