package panel

import (
	"errors"
	"io"
	"net/http"
	"testing"
	"time"
)

func TestJudge(t *testing.T) {
	tests := []struct {
		name   string
		status int
		body   string
		want   Added // Verdict, OrderID, Candidate, Stop, Class and RetryAfter are compared
	}{
		{"the documents' answer", 200, `{"order": 23501}`, Added{Verdict: Placed, OrderID: "23501"}},
		{"an id as a string", 200, `{"order":"23501"}`, Added{Verdict: Placed, OrderID: "23501"}},
		{"a panel's own id text", 200, `{"order":"ord_01HG"}`, Added{Verdict: Placed, OrderID: "ord_01HG"}},
		{"order_id", 200, `{"order_id":7}`, Added{Verdict: Placed, OrderID: "7"}},
		{"inside data", 201, `{"status":"success","data":{"order":7}}`, Added{Verdict: Placed, OrderID: "7"}},
		{"the same id twice", 200, `{"order":7,"data":{"order_id":"7"}}`, Added{Verdict: Placed, OrderID: "7"}},
		{"a byte order mark before", 200, "\xef\xbb\xbf" + `{"order":7}`, Added{Verdict: Placed, OrderID: "7"}},
		{"an error that is null", 200, `{"order":7,"error":null}`, Added{Verdict: Placed, OrderID: "7"}},

		{"order and error", 200, `{"order":7,"error":"Incorrect link"}`, Added{Candidate: "7"}},
		{"an order that did not succeed", 200, `{"success":false,"order":7}`, Added{Candidate: "7"}},
		{
			"a key that is missing",
			200,
			`{"error":"Missing key."}`,
			Added{Verdict: Unsent, Stop: StopKey, Class: ClassKey},
		},
		{
			"keywords that are missing",
			200,
			`{"error":"Missing keywords"}`,
			Added{Verdict: Refused, Class: ClassField},
		},
		{"two orders", 200, `{"order":7,"order_id":8}`, Added{Candidate: "7"}},
		{"a doubled key", 200, `{"order":7,"order":8}`, Added{Candidate: "8"}},
		{"cut off after digits", 200, `{"order":235`, Added{Candidate: "235"}},
		{"text behind the object", 200, `{"order":7} <br>`, Added{Candidate: "7"}},
		{"a warning before the object", 200, `<br>Warning {"order":7}`, Added{Candidate: "7"}},
		{"order null", 200, `{"order":null}`, Added{}},
		{"order 0", 200, `{"order":0}`, Added{}},
		{"order false", 200, `{"order":false}`, Added{}},
		{"order in words", 200, `{"order":"failed"}`, Added{}},
		{"order with an exponent", 200, `{"order":2.35e4}`, Added{Candidate: "2"}},
		{"an empty answer", 200, ``, Added{}},
		{"null", 200, `null`, Added{}},
		{"a web page", 200, `<html>ok</html>`, Added{}},
		{"an empty object", 200, `{}`, Added{}},
		{"a list", 200, `[{"order":7}]`, Added{Candidate: "7"}},
		{"success without an order", 200, `{"status":"success"}`, Added{}},
		{"an unknown error", 200, `{"error":"Nobody knows"}`, Added{}},
		{"a sign", 200, `{"error":"Something went wrong"}`, Added{Class: ClassUnsure}},
		{"a provider's error", 200, `{"error":"Provider error: not enough funds"}`, Added{Class: ClassUnsure}},

		{"a wrong service", 200, `{"error":"Incorrect service ID"}`, Added{Verdict: Refused, Class: ClassService}},
		{"a quantity", 400, `{"error":"Quantity less than minimal 50"}`, Added{Verdict: Refused, Class: ClassCount}},
		{"a link", 200, `{"error":{"message":"Bad link"}}`, Added{Verdict: Refused, Class: ClassField}},
		{
			"fail with msg and code",
			200,
			`{"status":"fail","msg":"No","error":"neworder.error.min_quantity"}`,
			Added{Verdict: Refused, Class: ClassCount},
		},
		{"a wrong request", 404, `{"error":"Incorrect request"}`, Added{Verdict: Refused, Class: ClassRequest}},
		{"a wrong key", 401, `{"error":"Invalid API key"}`, Added{Verdict: Unsent, Stop: StopKey, Class: ClassKey}},
		{
			"no funds",
			402,
			`{"error":"Not enough funds on balance"}`,
			Added{Verdict: Short, Class: ClassFunds},
		},
		{
			"an active order",
			200,
			`{"error":"You have active order with this link. Please wait until order being completed."}`,
			Added{Verdict: Active, Class: ClassActive},
		},
		{
			"an active order by code",
			200,
			`{"error":"neworder.error.link_duplicate"}`,
			Added{Verdict: Active, Class: ClassActive},
		},
		{
			"a rate in words",
			200,
			`{"error":"Rate limit exceeded"}`,
			Added{Verdict: Slow, Class: ClassRate, RetryAfter: 3 * time.Second},
		},
		{"429 with a page", 429, `<html>`, Added{Verdict: Slow, Class: ClassRate, RetryAfter: 3 * time.Second}},
		{"429 with an object", 429, `{}`, Added{Verdict: Slow, Class: ClassRate, RetryAfter: 3 * time.Second}},
		{"429 with an order", 429, `{"order":7}`, Added{Candidate: "7"}},

		{"403 with a page", 403, `<html>Just a moment</html>`, Added{Class: ClassBlocked, Stop: StopBlocked}},
		{"404 in words", 404, `not found`, Added{Class: ClassBlocked, Stop: StopBlocked}},
		{"403 with the beginning of an object", 403, `{"err`, Added{}},
		{"400 with an order", 400, `{"order":7}`, Added{Candidate: "7"}},
		{"402 with a page", 402, `<html>`, Added{}},
		{"a redirect", 307, ``, Added{Stop: StopRedirect}},
		{"408", 408, ``, Added{}},
		{"500 with an order", 500, `{"order":7}`, Added{Candidate: "7"}},
		{"500 with a known error", 500, `{"error":"Incorrect link"}`, Added{}},
		{"503", 503, `<html>`, Added{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := judge(tt.status, http.Header{"Retry-After": {"3"}}, []byte(tt.body), nil, taught{})
			if got.Words == "" {
				t.Error("nothing is said to the person")
			}
			got.Words, got.ErrorText = "", false
			if got != tt.want {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
		})
	}
}

func TestAnswersThatBreakOffAreDoubt(t *testing.T) {
	whole := `{"order": 23501}`
	for n := range whole {
		a := judge(200, nil, []byte(whole[:n]), io.ErrUnexpectedEOF, taught{})
		b := judge(200, nil, []byte(whole[:n]), nil, taught{})
		if a.Verdict != InDoubt || b.Verdict != InDoubt {
			t.Errorf("%q: got %v with an error and %v without, want doubt", whole[:n], a.Verdict, b.Verdict)
		}
	}
	if a := judge(200, nil, []byte(whole), errors.New("reset"), taught{}); a.Verdict != InDoubt ||
		a.Candidate != "23501" {
		t.Errorf("a whole object whose connection broke: got %+v, want doubt with the candidate", a)
	}
}

func TestConfiguredTextsAreKnown(t *testing.T) {
	more := Texts{ClassField: {"Ungültiger Link"}}
	if a := judge(200, nil, []byte(`{"error":"ungültiger link!"}`), nil, taught{texts: more}); a.Verdict != Refused {
		t.Errorf("got %v, want refused", a.Verdict)
	}
}
