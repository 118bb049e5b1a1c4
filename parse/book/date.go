package book

import (
	"strconv"
	"time"
)

// DayLayout is how a date cell is written, as package time says it.
const DayLayout = "02/01/2006"

// lastSerial is the serial number of 31 December 9999, the last day that Excel knows.
const lastSerial = 2958465

// serialDate writes a workbook's date, a count of days, as dd/mm/yyyy, with the time of day where there is one.
func serialDate(raw string, date1904 bool) (string, bool) {
	serial, err := strconv.ParseFloat(raw, 64)
	if err != nil || !(serial >= 1 && serial < lastSerial+1) { // not the other way round: NaN is neither
		return "", false
	}
	days := int(serial)
	// Seconds, as more would show the float's own error: 0.5 is noon, not a nanosecond before.
	seconds := int((serial-float64(days))*86400 + 0.5)
	if date1904 {
		days += 1462
	} else if days < 60 {
		days++ // Excel believes in a 29 February 1900, serial number 60: before it the count is one lower
	} else if days == 60 {
		return "", false
	}
	at := time.Date(1899, time.December, 30, 0, 0, seconds, 0, time.UTC).AddDate(0, 0, days)
	if at.Hour() == 0 && at.Minute() == 0 && at.Second() == 0 {
		return at.Format(DayLayout), true
	}
	return at.Format(DayLayout + " 15:04:05"), true
}
