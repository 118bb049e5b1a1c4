package command

import (
	"strings"
	"testing"

	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/samples/sandbox"
)

// TestTheNextCommandNamesASheetWhateverItIsCalled: one that begins with a dash is no option, and a column that has a
// comma in its name is one column.
func TestTheNextCommandNamesASheetWhateverItIsCalled(t *testing.T) {
	s := newShop(t, sandbox.Config{})
	for _, tt := range []struct{ sheet, flags, want string }{
		{"k.csv", "", "bulkorder run k.csv"},
		{"-k.csv", "", "bulkorder run ./-k.csv"},
		{"-my orders.csv", "", `bulkorder run "./-my orders.csv"`},
		{"-", "", "bulkorder run -"},
		{"k.csv", "--where=Where, when!=done", `bulkorder run k.csv --where 'Where, when!=done'`},
		{"k.csv", "--map=\"Where, when=link\"", `bulkorder run k.csv --map "Where, when=link"`},
	} {
		c := s.call("")
		cmd := c.checkCommand()
		if tt.flags != "" {
			if err := cmd.ParseFlags([]string{tt.flags}); err != nil {
				t.Fatal(err)
			}
		}
		c.said = flagsSaid(cmd)
		o := desk.Offer{Batch: journal.Batch{Sheet: tt.sheet}}
		o.ToSend.Rows = 1
		if got := c.afterCheck(o); got != tt.want {
			t.Errorf("%s, want %s", got, tt.want)
		}
	}
}

// TestTheNextCommandIsTypedAsThisOne: with its journal, and with how late orders may appear.
func TestTheNextCommandIsTypedAsThisOne(t *testing.T) {
	for _, tt := range []struct {
		said        said
		words, want string
	}{
		{said{}, "bulkorder settle b", "bulkorder settle b"},
		{said{after: " --after 5s"}, "bulkorder settle b --wait", "bulkorder settle --after 5s b --wait"},
		{said{after: " --after 5s"}, "bulkorder resume b", "bulkorder resume --after 5s b"},
		{said{after: " --after 5s"}, "bulkorder explain b 3", "bulkorder explain b 3"},
		{said{shared: " --journal my.db", after: " --after 5s"},
			"Row 3: `bulkorder settle b` looks again; `bulkorder show b`.",
			"Row 3: `bulkorder --journal my.db settle --after 5s b` looks again; `bulkorder --journal my.db show b`."},
		{said{shared: " --journal my.db"}, "bulkorder show b", "bulkorder --journal my.db show b"},
	} {
		if got := tt.said.in(tt.words); got != tt.want {
			t.Errorf("%s, want %s", got, tt.want)
		}
	}
}

// TestHowLateIsTypedAsAPersonTypesIt, when it is told in the next command.
func TestHowLateIsTypedAsAPersonTypesIt(t *testing.T) {
	for typed, want := range map[string]string{"180s": "3m", "90m": "1h30m", "2h": "2h", "5s": "5s", "61s": "1m1s", "90s": "1m30s"} {
		var l lateness
		if err := l.Set(typed); err != nil || l.String() != want || l.Set(l.String()) != nil {
			t.Errorf("%s is told as %s: %v", typed, l.String(), err)
		}
	}
}

// TestTheNextCommandCarriesTheMapThatIsProposed: what a check says of the quantities needn't be typed.
func TestTheNextCommandCarriesTheMapThatIsProposed(t *testing.T) {
	s := newShop(t, sandbox.Config{})
	path := s.write("a.csv", "Service,Link,How big\n101,https://instagram.com/nord,500\n101,https://instagram.com/lux,700\n")
	c := s.call("")
	a, err := c.runCheck(t.Context(), checkOptions{}, path)
	if err != nil {
		t.Fatal(err)
	}
	words, fields := c.told(a)
	const want = `--map "How big=quantity"`
	if next, _ := fields["next"].(string); !strings.HasSuffix(next, " "+want) || strings.Count(words, want) < 2 {
		t.Errorf("next is %v:\n%s", fields["next"], words)
	}
}
