package panel

import (
	"encoding/json"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// membersBy gives the members that a way of reading finds.
func membersBy(walk func([]byte, func(string, json.RawMessage)) bool, body []byte) (all []string, is bool) {
	is = walk(body, func(name string, value json.RawMessage) { all = append(all, name, string(value)) })
	return all, is
}

func FuzzMembersAreThoseOfTheDecoder(f *testing.F) {
	for _, body := range []string{
		`{}`, ` {"order" : 23501 } `, `{"a":{"b":[1,{"c":"}"}]},"d":-1.5e3,"e":null,"a":true}`, `{"a":"x\"y\\","é":"é"}`,
		`{"\u0061":1,"a":"\ud83d"}`, "{\"\xff\":\"\xff\"}", `[1]`, `"x"`, `{"a":1}x`, `{"a":1}{"b":2}`, `{"a" 1}`, `{"a":}`,
		`{"a":01}`, `{,}`, `{"a":1,}`, ``, `{"a":[],"b":{}}`, "{\n\t\"a\"\r:\t[ 1 , 2 ]\n}", `{"a":1`, `{"a":"` + "\n" + `"}`,
	} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		if !json.Valid(body) {
			return // it is read by the decoder
		}
		want, is := membersBy(decodeMembers, body)
		got, also := membersBy(eachMember, body)
		if is != also || is && !cmp.Equal(got, want) {
			t.Errorf("%q: %v %q, the decoder %v %q", body, also, got, is, want)
		}
	})
}

// TestThePlainAnswerMeansWhatItMeansReadInFull: the short way to read the answer that most orders get gives what the
// long way gives.
func TestThePlainAnswerMeansWhatItMeansReadInFull(t *testing.T) {
	for _, body := range []string{
		`{"order":23501}`, `{"order":"23501"}`, " {\r\n\"order\" : 23501 }\n", `{"order":0}`, `{"order":"0"}`, `{"order":01}`,
		`{"order":"01"}`, `{"order":-1}`, `{"order":1.0}`, `{"order":1e3}`, `{"order":200}`, `{"order":"23501}`, `{"order":23501"}`,
		`{"order":""}`, `{"order":"}`, `{"order":" 23501 "}`, `{"order":23501,}`, `{"order":23501}}`, `{"order":23501,"a":1}`,
		`{"order":1234567890123456789}`, `{"order":null}`, `{"order":[1]}`, `{"Order":23501}`, `"order":23501`, `{"order"23501}`,
		`{{"order":23501}}`, `{"order":2 3501}`, `{"order":23501} x`, `{"order":"２３"}`, "{\"order\":\v23501}",
	} {
		short := judge(200, nil, []byte(body), nil, taught{})
		long := judge(200, nil, []byte(body), nil, taught{idField: "nowhere"})
		if diff := cmp.Diff(long, short); diff != "" {
			t.Errorf("%s: %s", body, diff)
		}
	}
	if a := judge(200, nil, []byte(`{"order":23501}`), io.ErrUnexpectedEOF, taught{}); a.Verdict != InDoubt {
		t.Errorf("an answer that was cut short: %v", a.Verdict)
	}
}
