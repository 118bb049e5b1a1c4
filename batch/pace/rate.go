package pace

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Rate is how many orders may be sent in a time.
type Rate struct {
	PerSecond float64
	Auto      bool // begin at PerSecond and find out how much the panel takes
}

// DefaultRate suits a panel that says nothing: the limits that panels name are 50 to 120 requests a
// minute.
func DefaultRate() Rate { return Rate{PerSecond: 1} }

// ParseRate reads "60/m", "10/s", "3600/h" or "auto".
func ParseRate(s string) (Rate, error) {
	if s == "auto" {
		return Rate{PerSecond: 1, Auto: true}, nil
	}
	wrong := fmt.Errorf("%q is no rate; use 60/m, 10/s or auto", s)
	count, per, cut := strings.Cut(s, "/")
	n, err := strconv.ParseFloat(strings.TrimSpace(count), 64)
	if !cut || err != nil || !(n > 0) || n > 1e6 {
		return Rate{}, wrong
	}
	seconds, is := map[string]float64{"s": 1, "sec": 1, "m": 60, "min": 60, "h": 3600}[strings.TrimSpace(per)]
	if !is {
		return Rate{}, wrong
	}
	return Rate{PerSecond: n / seconds}, nil
}

// String tells the rate as the command line takes it.
func (r Rate) String() string {
	switch {
	case r.Auto:
		return "auto"
	case r.PerSecond >= 10:
		return strconv.FormatFloat(r.PerSecond, 'g', 6, 64) + "/s"
	}
	return strconv.FormatFloat(r.PerSecond*60, 'g', 6, 64) + "/m"
}

func Spacing(perSecond float64) time.Duration {
	return time.Duration(float64(time.Second) / perSecond)
}
