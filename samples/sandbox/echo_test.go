package sandbox_test

import (
	"encoding/json"
	"strings"
	"testing"

	"bulkorder/samples/sandbox"
)

const secret = "Sec/ret+7&x="

func TestAPanelEchoesTheKeyInEveryWriting(t *testing.T) {
	for writing, there := range map[string]string{
		"raw": secret, "json": `Sec\/ret+7&x=`, "percent": "Sec%2fret%2b7%26x%3d", "PERCENT": "Sec%2Fret%2B7%26x%3D",
		"html": "Sec&#x2F;ret&#x2B;7&#x26;x&#x3D;", "decimal": "Sec&#47;ret&#43;7&#38;x&#61;", "named": "Sec/ret+7&amp;x=",
		"unicode": `\u0053\u0065\u0063\u002f`, "base64": "U2VjL3JldCs3Jng9", "base64url": "U2VjL3JldCs3Jng9",
		"first8": "Sec/ret+", "last8": "ret+7&x=", "mid4": "ret+", "first99": secret,
	} {
		p := serve(t, sandbox.Config{Key: secret, Echo: writing})
		ask := func(action string, pairs ...string) string {
			body := strings.ReplaceAll(encode(action, pairs...), "key=sandbox", "key=Sec%2Fret%2B7%26x%3D")
			return p.post(body).body
		}
		for _, answer := range []string{
			ask("services"), ask("balance"), ask("add", "service", "1", "link", link, "quantity", "100"),
			ask("add", "service", "0"), ask("status", "order", "23501"), ask("status", "order", "1"),
			ask("refill", "order", "1"), ask("refill_status", "refill", "1"), ask("nothing"),
		} {
			if !strings.Contains(answer, there) {
				t.Errorf("%s: %q is not in %s", writing, there, answer)
			}
			if !json.Valid([]byte(answer)) {
				t.Errorf("%s: no JSON: %s", writing, answer)
			}
		}
		want(t, "orders, "+writing, len(p.Ledger()), 1)
	}
}

func TestAFaultTellsTheKeyWhereItIsTold(t *testing.T) {
	for fault, there := range map[string]string{
		"add:error=Bad link {key/html}":                 "Bad link Sec&#x2F;ret",
		"add:body={\"for\":\"{key/json}\"}":             `{"for":"Sec\/ret+7&x="}`,
		"add:body={key/first8} {key}":                   "Sec/ret+ " + secret,
		"add:body={key/rot13}":                          "{key/rot13}",
		"add:error=see https://x.test/?k={key/PERCENT}": "https://x.test/?k=Sec%2Fret",
	} {
		f, err := sandbox.ParseFault(fault)
		must(t, err)
		p := serve(t, sandbox.Config{Key: secret, Faults: []sandbox.Fault{f}})
		if answer := p.post(follower("a")).body; !strings.Contains(answer, there) {
			t.Errorf("%s: %s", fault, answer)
		}
	}
}
