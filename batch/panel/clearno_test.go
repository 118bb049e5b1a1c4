package panel

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

func members(t *testing.T, members ...string) []byte {
	t.Helper()
	var parts []string
	for i := 0; i < len(members); i += 2 {
		name, err := json.Marshal(members[i])
		if err != nil {
			t.Fatal(err)
		}
		value, err := json.Marshal(members[i+1])
		if err != nil {
			t.Fatal(err)
		}
		parts = append(parts, string(name)+":"+string(value))
	}
	return []byte("{" + strings.Join(parts, ",") + "}")
}

// TestTheClassOfEachText reads testdata/texts.txt.
func TestTheClassOfEachText(t *testing.T) {
	text, err := os.ReadFile("testdata/texts.txt")
	if err != nil {
		t.Fatal(err)
	}
	verdicts := map[Class]Verdict{ClassKey: Unsent, ClassFunds: Short, ClassRate: Slow, ClassActive: Active,
		ClassService: Refused, ClassCount: Refused, ClassField: Refused, ClassRequest: Refused}
	for line := range strings.Lines(string(text)) {
		name, said, is := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
		if !is || strings.HasPrefix(line, "#") {
			continue
		}
		a := judge(200, nil, members(t, "error", said), nil, taught{})
		class := Class(name)
		if name == "doubt" {
			class, a.Class = ClassUnknown, ClassUnknown
		}
		if a.Class != class || a.Verdict != verdicts[class] || (a.Verdict == InDoubt) != a.ErrorText {
			t.Errorf("%s: got %v of class %q, want class %s", said, a.Verdict, a.Class, name)
		}
	}
}

// signs are all phrases that forbid, with something in place of what they leave open.
func signs() []string {
	var all []string
	for _, phrase := range slices.Concat(existing(), elsewhere()) {
		all = append(all, strings.TrimSuffix(phrase, "*"))
	}
	return all
}

// clearNoes are the error texts of the corpus that are a clear no, but for those of an active order.
func clearNoes(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, c := range append(readCorpus(t, "add"), readAnswers(t, "panels/ref*.txt", false)...) {
		var said struct {
			Error string `json:"error"`
		}
		a := judge(c.status, c.header, c.body, nil, taught{})
		if a.Verdict == InDoubt || a.Verdict == Placed || a.Verdict == Active || len(c.body) > 1000 || c.status == 429 ||
			json.Unmarshal(c.body, &said) != nil ||
			said.Error == "" {
			continue
		}
		if judge(200, nil, members(t, "error", said.Error), nil, taught{}).Verdict != InDoubt {
			all = append(all, said.Error)
		}
	}
	return all
}

// TestASignMakesEveryClearNoADoubt puts each sign behind, before and beside clear noes.
func TestASignMakesEveryClearNoADoubt(t *testing.T) {
	texts, signs := clearNoes(t), signs()
	if len(texts) < 200 || len(signs) < 400 {
		t.Fatalf("%d texts, %d signs", len(texts), len(signs))
	}
	for i, sign := range signs {
		text := texts[i*7%len(texts)]
		for _, body := range [][]byte{
			members(t, "error", text+". "+sign),
			members(t, "error", strings.ToUpper(sign)+"! "+text),
			members(t, "error", text, "note", sign),
			members(t, "error", text, strings.ReplaceAll(sign, " ", "_"), "x"),
		} {
			if a := judge(200, nil, body, nil, taught{}); a.Verdict != InDoubt {
				t.Errorf("%s: got %v of class %q, want doubt", body, a.Verdict, a.Class)
			}
		}
	}
}

func TestTheListsAreInTheirOwnWriting(t *testing.T) {
	lists := map[string][]string{"existing": existing(), "elsewhere": elsewhere(), "again": again(),
		"harmless": harmless(), "maintenance": maintenance(), "account": accountWords(), "shortage": shortage(),
		"failing": failing(), "refusing": refusing(),
		"ordinary": ordinary(), "worldwide": worldwide(), "strange": strange()}
	for class, words := range allowing() {
		lists["allowing "+string(class)] = words
	}
	for class, texts := range knownTexts() {
		lists["known "+string(class)] = texts
	}
	for name, phrases := range lists {
		for _, phrase := range phrases {
			bare := strings.TrimSuffix(phrase, "*")
			if got := strings.TrimSpace(plain(bare)); got != bare {
				t.Errorf("%s: %q is written %q", name, phrase, got)
			}
		}
	}
	for class, words := range allowing() {
		for _, word := range words {
			if found, is := sign(fmt.Sprintf(" %s ", strings.TrimSuffix(word, "*"))); is {
				t.Errorf("%q of class %s holds the sign %q: it can never allow", word, class, found)
			}
		}
	}
}

func TestATaughtTextIsAPersonsWord(t *testing.T) {
	more := taught{texts: Texts{ClassField: {"=Order not placed: link"}, ClassService: {"dienst"}}}
	tests := []struct {
		name, body string
		want       Verdict
	}{
		{"the whole text, which holds a sign", `{"error":"Order not placed: link."}`, Refused},
		{"more than the text", `{"error":"Order not placed: link. Order created"}`, InDoubt},
		{"a sign in another member", `{"error":"Order not placed: link","state":"pending"}`, InDoubt},
		{"a part of a text in another language", `{"error":"Unbekannter Dienst 17"}`, Refused},
		{"a part, and a sign", `{"error":"Unbekannter Dienst, order created"}`, InDoubt},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if a := judge(200, nil, []byte(tt.body), nil, more); a.Verdict != tt.want {
				t.Errorf("got %v of class %q, want %v", a.Verdict, a.Class, tt.want)
			}
		})
	}
}
