package main

import "context"

// used is how many services of a large catalogue two sheets order from.
func (s sizes) used() (few, many int) { return s.Catalogue / 100, s.Catalogue / 30 * 26 }

// measureCatalogue: goal 10.
func measureCatalogue(ctx context.Context, b *bench) error {
	var all []usage
	narrow, wide := b.used()
	for _, services := range []int{narrow, wide} {
		sheet, err := b.sheet(ctx, sheetSpec{Rows: b.Wide, Services: services})
		if err != nil {
			return err
		}
		p, err := b.panels(ctx, panelSpec{Services: b.Catalogue})
		if err != nil {
			return err
		}
		defer p.close()
		u, err := p.account(0).order(ctx, sheet, 64)
		if err != nil {
			return err
		}
		all = append(all, u)
	}
	few, many := all[0], all[1]
	b.find("catalogue", ratio(many.CPU, few.CPU), "%.1f s CPU, %.1f s; %.1f s, %.1f s in all; %d rows",
		many.CPU.Seconds(), few.CPU.Seconds(), many.Wall.Seconds(), few.Wall.Seconds(), b.Wide)
	return nil
}
