package desk

import (
	"errors"
	"path/filepath"

	"bulkorder/batch/settings"
	"bulkorder/parse"
)

// OpenSheet opens a sheet, with the columns that were named for such a header before. remember keeps what o.Map names
// for later sheets with the same header.
func (d *Desk) OpenSheet(path string, o parse.Options, remember bool) (*parse.Sheet, error) {
	if remember && len(o.Map) == 0 {
		return nil, &Mistake{errors.New("--remember-map needs --map: there is nothing to remember")}
	}
	now := d.Accounts.Now()
	o.Extra, o.HoldNotes = now.Config.Fields(), now.Of("hold-notes").Text == "true"
	var known settings.Mappings
	dir, err := settings.StateDir()
	if err == nil {
		known, err = settings.LoadMappings(filepath.Join(dir, "columns.json"))
		o.Remembered = known.Of
	} else if !remember {
		err = nil // without a home nothing is remembered
	}
	if err != nil {
		return nil, &Mistake{err}
	}
	sheet, err := parse.Open(path, o)
	if err != nil || !remember {
		return sheet, err
	}
	for _, t := range sheet.Tables() {
		if err = known.Remember(t.Fingerprint(), o.Map); err != nil {
			return nil, errors.Join(err, sheet.Close())
		}
	}
	return sheet, err
}

// headers are the names of a sheet's columns.
func headers(columns []parse.Column) []string {
	var names []string
	for _, c := range columns {
		names = append(names, c.Name)
	}
	return names
}

// mapped are the columns that aren't found by their names.
func mapped(columns []parse.Column) map[string]string {
	var all map[string]string
	for _, c := range columns {
		if c.Field == "" || c.By == parse.ByName || c.By == parse.ByPlace {
			continue
		}
		if all == nil {
			all = map[string]string{}
		}
		all[c.Name] = c.Field
	}
	return all
}

// RememberColumns keeps which columns of a header hold which field, for later sheets with the same header.
func (d *Desk) RememberColumns(header []string, fields map[string]string) error {
	dir, err := settings.StateDir()
	if err != nil {
		return err
	}
	known, err := settings.LoadMappings(filepath.Join(dir, "columns.json"))
	if err != nil {
		return err
	}
	return known.Remember(parse.HeaderFingerprint(header), fields)
}
