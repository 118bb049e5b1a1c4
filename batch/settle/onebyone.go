package settle

import (
	"fmt"
	"time"
)

// tellAgain is how long a prober asks for orders one by one before it says anew how many are left.
const tellAgain = 30 * time.Second

// oneByOne says that orders are asked for one by one, since their panel tells of one a call, and how many are left. At
// the pace of most panels that takes a second each. nth is which call about the same orders it is: the first asks about
// all of them, and the second may ask about one to see whether the panel knows it.
func (p *prober) oneByOne(now time.Time, nth int) {
	left := p.left - max(0, nth-2)
	if p.busy == nil || p.atOnce() > 1 && nth < 3 || left < 2 || now.Sub(p.told) < tellAgain {
		return
	}
	p.quiet()
	p.told = now
	p.done = p.busy(fmt.Sprintf("asking %s about %d orders one by one, since it tells of one a call: about %s",
		p.panel.Panel.Name, left, max(time.Second, p.pace.Left(left).Round(time.Second))))
}

// quiet ends what was said so.
func (p *prober) quiet() {
	if p.done != nil {
		p.done()
	}
	p.done, p.told = nil, time.Time{}
}
