package settings

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/shopspring/decimal"
)

// Client says how reports for clients look, and what clients pay: [client] of the configuration. Paths that aren't
// absolute begin at the configuration file's folder.
type Client struct {
	Title    string `toml:"title"`    // heads the report
	Logo     string `toml:"logo"`     // path of a PNG or JPEG picture
	Font     string `toml:"font"`     // path of a TrueType font for PDFs; empty: one of Latin, Cyrillic, Greek, Arabic, Hebrew
	Markup   string `toml:"markup"`   // on the panel's prices: "30%"
	Prices   string `toml:"prices"`   // path of a price list in CSV, with the columns service, name, price
	Currency string `toml:"currency"` // of the price list
}

// Beside is a path of the configuration, from its own folder, wherever the program was started; empty where the path
// is. One that begins with ~/ is in the person's home.
func (c Config) Beside(path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	if rest, is := strings.CutPrefix(path, "~/"); is {
		if home, err := os.UserHomeDir(); err == nil {
			return filepath.Join(home, rest)
		}
	}
	return filepath.Join(filepath.Dir(c.Path), path)
}

// ClientMarkup is what is added to the panel's prices: 0.3 for "30%". Not valid: nothing is said.
func (c Config) ClientMarkup() (decimal.NullDecimal, error) {
	text := strings.TrimSpace(c.Client.Markup)
	if text == "" {
		return decimal.NullDecimal{}, nil
	}
	number, percent := strings.CutSuffix(text, "%")
	d, err := decimal.NewFromString(strings.TrimSpace(number))
	if err != nil || !percent || d.IsNegative() {
		return decimal.NullDecimal{}, fmt.Errorf("%s: markup = %q of [client] is none: write it like \"30%%\"", c.Path, text)
	}
	return decimal.NewNullDecimal(d.Shift(-2)), nil
}
