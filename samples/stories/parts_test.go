package stories_test

import (
	"archive/zip"
	"io"
	"testing"
)

// partsOf reads the files inside a workbook.
func partsOf(t *testing.T, path string) map[string]string {
	t.Helper()
	z, err := zip.OpenReader(path)
	must(t, err)
	defer z.Close()
	all := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		must(t, err)
		text, err := io.ReadAll(r)
		must(t, err)
		if _, double := all[f.Name]; double {
			t.Errorf("%s has %s twice", path, f.Name)
		}
		all[f.Name] = string(text)
	}
	return all
}
