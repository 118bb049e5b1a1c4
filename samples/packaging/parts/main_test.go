package main

import (
	"bytes"
	"os"
	"slices"
	"testing"

	cdx "github.com/CycloneDX/cyclonedx-go"
)

// TestThePartsOfAProgram: of this test's, which is made of the library that writes them.
func TestThePartsOfAProgram(t *testing.T) {
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var told, again bytes.Buffer
	if err := write(&told, program); err != nil {
		t.Fatal(err)
	}
	if err := write(&again, program); err != nil || again.String() != told.String() {
		t.Errorf("told again it is otherwise: %v", err)
	}
	var bom cdx.BOM
	if err := cdx.NewBOMDecoder(&told, cdx.BOMFileFormatJSON).Decode(&bom); err != nil {
		t.Fatal(err)
	}
	ours := func(c cdx.Component) bool { return c.Name == "github.com/CycloneDX/cyclonedx-go" && c.Version != "" }
	if bom.Components == nil || !slices.ContainsFunc(*bom.Components, ours) {
		t.Errorf("the library isn't among the parts:\n%s", again.String())
	}
}
