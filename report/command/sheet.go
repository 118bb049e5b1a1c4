package command

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"bulkorder/batch/desk"
	"bulkorder/parse"
)

// sheetOptions say which sheet is read, and how it becomes a batch.
type sheetOptions struct {
	sheet, delimiter, encoding, hidden, thousands string
	columns, where, skipMarked                    []string
	remember, skipStruck, strictLinks, acceptK    bool
	allSheets, skipSections                       bool

	name                      string
	duplicates, repeat, again bool
}

func (o *sheetOptions) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&o.sheet, "sheet", "", "the worksheet's `name`, where several have orders")
	f.BoolVar(&o.allSheets, "all-sheets", false,
		"read all worksheets that have a header as one sheet, such as tabs by client")
	f.Var((*mappings)(&o.columns), "map", "name a column: `\"Their name=field\"`")
	f.BoolVar(&o.remember, "remember-map", false, "use what --map says for later sheets with the same header too")
	f.StringVar(&o.delimiter, "delimiter", "", "the `character` between the cells of a text file")
	f.StringVar(&o.encoding, "encoding", "", "the `name` of a text file's encoding, such as windows-1252")
	f.StringVar(&o.hidden, "hidden", "", "`include` or skip hidden rows and columns")
	f.StringVar(&o.thousands, "thousands", "", "the `mark` that parts thousands, a comma or a point")
	f.BoolVar(&o.acceptK, "accept-k", false, "read 1k as 1000, and 1m as 1000000")
	f.StringArrayVar(&o.where, "where", nil, "order only rows that are so: `\"Status!=done\"`, \"Client=Nord\"")
	f.StringArrayVar(&o.skipMarked, "skip-marked", nil,
		"leave out rows that are marked as done, or not to be ordered, in this `column` of yours")
	f.BoolVar(&o.skipSections, "skip-sections", false,
		"leave out rows below a title that says done, or on such a worksheet")
	f.BoolVar(&o.skipStruck, "skip-struck", false, "leave out rows that are struck through")
	holdNotesFlag(f)
	f.BoolVar(&o.strictLinks, "strict-links", false, "links that lead elsewhere than the service goes are problems")
	f.StringVar(&o.name, "batch", "", "the batch's `name` (default by the sheet's content)")
	f.BoolVar(&o.duplicates, "allow-duplicates", false, "order equal rows of the sheet, each")
	f.BoolVar(&o.repeat, "allow-repeat", false, "order rows that another batch has ordered")
	acceptFlag(f)
	f.BoolVar(&o.again, "again", false, "order the same sheet again, as a new batch")
}

var batchName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$`)

// preparing says how the sheet becomes a draft.
func (o *sheetOptions) preparing(path string) (desk.Preparing, error) {
	if o.name != "" && !batchName.MatchString(o.name) {
		return desk.Preparing{}, usage(fmt.Errorf("--batch %q: use letters, digits, dots, - and _", o.name))
	}
	word := desk.Word{AllowDuplicates: o.duplicates, AllowRepeat: o.repeat}
	return desk.Preparing{Word: word, Path: path, Name: o.name, Again: o.again,
		StrictLinks: o.strictLinks}, nil
}

// openSheet opens the sheet as the options say.
func (p *program) openSheet(path string, o sheetOptions) (*parse.Sheet, error) {
	reading, err := o.reading()
	if err != nil {
		return nil, err
	}
	reading.Stdin = p.in
	return p.desk.OpenSheet(path, reading, o.remember)
}

// reading says how the sheet is read.
func (o *sheetOptions) reading() (parse.Options, error) {
	r := parse.Options{Sheet: o.sheet, AllSheets: o.allSheets, Encoding: o.encoding, Hidden: o.hidden,
		Where: o.where, SkipMarked: o.skipMarked, SkipSections: o.skipSections,
		SkipStruck: o.skipStruck, AcceptK: o.acceptK}
	switch o.thousands {
	case "":
	case ",", ".":
		r.Thousands = o.thousands[0]
	default:
		return r, usage(fmt.Errorf("--thousands %s: use a comma or a point", o.thousands))
	}
	if o.allSheets && o.sheet != "" {
		return r, usage(errors.New("--sheet and --all-sheets contradict each other"))
	}
	if o.hidden != "" && o.hidden != "include" && o.hidden != "skip" {
		return r, usage(fmt.Errorf("--hidden %s: use include or skip", o.hidden))
	}
	switch runes := []rune(o.delimiter); {
	case o.delimiter == `\t` || o.delimiter == "tab":
		r.Delimiter = '\t'
	case len(runes) == 1:
		r.Delimiter = runes[0]
	case len(runes) > 1:
		return r, usage(fmt.Errorf("--delimiter %s: use one character", o.delimiter))
	}
	for _, pair := range o.columns {
		at := strings.LastIndexByte(pair, '=') // a name may have one of its own
		if at < 0 {
			return r, usage(fmt.Errorf("--map %q: write it as \"Their name=field\"", pair))
		}
		if r.Map == nil {
			r.Map = map[string]string{}
		}
		r.Map[strings.TrimSpace(pair[:at])] = strings.TrimSpace(pair[at+1:])
	}
	return r, nil
}
