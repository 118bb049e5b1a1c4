package panel

import (
	"encoding/json"
	"testing"
	"time"
)

// FuzzAdd: no answer makes an order of what isn't one closed JSON object that another reader reads an id
// from, and nothing but known texts is a refusal.
func FuzzAdd(f *testing.F) {
	for _, body := range []string{`{"order":23501}`, `{"order":"ord_01HG"}`, `{"data":{"order_id":"7"}}`,
		`{"error":"Incorrect link"}`, `{"order":7,"error":"x"}`,
		`{"order":7}{"order":8}`, `{"order":235`, `null`, ``, `[]`, `<html>`, "\xef\xbb\xbf{\"order\":7}",
		`{"order":{"order":7}}`, `{"order":1e3}`, `{"status":"success","data":{"id":7}}`, `{"OrderID":"A7K2M9Q1","code":500}`,
		`{"errors":{"link":["required"]},"message":"placed"}`, `{"error":"Geçersiz link, sipariş alındı"}`,
		`{"error":"pla<b>ced</b> link","id":7}`, `{"error":"Link \u0070laced"}`, `{"Error":"bad link","error":null}`} {
		for _, status := range []int{200, 400, 429, 500} {
			f.Add(status, []byte(body))
		}
	}
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		a := judge(status, nil, body, nil, taught{})
		switch a.Verdict {
		case Placed:
			var m map[string]any
			if err := json.Unmarshal(trimMark(body), &m); err != nil || a.OrderID == "" || status < 200 ||
				status > 299 {
				t.Errorf("%d %q is order %q", status, body, a.OrderID)
			}
		case Refused, Active:
			if a.Class == ClassUnknown || a.Class == ClassUnsure || status >= 500 {
				t.Errorf("%d %q is %v by the class %q", status, body, a.Verdict, a.Class)
			}
		}
		if a.Verdict != Placed && a.OrderID != "" || a.Verdict != InDoubt && a.Candidate != "" {
			t.Errorf("%d %q: %+v", status, body, a)
		}
	})
}

func trimMark(b []byte) []byte {
	if len(b) >= 3 && string(b[:3]) == "\xef\xbb\xbf" {
		return b[3:]
	}
	return b
}

// FuzzReads: no answer to a reading call makes a panic, or an answer about what wasn't asked for.
func FuzzReads(f *testing.F) {
	for _, body := range []string{`[{"service":1,"name":"Followers","type":"Default","rate":"0.90","min":"50",` +
		`"max":"10000"}]`, `{"data":[]}`,
		`{"1":{"charge":"0.27819","status":"Partial"},"10":{"error":"Incorrect order ID"},"9":"Incorrect order ID"}`,
		`[{"order":1,"refill":1},{"order":3,"refill":{"error":"Incorrect order ID"}},{"order":9,"cancel":1,"error":"x"}]`,
		`{"status":"Completed"}`, `{"refill":"1"}`} {
		f.Add([]byte(body))
	}
	ids := []string{"1", "10"}
	f.Fuzz(func(t *testing.T, body []byte) {
		if c, err := parseCatalogue(body, time.Time{}); err == nil {
			for _, s := range c.Services {
				if s.ID == "" || s.Oddity == "" && (s.Min > s.Max || s.Min < 0 || s.Rate.IsNegative()) {
					t.Errorf("%q gives the service %+v", body, s)
				}
			}
		}
		if all, usable, _ := parseStatuses(body, ids); usable {
			for id := range all {
				if id != "1" && id != "10" {
					t.Errorf("%q answers about %s", body, id)
				}
			}
		}
		c := &Client{}
		if all, err := c.receipts(body, refillQuestion(), ids); err == nil && len(all) > 2 {
			t.Errorf("%q answers about %d orders", body, len(all))
		}
		if r, ok := c.receipt(body, refillQuestion(), "1"); ok && (r.ID == "") == (r.Error == "") {
			t.Errorf("%q gives the receipt %+v", body, r)
		}
		a := c.judgeAsked(ending{reply: reply{status: 200, body: body}}, cancelQuestion(), ids)
		if a.Verdict == Placed || len(a.Receipts) > 0 && a.Verdict == Unsent {
			t.Errorf("%q gives %+v", body, a)
		}
	})
}
