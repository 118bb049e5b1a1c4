package journal

import "slices"

// A sheet is edited in place: a person changes some of its cells, sorts it, puts rows in and takes others out, and runs
// it again. What it says afterwards is matched with what it said before, and a row that stands for one that was
// ordered, or may have been, is no new order:
//
//   - It is the same sheet only where half of the rows that it had are still there, or more. A list of a week whose
//     rows are all new is another list, whatever its file is called.
//   - A row that it had and has no longer is gone; one that it has and didn't have is fresh. Two rows with different
//     Refs are two orders, so that neither stands for the other.
//   - A fresh row stands for one that is gone if it is for the same service and link, with another quantity or other
//     fields; or if it stands where that stood, between the same two rows, and has its service or its link.
//   - Where no fresh row lies between both, one that has the same row above it, or below it, at the same distance.
//   - Where the rows were sorted otherwise their places tell nothing: then the fresh rows stand for those that are
//     gone, unless they are more. Even so one stands for the only row that had its link.
//
// What stands for such a row waits for a person's word, and the row stays as it was ordered. That is kept in the books,
// and holds in later editions and in other sheets that have the row, until the person says so or it is shown that the
// other was never ordered.

// sheetRow is a row of a sheet as it was, or is now.
type sheetRow struct {
	seq           int64
	ref           string
	content       string // empty: it is no order
	alias         string
	service, link string
	kin           int64    // of its account
	stands        [2]int64 // the batch and the number of what it stands for; of a row that was: or its own
	is            bool     // of a row that was: it was ordered, or may be; of one that is now: it is to be sent
}

// standsFor is a fresh row, and one that is gone for which it stands.
type standsFor struct{ now, was int }

// comparison matches the rows of a sheet with those that it had.
type comparison struct {
	was, now []sheetRow
	to       []int // where the rows that were are now; -1: nowhere
	from     []int // the other way round
	orders   int   // rows that were
	present  int   // those of them that are there still
}

// compareSheets matches rows: by their Refs, then by what they order. What is the same under another Ref is there
// still, and [renamed] tells about it.
func compareSheets(was, now []sheetRow) *comparison {
	c := &comparison{was: was, now: now, to: slices.Repeat([]int{-1}, len(was)), from: slices.Repeat([]int{-1}, len(now))}
	refs, bare, all := map[string]int{}, byLike{}, byLike{}
	for j, r := range now {
		if all.add(r, j); r.ref == "" {
			bare.add(r, j)
		} else {
			refs[r.ref] = j
		}
	}
	for i, r := range was {
		if j, is := refs[r.ref]; is && r.content != "" {
			c.match(i, j)
		}
	}
	for i, r := range was {
		if c.matchLike(i, bare); r.ref == "" {
			c.matchLike(i, all)
		}
	}
	for i, r := range was {
		if c.matchLike(i, all); r.content != "" {
			c.orders++
		}
	}
	return c
}

func (c *comparison) match(i, j int) {
	if c.to[i] < 0 && c.from[j] < 0 {
		c.to[i], c.from[j] = j, i
		c.present++
	}
}

// byLike are rows by what they order.
type byLike map[string][]int

func (l byLike) add(r sheetRow, j int) {
	for _, like := range r.likes() {
		l[like] = append(l[like], j)
	}
}

// likes are what a row orders, in both readings of its links.
func (r sheetRow) likes() []string {
	switch {
	case r.content == "":
		return nil
	case r.alias == "":
		return []string{r.content}
	}
	return []string{r.content, r.alias}
}

// matchLike matches a row with the first like it that is free.
func (c *comparison) matchLike(i int, l byLike) {
	for _, like := range c.was[i].likes() {
		for c.to[i] < 0 && len(l[like]) > 0 {
			j := l[like][0]
			l[like] = l[like][1:]
			c.match(i, j)
		}
	}
}

// isEdited tells whether it is the same sheet.
func (c *comparison) isEdited() bool { return c.orders > 0 && 2*c.present >= c.orders }

// pairs gives the fresh rows that stand for rows which are gone and were ordered, or may be. named: a person calls it
// the same batch, which tells of a single row too that it is the same sheet.
func (c *comparison) pairs(named bool) (all []standsFor) {
	rules := []func(gone, fresh []int) []standsFor{c.byTarget, c.byPlace, c.byNumber}
	switch {
	case c.isEdited():
	case named && c.orders == 1:
		rules = rules[:1]
	default:
		return nil
	}
	taken := map[[2]int64]bool{}
	for _, r := range c.now {
		taken[r.stands] = true
	}
	gone := indexes(c.was, func(i int) bool { return c.was[i].is && c.to[i] < 0 && !taken[c.was[i].stands] })
	fresh := indexes(c.now, func(j int) bool { return c.now[j].is && c.from[j] < 0 })
	if len(gone) == 0 || len(fresh) == 0 {
		return nil
	}
	for _, rule := range rules {
		found := rule(gone, fresh)
		all = append(all, found...)
		for _, p := range found {
			c.was[p.was].is, c.now[p.now].is = false, false
		}
		gone = slices.DeleteFunc(gone, func(i int) bool { return !c.was[i].is })
		fresh = slices.DeleteFunc(fresh, func(j int) bool { return !c.now[j].is })
	}
	return all
}

func indexes(rows []sheetRow, wanted func(int) bool) (all []int) {
	for i := range rows {
		if wanted(i) {
			all = append(all, i)
		}
	}
	return all
}

// mayStandFor tells whether a fresh row may stand for one that is gone at all.
func (c *comparison) mayStandFor(j, i int) bool {
	now, was := c.now[j], c.was[i]
	return now.kin == was.kin && (now.ref == "" || was.ref == "") && (now.service == was.service || now.link == was.link)
}

// byTarget pairs rows for the same service and link.
func (c *comparison) byTarget(gone, fresh []int) (all []standsFor) {
	targets := map[[2]string][]int{}
	for _, i := range gone {
		target := [2]string{c.was[i].service, c.was[i].link}
		targets[target] = append(targets[target], i)
	}
	for _, j := range fresh {
		for _, i := range targets[[2]string{c.now[j].service, c.now[j].link}] {
			if c.now[j].link != "" && c.mayStandFor(j, i) {
				all = append(all, standsFor{j, i})
				break
			}
		}
	}
	return all
}

// byPlace pairs rows that stand between the same rows, or else have the same row above or below them.
func (c *comparison) byPlace(gone, fresh []int) (all []standsFor) {
	free := map[int]bool{}
	for _, j := range fresh {
		free[j] = true
	}
	above, below := c.anchors()
	sorted := c.isSorted()
	for _, i := range gone {
		up, down := above[i].places(1, sorted), below[i].places(-1, sorted)
		between := func(j int) bool { return slices.Contains(up, j) && slices.Contains(down, j) }
		here := slices.Concat(up, down)
		if slices.ContainsFunc(here, c.isInvalid) { // it is what that row was made
			continue
		}
		here = slices.DeleteFunc(here, func(j int) bool { return !free[j] || !c.mayStandFor(j, i) })
		if slices.ContainsFunc(here, between) {
			here = slices.DeleteFunc(here, func(j int) bool { return !between(j) })
		}
		for _, j := range here {
			if free[j] {
				delete(free, j)
				all = append(all, standsFor{j, i})
			}
		}
	}
	return all
}

// anchor is the next row above another one, or below it, that is there still.
type anchor struct {
	at       int // where it is now
	distance int // of the two when the sheet was read before; 0: there is no such row
}

// anchors finds those of all rows that were. The header is above the first one.
func (c *comparison) anchors() (above, below []anchor) {
	above, below = make([]anchor, len(c.was)), make([]anchor, len(c.was))
	last, at := -1, -1
	for i := range c.was {
		if above[i] = (anchor{at, i - last}); c.to[i] >= 0 {
			last, at = i, c.to[i]
		}
	}
	last, at = -1, -1
	for i := len(c.was) - 1; i >= 0; i-- {
		if last >= 0 {
			below[i] = anchor{at, last - i}
		}
		if c.to[i] >= 0 {
			last, at = i, c.to[i]
		}
	}
	return above, below
}

// places are those at the distance of an anchor, below it or above; to either side where the rows were sorted, since
// they may stand in the opposite order now.
func (a anchor) places(side int, sorted bool) []int {
	switch {
	case a.distance == 0:
		return nil
	case sorted:
		return []int{a.at + side*a.distance, a.at - side*a.distance}
	}
	return []int{a.at + side*a.distance}
}

// isInvalid tells whether a row that is there now is no order as it stands.
func (c *comparison) isInvalid(j int) bool { return j >= 0 && j < len(c.now) && c.now[j].content == "" }

// byNumber pairs rows of a sheet that was sorted otherwise.
func (c *comparison) byNumber(gone, fresh []int) (all []standsFor) {
	if !c.isSorted() {
		return nil
	}
	of := c.links()
	for _, j := range fresh {
		for _, i := range gone {
			alone := c.now[j].link == c.was[i].link && of[c.now[j].link] == [2]int{1, 1}
			if c.mayStandFor(j, i) && (alone || len(fresh) <= len(gone)) {
				all = append(all, standsFor{j, i})
				break
			}
		}
	}
	return all
}

// links counts the rows of each link that were, and that are now.
func (c *comparison) links() map[string][2]int {
	of := map[string][2]int{}
	for n, rows := range [2][]sheetRow{c.was, c.now} {
		for _, r := range rows {
			if r.link != "" {
				times := of[r.link]
				times[n]++
				of[r.link] = times
			}
		}
	}
	return of
}

// isSorted tells whether the rows that are there still stand in another order: one of four comes before the one that
// was above it, or more.
func (c *comparison) isSorted() bool {
	last, before := -1, 0
	for _, j := range c.to {
		if j >= 0 {
			if j < last {
				before++
			}
			last = j
		}
	}
	return before > 0 && 4*before >= c.present-1
}
