package plan

import (
	"strings"

	"bulkorder/batch/panel"
	"bulkorder/parse"
)

// besideNumber reads the head of a column that may hold a number which changes what is ordered.
func besideNumber(folded string) besideKind {
	const (
		days = "days numberofdays noofdays overdays deliverydays duration durationdays günsayısı süregün дней колводней " +
			"количестводней срокдней dias númerodedias días númerodedías jours nombredejours tage anzahltage laufzeittage " +
			"jumlahhari sốngày عددالأيام 天数"
		daily = "perday daily dailyquantity dailyamount dailylimit quantityperday qtyperday aday perhour hourly perhr " +
			"maxperday speedperday dailymax dailyspeed limitperday perdaylimit " +
			"günlük günlükmiktar вдень ежедневно засутки всутки pordia diário diariamente pordía diario diarias parjour " +
			"quotidien protag täglich perhari harian mỗingày hàngngày يوميا فياليوم प्रतिदिन 每天 每日"
		times = "times multiplier packsize pack packs perpack sets splitinto split waves parts orders linkscount " +
			"noofposts numberofposts postscount copies cycles kez paketadedi раз множитель vezes veces fois mal kali lần " +
			"مرات बार 倍"
		bonus = "free freequantity freeextra gratis bonus bonusquantity extra extraquantity bedava бонус bônus bonificación"
		ends  = "expirydays expiryindays months weeks validity validityperiod ay süre месяцев meses mois monate bulan " +
			"tháng 个月"
		totals = "total sum toplam итого gesamt totale insgesamt всего tổng المجموع कुल 合计"
	)
	in := func(words string) bool { return foldedIn(words, folded) }
	switch {
	case in(days):
		return daysBeside
	case in(daily):
		return dailyBeside
	case in(times):
		return timesBeside
	case in(bonus):
		return bonusBeside
	case in(totals):
		return totalBeside
	case in(ends):
		return endBeside
	}
	return noBeside
}

// firstNumber is the number that stands first in a text, 0 where there is none, and what stands behind it.
func firstNumber(text string) (n int64, rest string) {
	begin := strings.IndexAny(text, "0123456789")
	if begin < 0 {
		return 0, text
	}
	text = text[begin:]
	rest = strings.TrimLeft(text, "0123456789")
	return number(text[:len(text)-len(rest)]), rest
}

// checkNumber asks about a number that changes what is ordered, and isn't read.
func (d *draft) checkNumber(b beside, text string) {
	n, rest := firstNumber(text)
	if b.kind == endBeside || b.kind == daysBeside {
		if n > 0 && d.typ.Basis == panel.PerPost && d.value("expiry") == "" {
			d.tellBeside("end-unread", b, text)
		}
	}
	if d.typ.Counts != "quantity" || d.value("quantity") == "" || strings.ContainsAny(text, "$€₺₹£") {
		return
	}
	quantity, runs := d.value("quantity"), d.value("runs")
	switch b.kind {
	case daysBeside, dailyBeside:
		// A number of days, or a part of the quantity that is to come each day: without runs all of it comes at once.
		less := n > 1
		if b.kind == dailyBeside {
			less = n > 0 && n < d.counted() && !strings.ContainsAny(rest, "kKmM,.")
		}
		if less && runs == "" && d.value("interval") == "" {
			d.tellBeside("dripfeed-missing", b, text)
		}
	case timesBeside:
		if n > 1 && runs == "" {
			d.tellBeside("number-unread", b, text, "{quantity}", quantity)
		}
	case bonusBeside:
		if n > 0 {
			d.tellBeside("number-unread", b, text, "{quantity}", quantity)
		}
	case totalBeside:
		if number(runs) > 1 && n == d.counted() && parse.Fold(text) == quantity {
			d.tellBeside("dripfeed-denied", b, text, "{runs}", runs)
		}
	}
}
