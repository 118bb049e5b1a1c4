package report

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// Offer is a service as clients know it.
type Offer struct {
	Name  string              // empty: as the panel names it
	Price decimal.NullDecimal // of 1000, or of one order where the panel charges so; not valid: the list has none
}

// ReadOffers reads a price list: a CSV file with the columns service, name and price. It gives the offers by service,
// which is an id, or panel/id where services of several panels bear one id.
func ReadOffers(path string) (map[string]Offer, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("the price list: %w", err)
	}
	defer f.Close()
	all, err := readOffers(f)
	if err != nil {
		return nil, fmt.Errorf("the price list %s: %w", path, err)
	}
	return all, nil
}

func readOffers(from io.Reader) (map[string]Offer, error) {
	r := csv.NewReader(from)
	r.FieldsPerRecord = -1
	header, err := r.Read()
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	column := func(name string) int {
		return slices.IndexFunc(header, func(h string) bool {
			return strings.EqualFold(strings.TrimSpace(strings.TrimPrefix(h, "\ufeff")), name)
		})
	}
	service, name, price := column("service"), column("name"), column("price")
	if service < 0 || name < 0 && price < 0 {
		return nil, fmt.Errorf("its first line is %q: it should name the columns service, name and price, with commas",
			strings.Join(header, ","))
	}
	all := map[string]Offer{}
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		line, _ := r.FieldPos(0)
		cell := func(i int) string {
			if i < 0 || i >= len(cells) {
				return ""
			}
			return strings.TrimSpace(cells[i])
		}
		id := cell(service)
		if id == "" {
			continue
		}
		if _, is := all[id]; is {
			return nil, fmt.Errorf("line %d: service %s stands there twice", line, id)
		}
		o := Offer{Name: cell(name)}
		if text := cell(price); text != "" {
			d, err := decimal.NewFromString(text)
			if err != nil || d.IsNegative() {
				return nil, fmt.Errorf("line %d: the price %q of service %s is no number such as 1.90", line, text, id)
			}
			o.Price = decimal.NewNullDecimal(d)
		}
		all[id] = o
	}
}
