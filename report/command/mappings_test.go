package command

import (
	"slices"
	"testing"
)

// TestColumnsAreNamedWhateverTheyAreCalled.
func TestColumnsAreNamedWhateverTheyAreCalled(t *testing.T) {
	for _, tt := range []struct {
		typed []string
		want  []string
	}{
		{[]string{"Nr=service"}, []string{"Nr=service"}},
		{[]string{"Nr=service,Wo=link"}, []string{"Nr=service", "Wo=link"}},
		{[]string{"Nr=service", "Wo=link"}, []string{"Nr=service", "Wo=link"}},
		{[]string{"Dienst, Nr=service"}, []string{"Dienst, Nr=service"}},
		{[]string{`"Dienst, Nr=service"`}, []string{"Dienst, Nr=service"}},
		{[]string{`Dienst "nr"=service`}, []string{`Dienst "nr"=service`}},
		{[]string{`"Dienst ""nr""=service"`}, []string{`Dienst "nr"=service`}},
		{[]string{"a=b=service"}, []string{"a=b=service"}},
	} {
		var m mappings
		for _, text := range tt.typed {
			if err := m.Set(text); err != nil {
				t.Fatal(err)
			}
		}
		if !slices.Equal(m, tt.want) {
			t.Errorf("%q: %q, want %q", tt.typed, m, tt.want)
		}
	}
	o := sheetOptions{columns: []string{"a=b=service"}}
	if r, err := o.reading(); err != nil || r.Map["a=b"] != "service" {
		t.Errorf("%v, %v", r.Map, err)
	}
}
